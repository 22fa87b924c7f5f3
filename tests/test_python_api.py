"""The Python API: four functions, and the example that uses them all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import exporter
from exporter.config import CacheSettings, Config, SpeechSettings
from exporter.errors import SourceError, UsageError
from tests.conftest import CHECKOUT


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(speech=SpeechSettings(engine="silence"), cache=CacheSettings(folder=str(tmp_path / "cache")))


def test_an_article_is_read_narrated_spoken_and_exported(tmp_path: Path, config: Config) -> None:
    page = tmp_path / "mill.md"
    page.write_text("# The Tide Mill\n\nIt turned in 1995.\n", encoding="utf-8")
    (work,) = exporter.read(page, config)
    assert work.article.metadata.title == "The Tide Mill"
    script = exporter.narrate(work)
    recording = exporter.speak(work)
    assert any("nineteen ninety-five" in segment.spoken for segment in recording.segments)
    assert recording.seconds(recording.samples) > 1
    written = exporter.export([work], "script", tmp_path / "out" / "mill.txt")
    assert "nineteen ninety-five" in written.paths[0].read_text(encoding="utf-8")
    assert exporter.narrate(work) is script


def test_a_folder_holds_several_works_that_one_book_binds(tmp_path: Path, config: Config) -> None:
    for name in ("One", "Two"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nIt turned.\n", encoding="utf-8")
    works = exporter.read(tmp_path, config)
    assert [work.article.metadata.title for work in works] == ["One", "Two"]
    assert exporter.export(works, "epub", tmp_path / "both.epub").paths == (tmp_path / "both.epub",)


def test_what_goes_wrong_is_raised(tmp_path: Path, config: Config) -> None:
    with pytest.raises(SourceError, match="NotFound"):
        exporter.read(tmp_path / "gone.md", config)
    with pytest.raises(UsageError, match="Did you mean 'epub'"):
        exporter.export([], "epbu", tmp_path / "x.epub")
    with pytest.raises(AttributeError, match="no attribute 'sing'"):
        exporter.sing  # type: ignore[attr-defined]  # noqa: B018  the access is the test


def test_importing_the_package_loads_none_of_its_modules() -> None:
    code = "import exporter, sys; print([name for name in sys.modules if name.startswith('exporter.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8", timeout=60)
    assert done.stdout == "[]\n"


def test_the_example_makes_a_book_a_script_and_an_episode(tmp_path: Path, examples: Path) -> None:
    done = subprocess.run(
        [sys.executable, CHECKOUT / "examples" / "python_api.py", examples / "reading-by-ear.md", tmp_path / "out"],
        env={**os.environ, "EXPORTER_CACHE_FOLDER": str(tmp_path / "cache")},
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.stdout.splitlines()[0].startswith("Reading by ear: 3")
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".epub", ".mp3", ".txt"]
