"""The expected running time against the real engine's."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.article import from_json
from exporter.config import CacheSettings, Config, SpeechSettings
from exporter.narration import narrate
from exporter.sentences import cut
from exporter.speech import speak

ARTICLE = Path(__file__).parent.parent / "golden" / "script-news" / "article.json"


@pytest.mark.parametrize("rate", [130, 170, 220])
def test_the_running_time_is_expected_within_five_percent(rate: int, tmp_path: Path) -> None:
    config = Config(speech=SpeechSettings(rate=rate), cache=CacheSettings(folder=str(tmp_path)))
    script, _ = narrate(cut(from_json(ARTICLE.read_bytes())), config)
    recording = speak(script, config)
    assert script.seconds == pytest.approx(recording.seconds(recording.samples), rel=0.05)
