"""The version of an installed distribution, read without `importlib.metadata`, and the keys that depend on it."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

from exporter import clip_cache
from exporter.engines import Utterance
from exporter.engines.distributions import find_package_folder, find_version
from exporter.engines.neural import NeuralEngine
from exporter.engines.system import SystemEngine


def test_versions_are_those_of_importlib_metadata() -> None:
    installed = {found.name: found.version for found in metadata.distributions()}
    assert len(installed) > 20
    assert {name: find_version(name) for name in installed} == installed


@pytest.mark.parametrize("name", ["piper-tts", "piper_tts", "Piper.TTS"])
@pytest.mark.parametrize(
    "folder", ["piper_tts-1.2.0.dist-info", "Piper_TTS-1.2.0.dist-info", "piper-1.2.0.dist-info", "piper_tts.dist-info"]
)
def test_a_distribution_is_found_under_its_own_name_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, folder: str
) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / "piper").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path / "nowhere"), str(tmp_path)])
    assert find_version(name) == ("1.2.0" if folder.lower().startswith("piper_tts-") else "")


def test_the_first_folder_of_the_path_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}" / f"voice-{number}.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "2"), str(tmp_path / "1")])
    assert find_version("voice") == "2.0"


def test_a_package_that_is_not_installed_has_no_folder_and_no_version() -> None:
    assert find_package_folder("exporter_nowhere") is None
    assert find_version("exporter-nowhere") == ""


@pytest.mark.parametrize(
    ("engine", "distribution"),
    [(SystemEngine, "espeakng_loader"), (NeuralEngine, "sherpa_onnx")],
)
def test_a_new_version_of_an_engine_speaks_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: type, distribution: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    keys = set()
    for version in ("98.0", "99.0"):
        folder = tmp_path / f"{distribution}-{version}.dist-info"
        folder.mkdir()
        identity = engine({"models": str(tmp_path)}).identity
        assert version in identity
        keys.add(clip_cache.make_clip_key(identity, Utterance("Hello")))
        folder.rmdir()
    assert len(keys) == 2
