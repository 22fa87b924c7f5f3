"""The doctor looks at everything that the package asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from exporter.config import CacheSettings, Config, SpeechSettings
from exporter.doctor import examine
from exporter.settings_files import SettingsFiles
from tests.conftest import CHECKOUT

# Without these no command runs, or they only help others: the parts of trafilatura and pydub that pip may miss.
OWN = {"typer", "msgspec", "platformdirs", "rich", "lxml-html-clean", "audioop-lts"}


def dependencies() -> set[str]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[>=<;\s]", line)[0] for line in project["dependencies"]}


def config(folder: Path) -> Config:
    return Config(speech=SpeechSettings(engine="silence"), cache=CacheSettings(folder=str(folder)))


@pytest.fixture(autouse=True)
def _calibre(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calibre's program is there: it is no package that pip installs."""
    monkeypatch.setattr("exporter.doctor.shutil.which", lambda name: f"/usr/bin/{name}")


def test_every_dependency_is_looked_at(tmp_path: Path) -> None:
    found = {finding.part: finding.good for finding in examine(config(tmp_path), SettingsFiles())}
    assert dependencies() - OWN <= set(found)
    assert all(found.values())


def test_what_is_missing_is_told_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.doctor.find_spec", lambda module: None if module == "av" else object())
    (missing,) = (finding for finding in examine(config(tmp_path), SettingsFiles()) if not finding.good)
    assert (missing.part, missing.cure) == ("av", "pip install av")


def test_a_cache_folder_that_is_a_file_is_no_good(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    bad = [finding.part for finding in examine(config(tmp_path / "cache"), SettingsFiles()) if not finding.good]
    assert bad == ["cache folder"]


def test_without_calibre_its_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.doctor.shutil.which", lambda _name: None)
    (missing,) = (finding for finding in examine(config(tmp_path), SettingsFiles()) if not finding.good)
    assert (missing.part, missing.needed, missing.cure) == ("calibredb", False, "sudo apt-get install calibre")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (SettingsFiles(), "no file; your own would be "),
        (SettingsFiles(Path("own.toml"), Path("found.toml")), "own.toml, found.toml"),
        (SettingsFiles(distrusted=Path("a.toml"), why="it is odd"), "a.toml is not used: it is odd"),
    ],
)
def test_the_settings_files_are_named(tmp_path: Path, files: SettingsFiles, words: str) -> None:
    (found,) = (finding for finding in examine(config(tmp_path), files) if finding.part == "settings")
    assert found.text.startswith(words)
    assert found.good == (files.distrusted is None)
