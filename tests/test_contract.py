"""The contracts, held by everything that is registered: readers, exporters, engines, commands, options."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import msgspec
import pytest

from exporter.article import Article
from exporter.cli.commands_table import COMMANDS, OPTIONS, list_options
from exporter.config import Config, InputSettings, describe_setting
from exporter.document import Document
from exporter.edition import Edition, Work
from exporter.engines import Voice
from exporter.errors import ExporterError, UsageError
from exporter.readers import Read
from exporter.recording import Clip
from exporter.registry import load, names
from exporter.script import Say
from exporter.speech import speak, voices
from tests.builders import article

ARTICLE = article("It turned in 1995.", "## Inside", "A wheel of “oak” & a stone.", title="The Tide Mill")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Settings with an engine of exact duration and a cache of their own."""
    default = Config()
    return msgspec.structs.replace(
        default,
        speech=msgspec.structs.replace(default.speech, engine="silence"),
        cache=msgspec.structs.replace(default.cache, folder=str(tmp_path / "cache")),
    )


@pytest.mark.parametrize("name", names("readers"))
def test_a_reader_reads_or_says_why_it_cannot(name: str) -> None:
    reader = load("readers", name)
    for data in (
        b"",
        b"\0\xff\xfe",
        b"<",
        b"{",
        b"<p>Some words.",
        b"# T\n\nText.",
        b"A title\n\nSome words of a text.",
    ):
        document = Document("some", data)
        try:
            found = reader.read(document, InputSettings())
        except ExporterError as error:
            assert error.exit_code == 3  # noqa: PT017  it may read, or say why it cannot
            assert b"words" not in data or not reader.recognises(document)
        else:
            # What it is converted to is read in turn.
            assert isinstance(found, Document) or (isinstance(found, Read) and isinstance(found.article, Article))


@pytest.mark.parametrize("name", names("exporters"))
def test_an_exporter_writes_whole_files_beside_nothing_else_and_the_same_twice(
    name: str, config: Config, tmp_path: Path
) -> None:
    exporter = load("exporters", name)
    suffix = exporter.suffix(config)
    assert suffix.startswith(".")
    written = []
    for turn in ("first", "second"):
        path = tmp_path / turn / f"mill{suffix}"
        result = exporter.export(Edition((Work(ARTICLE, config),), config), path)
        assert result.paths[0] == path
        files = {file for file in path.parent.rglob("*") if file.is_file()}
        assert files == set(result.paths)
        written.append({file.relative_to(path.parent): file.read_bytes() for file in files})
    assert written[0] == written[1]
    assert all(written[0].values())


@pytest.mark.parametrize("name", names("exporters"))
def test_an_exporter_binds_many_articles(name: str, config: Config, tmp_path: Path) -> None:
    exporter = load("exporters", name)
    path = tmp_path / f"bound{exporter.suffix(config)}"
    edition = Edition([Work(ARTICLE, config), Work(article("Another.", title="Two"), config)], config)
    assert path in exporter.export(edition, path).paths
    assert path.stat().st_size > 0


@pytest.mark.parametrize("name", names("exporters"))
def test_an_exporter_that_cannot_write_says_so_and_leaves_nothing(name: str, config: Config, tmp_path: Path) -> None:
    exporter = load("exporters", name)
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(ExporterError) as caught:
        exporter.export(Edition((Work(ARTICLE, config),), config), tmp_path / "file" / f"x{exporter.suffix(config)}")
    assert caught.value.exit_code == 5
    assert (tmp_path / "file").read_bytes() == b"in the way"


@pytest.mark.parametrize("name", ["system", "silence"])
def test_an_engine_lists_voices_and_speaks_every_word(name: str, config: Config) -> None:
    config = msgspec.structs.replace(config, speech=msgspec.structs.replace(config.speech, engine=name))
    found = voices(config)
    assert found
    assert all(isinstance(voice, Voice) and voice.id and voice.language for voice in found)
    script = Work(ARTICLE, config).script
    recording = speak(script, config)
    said = [cue for cue in script.cues if isinstance(cue, Say)]
    assert [segment.spoken for segment in recording.segments] == [cue.spoken for cue in said]
    assert sum(isinstance(sound, Clip) for sound in recording.sounds) == len(said)
    assert recording.samples >= recording.segments[-1].end


@pytest.mark.parametrize("family", ["readers", "exporters", "engines"])
def test_a_wrong_name_is_answered_with_the_nearest(family: str) -> None:
    right = names(family)[0]  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=f"Did you mean '{right}'"):
        load(family, right[:-1] + "x")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_code_examples_and_options_that_do_not_clash(name: str) -> None:
    command = COMMANDS[name]
    module, _, function = command.function.partition(":")
    assert getattr(import_module(f"exporter.cli.commands.{module}"), function).__doc__
    assert all(example.startswith("exporter ") for example in command.examples)
    flags = [flag for option in list_options(name) for flag in option.flags]
    assert len(flags) == len(set(flags))


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_is_explained_and_sets_a_setting_that_is_there(name: str) -> None:
    option = OPTIONS[name]
    assert option.help or describe_setting(option.setting).help
    assert not option.optional_values or set(option.optional_values) <= set(describe_setting(option.setting).choices)
    assert any(name in command.options for command in COMMANDS.values())
