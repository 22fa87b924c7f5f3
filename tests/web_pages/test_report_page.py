"""The report on an episode in Chromium: it requests nothing, fits any screen, and breaks no accessibility rule."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import msgspec
import pytest

from exporter.account import Dropped
from exporter.article import Article, CodeBlock, Heading, Paragraph, Text
from exporter.config import AudioSettings, CacheSettings, Config, SpeechSettings
from exporter.edition import Edition, Work
from exporter.exporters.audio import export
from tests.sound.sound_builders import FACTS


@pytest.fixture
def report(tmp_path: Path) -> Path:
    config = Config(
        speech=SpeechSettings(engine="system"),
        audio=AudioSettings(report=True),
        cache=CacheSettings(folder=str(tmp_path / "cache")),
    )
    blocks = (
        Paragraph((Text("The tide turns the wheel, and the wheel turns the stone. Nobody counts the turns."),)),
        Heading((Text("A-title-without-a-place-to-break-it-which-is-longer-than-a-line-of-a-phone"),), level=2),
        Paragraph((Text("It rests twice a day."),)),
        CodeBlock("turn(1 < 2)"),
    )
    works = [
        Work(
            Article(msgspec.structs.replace(FACTS, title=title), blocks), config, account=(Dropped("Share", "a form"),)
        )
        for title in ("The mill", "The ferry")
    ]
    return export(Edition(works, config), tmp_path / "both.mp3").paths[-1]


@pytest.mark.browser
def test_the_report_fits_any_screen_and_is_accessible(report: Path, chromium: str, driver: Path, axe: Path) -> None:
    script = Path(__file__).with_name("report.mjs")
    command = ["node", str(script), str(driver), str(axe), chromium, report.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["errors"] == []
    assert set(found["requests"]) == {report.as_uri()}
    assert found["widths"] == {"320": 320, "390": 390, "1100": 1100}
    assert found["drawn"] == [True, True]
    assert all(passes > 15 and not violations for passes, violations in found["axe"]), found["axe"]
