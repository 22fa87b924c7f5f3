"""Settings: defaults < file < environment < flags, each wrong one named with its remedy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from exporter.config import Config, describe_setting, setting_names
from exporter.config_loading import find_files, list_refused_settings, load
from exporter.errors import UsageError
from exporter.settings_files import OWN_SETTINGS, SettingsFiles, find_own_file, find_settings_files
from tests.conftest import CHECKOUT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_without_anything_said_the_defaults_hold() -> None:
    assert load(None, {}, {}) == Config()


def test_later_wins(folder: Path) -> None:
    (folder / "exporter.toml").write_text("[speech]\nrate = 100\npitch = 40\nvoice = 'a'\n")
    below = folder / "deep" / "down"
    below.mkdir(parents=True)
    assert find_settings_files(below).used == (folder / "exporter.toml",)
    config = load(None, {"speech.rate": "120"}, {"EXPORTER_SPEECH_RATE": "110", "EXPORTER_SPEECH_PITCH": "45"})
    assert (config.speech.rate, config.speech.pitch, config.speech.voice) == (120, 45, "a")


@pytest.mark.parametrize(
    ("variable", "value", "name", "means"),
    [
        ("EXPORTER_JOBS", "3", "jobs", 3),
        ("EXPORTER_KEEP_GOING", "true", "keep_going", True),
        ("EXPORTER_SPEECH_QUOTE_VOICE", "b", "speech.quote_voice", "b"),
        ("EXPORTER_NARRATION_PAUSES_HEADING", "1.5", "narration.pauses.heading", 1.5),
        ("EXPORTER_NARRATION_LEXICON", "a.toml, b.pls", "narration.lexicon", ("a.toml", "b.pls")),
        ("EXPORTER_NARRATION_CAST", "Ann Reed=f1, Bo=m2", "narration.cast", {"Ann Reed": "f1", "Bo": "m2"}),
        ("EXPORTER_AUDIO_SUBTITLES", "vtt,srt", "audio.subtitles", ("vtt", "srt")),
        ("EXPORTER_SPEECH_COMMAND", '["say", "-o", "a, b"]', "speech.command", ("say", "-o", "a, b")),
        ("EXPORTER_NARRATION_CAST", '{"Ann, the elder" = "f1"}', "narration.cast", {"Ann, the elder": "f1"}),
        ("EXPORTER_INPUT_LANGUAGE", "pt_BR", "input.language", "pt-BR"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_the_environment_speaks_in_words(variable: str, value: str, name: str, means: object) -> None:
    config: Any = load(None, {}, {variable: value, "EXPORTERS": "x", "EXPORTER_": "x"})
    for part in name.split("."):
        config = getattr(config, part)
    assert config == means


def test_a_settings_file_names_other_files_from_where_it_lies(folder: Path) -> None:
    (folder / "project").mkdir()
    (folder / "project" / "mine.css").write_text("")
    (folder / "project" / "names.toml").write_text("")
    file = folder / "project" / "exporter.toml"
    file.write_text('[book]\nstyle = "mine.css"\n[narration]\nlexicon = ["names.toml", "gone.toml"]\n')
    config = load(file, {}, {})
    assert Path(config.book.style) == folder / "project" / "mine.css"
    assert config.narration.lexicon == (str(folder / "project" / "names.toml"), "gone.toml")


def test_settings_of_other_packages_pass(folder: Path) -> None:
    (folder / "exporter.toml").write_text("[plugin.pigeon]\nwings = 2\n")
    assert load(None, {}, {}).plugin == {"pigeon": {"wings": 2}}


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"speech.rat": "1"}, "Did you mean 'speech.rate'"),
        ({"spech.rate": "1"}, "Did you mean 'speech.rate'"),
        ({"captions": "skip"}, "Did you mean 'narration.captions'"),
        ({"narration.cast": "Ann"}, "Put a value behind an ="),
        ({"speech.rate": "1"}, "it must be a whole number from 80 to 450"),
        ({"speech.rate": "fast"}, "speaking rate in words a minute"),
        ({"input.timeout": "0"}, "it must be a number above 0"),
        ({"speech.volume": "2"}, "it must be a number above 0, at most 1"),
        ({"keep_going": "perhaps"}, "it must be true or false"),
        ({"audio.clips": "word"}, "it must be one of section, sentence"),
        ({"audio.format": "mp4"}, "Did you mean 'mp3'"),
        ({"book.cover": "gone.png"}, "no file of that name"),
        ({"jobs": "-1"}, "it must be a whole number from 0 to 256"),
        ({"speech.command": "[one"}, "as in TOML"),
        ({"input.language": "english"}, "like de or pt-BR"),
        ({"input.cookies": "gone.txt"}, "no file of that name"),
        ({"audio.intro": "gone.wav"}, "no file of that name"),
        ({"audio.outro": "gone.wav"}, "no file of that name"),
        ({"audio.bed": "gone.wav"}, "no file of that name"),
        ({"narration.pauses.heading": "long"}, "after a heading"),
        ({"narration.pauses.heading": "inf"}, "it must be a number from 0 to 60"),
        ({"": "x"}, "no such setting"),
        ({"speech": "x"}, "it is a section of settings"),
        ({"speech": "x", "speech.rate": "100"}, "a section of settings"),
        ({"speech.rate.more": "x"}, "no such setting"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_wrong_setting_is_named_with_what_would_be_right(flags: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(None, flags, {})
    assert words in str(caught.value)
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize(
    "text",
    [
        "[speech]\nrat = 1",
        "[spech]",
        "speech = 1",
        "[speech",
        "\xff",
        "[audio]\nsubtitles = 3",
        "a = " + "[" * 10_000,
        "jobs = " + "9" * 5000,
    ],
)
def test_a_wrong_file_is_named(folder: Path, text: str) -> None:
    file = folder / "exporter.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError) as caught:
        load(None, {}, {})
    assert str(file) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize("name", list(setting_names()))
def test_every_setting_says_what_it_is_for(name: str) -> None:
    found = describe_setting(name)
    assert found.help
    assert not found.choices or found.default in found.choices


POSIX_ONLY = pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes and owners are POSIX")
ROOT_ONLY = pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a file away")
LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, the folder of settings cannot be chosen")

EVERY_OWN_SETTING = """
[speech]
command = ["touch", "ran"]
[input]
private_addresses = true
cookies = "cookies.txt"
[cache]
folder = "photos"
largest = 0
[runner]
on = "dask://host.example:8786"
"""


@POSIX_ONLY
def test_a_settings_file_in_a_folder_that_everybody_can_write_is_not_used(folder: Path) -> None:
    file = folder / "exporter.toml"
    file.write_text("[speech]\nrate = 120\n")
    assert find_settings_files(folder) == SettingsFiles(None, file)
    folder.chmod(0o777)
    assert find_settings_files(folder) == SettingsFiles(None, None, file, "everybody can write its folder")
    assert load(None, {}, {}) == Config()


@ROOT_ONLY
def test_a_settings_file_of_somebody_else_is_not_used(folder: Path) -> None:
    file = folder / "exporter.toml"
    file.write_text("[speech]\nrate = 120\n")
    os.chown(file, 12345, -1)
    assert find_settings_files(folder) == SettingsFiles(None, None, file, "it belongs to somebody else")
    os.chown(file, 0, -1)
    os.chown(folder, 12345, -1)
    assert find_settings_files(folder) == SettingsFiles(None, None, file, "its folder belongs to somebody else")


@LINUX_ONLY
def test_the_own_settings_file_comes_before_the_one_that_is_found(folder: Path) -> None:
    own = find_own_file()
    own.parent.mkdir(parents=True)
    own.write_text("[speech]\nrate = 100\npitch = 40\n")
    (folder / "exporter.toml").write_text("[speech]\nrate = 120\n")
    assert own == folder / "home" / "exporter" / "exporter.toml"
    assert find_files().used == (own, folder / "exporter.toml")
    config = load(None, {}, {})
    assert (config.speech.rate, config.speech.pitch) == (120, 40)
    assert find_settings_files(own.parent) == SettingsFiles(own)


def test_a_found_file_runs_no_program_opens_no_address_and_removes_nothing(folder: Path) -> None:
    file = folder / "exporter.toml"
    (folder / "cookies.txt").write_text("")
    file.write_text(EVERY_OWN_SETTING)
    assert load(None, {}, {}) == Config()
    refused = list_refused_settings(file)
    assert tuple(error.problem.split()[1] for error in refused) == OWN_SETTINGS
    assert all(len(str(error).splitlines()) == 2 for error in refused)
    named = load(file, {}, {})  # as with --config
    assert named.speech.command == ("touch", "ran")
    assert named.input.private_addresses
    assert (named.cache.folder, named.cache.largest) == ("photos", 0)


@LINUX_ONLY
@pytest.mark.usefixtures("folder")
def test_the_own_file_may_set_everything() -> None:
    own = find_own_file()
    own.parent.mkdir(parents=True)
    (own.parent / "cookies.txt").write_text("")
    own.write_text(EVERY_OWN_SETTING)
    config = load(None, {}, {})
    assert config.speech.command == ("touch", "ran")
    assert config.input.private_addresses
    assert config.cache.largest == 0


def test_no_command_runs_what_a_found_file_names(folder: Path) -> None:
    (folder / "exporter.toml").write_text('[speech]\nengine = "command"\ncommand = ["touch", "ran"]\n')
    (folder / "inner").mkdir()
    (folder / "inner" / "p.txt").write_text("The Tide Mill\n\nIt turned in 1995, and it turns again today.\n")
    done = subprocess.run(
        [sys.executable, "-m", "exporter", "audio", "p.txt", "--verbose"],
        cwd=folder / "inner",
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "EXPORTER_CACHE_FOLDER": str(folder / "cache")},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert "NotYours: " in done.stderr
    assert f"settings: {folder / 'exporter.toml'}\n" in done.stderr
    assert sorted(os.listdir(folder / "inner")) == ["p.txt"]  # noqa: PTH208
