"""Every setting, as one frozen value.

Later wins: the defaults below < ``exporter.toml`` (found upwards from the working folder) < environment
(``EXPORTER_SPEECH_RATE=160``: section, then name) < flags of the command line. The words behind each default are its
help text, and each section is a table in the file::

    [speech]
    rate = 160

    [narration.pauses]
    heading = 1.2

Settings of other packages' members live under ``[plugin.<name>]``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_type_hints

import msgspec
from msgspec import Meta

from exporter.errors import UsageError
from exporter.registry import unknown

FILE_NAME = "exporter.toml"

_FILES = (
    *("book.style", "book.cover", "narration.template", "narration.lexicon"),
    *("speech.models", "audio.intro", "audio.outro", "audio.bed", "cache.folder"),
)
"""Settings that may name files."""


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of settings: an unknown name in it is an error."""


class InputSettings(_Section, frozen=True):
    """How sources are read."""

    reader: Annotated[str, Meta(description="use this reader instead of the one that recognises the content")] = ""
    language: Annotated[
        str,
        Meta(
            pattern=r"^([A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*)?$",
            description="the article's language, a BCP 47 tag; else it is detected",
        ),
    ] = ""
    images: Annotated[bool, Meta(description="take the article's pictures along")] = True
    private_addresses: Annotated[bool, Meta(description="let web sources reach this machine and its network")] = False
    timeout: Annotated[float, Meta(gt=0, description="seconds to wait for a server")] = 20.0
    largest: Annotated[int, Meta(gt=0, description="bytes a source may have")] = 100_000_000


class BookSettings(_Section, frozen=True):
    """How books look."""

    style: Annotated[str, Meta(description="a theme's name, or a CSS file")] = "classic"
    cover: Annotated[str, Meta(description="a picture to use as the cover; else one is drawn")] = ""
    profile: Annotated[
        Literal["generic", "kobo", "kindle", "koreader", "apple"], Meta(description="the reader to make pictures for")
    ] = "generic"
    title: Annotated[str, Meta(description="the title of a bound book; else it is made from its articles")] = ""


class Pauses(_Section, frozen=True):
    """Silence in seconds, by what it sets apart."""

    breath: Annotated[float, Meta(ge=0, description="between the parts of one sentence")] = 0.12
    sentence: Annotated[float, Meta(ge=0, description="between sentences")] = 0.35
    paragraph: Annotated[float, Meta(ge=0, description="between paragraphs")] = 0.7
    item: Annotated[float, Meta(ge=0, description="between the items of a list")] = 0.5
    quote: Annotated[float, Meta(ge=0, description="around a block quotation")] = 0.8
    figure: Annotated[float, Meta(ge=0, description="around a caption")] = 0.8
    heading: Annotated[float, Meta(ge=0, description="after a heading")] = 0.9
    section: Annotated[float, Meta(ge=0, description="before a heading")] = 1.4
    title: Annotated[float, Meta(ge=0, description="after the title, the byline and the date")] = 0.8
    opening: Annotated[float, Meta(ge=0, description="before the first word")] = 0.5
    closing: Annotated[float, Meta(ge=0, description="after the last word")] = 1.0


Telling = Literal["read", "end", "skip"]


class NarrationSettings(_Section, frozen=True):
    """What is said, and how it is set apart."""

    captions: Annotated[Telling, Meta(description="captions and alt texts: read in place, at the end, or skipped")] = (
        "read"
    )
    notes: Annotated[Telling, Meta(description="footnotes: read in place, at the end, or skipped")] = "end"
    asides: Annotated[Telling, Meta(description="boxes beside the text")] = "read"
    tables: Annotated[Literal["read", "skip"], Meta(description="tables, read row by row with their headers")] = "read"
    code: Annotated[Literal["announce", "read", "skip"], Meta(description="blocks of code")] = "announce"
    links: Annotated[Literal["skip", "end"], Meta(description="the addresses of links, or none")] = "skip"
    quotes: Annotated[
        Literal["voice", "spoken", "plain"],
        Meta(description='quotations in a voice of their own, marked by "quote ... end quote", or like the rest'),
    ] = "voice"
    emoji: Annotated[Literal["name", "skip"], Meta(description="emoji by their names, or silent")] = "name"
    template: Annotated[str, Meta(description="the opening and closing: a template's name, or a file")] = "newsroom"
    lexicon: Annotated[tuple[str, ...], Meta(description="files of pronunciations: TOML (term = say) or PLS")] = ()
    cast: Annotated[dict[str, str], Meta(description="voices of speakers: name = voice id")] = {}
    pauses: Pauses = Pauses()


class SpeechSettings(_Section, frozen=True):
    """Who speaks."""

    engine: Annotated[str, Meta(description="the speech engine")] = "system"
    voice: Annotated[str, Meta(description="the narrator's voice; else the best of the article's language")] = ""
    quote_voice: Annotated[str, Meta(description="the voice of quotations; else the narrator's, a little higher")] = ""
    rate: Annotated[int, Meta(ge=80, le=450, description="words a minute")] = 170
    pitch: Annotated[int, Meta(ge=0, le=100, description="pitch, 50 is the voice's own")] = 50
    volume: Annotated[float, Meta(gt=0, le=1, description="volume of the voice")] = 1.0
    patience: Annotated[
        float, Meta(gt=0, description="seconds an utterance may take before its worker is replaced")
    ] = 30.0
    command: Annotated[tuple[str, ...], Meta(description="the engine 'command': a program, text in, WAV out")] = ()
    models: Annotated[str, Meta(description="the folder of the engine 'neural'")] = ""


class AudioSettings(_Section, frozen=True):
    """How sound is written."""

    format: Annotated[Literal["mp3", "m4b", "opus", "flac", "wav"], Meta(description="the format of the episode")] = (
        "mp3"
    )
    bitrate: Annotated[int, Meta(ge=16, le=320, description="kilobits a second, where the format has them")] = 64
    clips: Annotated[
        Literal["", "section", "sentence"], Meta(description="also a file for each section or sentence")
    ] = ""
    loudness: Annotated[str, Meta(description="'podcast' (-16 LUFS), 'radio' (-23 LUFS), or LUFS as a number")] = (
        "podcast"
    )
    intro: Annotated[str, Meta(description="a sound file to begin with")] = ""
    outro: Annotated[str, Meta(description="a sound file to end with")] = ""
    bed: Annotated[str, Meta(description="music under the speech")] = ""
    subtitles: Annotated[
        tuple[str, ...], Meta(description="also the timeline: vtt, srt, lrc, chapters, labels, json")
    ] = ()
    granularity: Annotated[Literal["sentence", "word"], Meta(description="what a read-aloud book lights up")] = (
        "sentence"
    )


class ScriptSettings(_Section, frozen=True):
    """How scripts are written."""

    format: Annotated[Literal["txt", "md", "ssml", "json"], Meta(description="the format of the script")] = "txt"
    calibrated: Annotated[
        bool, Meta(description="reckon the running time by how fast this voice has spoken before (the cache knows)")
    ] = False


class CacheSettings(_Section, frozen=True):
    """Where clips and pages are kept between runs."""

    folder: Annotated[str, Meta(description="the folder; else the user's cache folder")] = ""
    largest: Annotated[int, Meta(ge=0, description="bytes kept before the least recently used go")] = 4_000_000_000


class Config(_Section, frozen=True):
    """Every setting."""

    input: InputSettings = InputSettings()
    book: BookSettings = BookSettings()
    narration: NarrationSettings = NarrationSettings()
    speech: SpeechSettings = SpeechSettings()
    audio: AudioSettings = AudioSettings()
    script: ScriptSettings = ScriptSettings()
    cache: CacheSettings = CacheSettings()
    jobs: Annotated[int, Meta(ge=0, description="processes to use; 0 is one for each processor")] = 0
    keep_going: Annotated[bool, Meta(description="mark an utterance that cannot be spoken as a gap, and go on")] = False
    plugin: dict[str, dict[str, Any]] = {}


class Setting(NamedTuple):
    """What is known of one setting: its help text, the values it may take (empty where any will do), its default."""

    help: str
    choices: tuple[str, ...]
    default: Any


def setting(name: str) -> Setting:
    """Look up a setting by its dotted name; raises `UsageError` with the nearest right name."""
    section, last = _place(name)
    kind = _kinds(type(section))[last]
    metadata: tuple[Any, ...] = getattr(kind, "__metadata__", ())
    values = get_args(get_args(kind)[0]) if metadata else ()
    description = next((meta.description for meta in metadata if meta.description), "")
    choices = tuple(value for value in values if isinstance(value, str))
    return Setting(description, choices, getattr(section, last))


@cache
def _kinds(section: type) -> dict[str, Any]:
    return get_type_hints(section, include_extras=True)


def load(file: Path | None, flags: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Config:
    """Put the settings together from the file, the environment and the flags (dotted names, None where not given).

    Raises `UsageError` for a file that cannot be read, an unknown name or a value of the wrong kind.
    """
    path = file or find(Path.cwd())
    tree = _read(path) if path else {}
    given = {name: value for name, value in (*_from_environment(environment), *flags.items()) if value is not None}
    for name, value in given.items():
        _put(tree, name, value)
    if not tree:
        return Config()
    try:
        config = msgspec.convert(tree, Config, strict=False)
    except msgspec.ValidationError as error:
        raise _invalid(str(error), tree, given, str(path or "")) from error
    for name in (config.book.cover, config.audio.intro, config.audio.outro, config.audio.bed):
        if name and not Path(name).is_file():
            raise UsageError(
                "configuring", name, "FileNotFoundError: there is no such file", "Check the spelling of its name."
            )
    return config


def find(folder: Path) -> Path | None:
    """Find the nearest `exporter.toml`, from a folder upwards."""
    for place in (folder, *folder.parents):
        if (path := place / FILE_NAME).is_file():
            return path
    return None


def _place(name: str) -> tuple[msgspec.Struct, str]:
    """Return the section (with its defaults) and the last part of a dotted name."""
    section: Any = Config()
    *tables, last = name.split(".")
    for part in (*tables, last):
        known: tuple[str, ...] = getattr(section, "__struct_fields__", ())
        if part not in known:
            raise _unknown(name, part, known)
        place, section = section, getattr(section, part)
    return place, last


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  most runs have no file

    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        words = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(
            "configuring", str(path), f"{type(error).__name__}: {words}", "Name a TOML file that can be read."
        ) from error
    for name in _FILES:
        _from_folder(tree, name, path.parent)
    return tree


def _from_folder(tree: dict[str, Any], name: str, folder: Path) -> None:
    """Let a settings file name other files from where it lies itself."""
    table, _, last = name.partition(".")
    section = tree.get(table)
    if not isinstance(section, dict) or last not in section:
        return

    def place(value: Any) -> Any:
        path = folder / Path(value).expanduser() if isinstance(value, str) and value else None
        return str(path) if path and path.exists() else value

    value = section[last]
    section[last] = [place(item) for item in value] if isinstance(value, list) else place(value)


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in environment.items():
        if not key.startswith("EXPORTER_"):
            continue
        name = key.removeprefix("EXPORTER_").lower()
        first, _, rest = name.partition("_")
        if name in Config.__struct_fields__:
            yield name, value
        elif first in Config.__struct_fields__ and rest:
            inner, _, last = rest.partition("_")
            yield (f"{first}.{inner}.{last}" if last and inner == "pauses" else f"{first}.{rest}"), value


def _put(tree: dict[str, Any], dotted: str, value: Any) -> None:
    *tables, name = dotted.split(".")
    if isinstance(value, str) and tables[:1] != ["plugin"]:
        value = _shaped(value, getattr(*_place(dotted)))
    for table in tables:
        inner = tree.setdefault(table, {})
        if not isinstance(inner, dict):
            return  # a section that is none: the check of all settings says so
        tree = inner
    tree[name] = value


def _shaped(value: str, default: object) -> object:
    """Turn the words of a flag or a variable into the kind of value that a setting has: lists hold commas."""
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(default, tuple):
        return parts
    if isinstance(default, dict):
        return {name.strip(): item.strip() for name, _, item in (part.partition("=") for part in parts)}
    return value


def _unknown(name: str, part: str, known: tuple[str, ...], file: str = "") -> UsageError:
    """Say that there is no setting of this dotted name, since no section has this part of it."""
    error = unknown(f"configuring by {file}" if file else "configuring", part, known)
    return UsageError(error.problem, name, "UnknownName: there is no such setting", error.remedy)


def _invalid(message: str, tree: Mapping[str, Any], given: Mapping[str, Any], file: str) -> UsageError:
    """Say which setting is wrong, where it came from, and what would be right."""
    words, _, place = message.partition(" - at `$")
    name = place.rstrip("`").removeprefix(".")
    if found := re.search("unknown field `(.+)`", words):
        section: Any = Config()
        for table in filter(None, name.split(".")):
            section = getattr(section, table)
        wrong = ".".join(filter(None, (name, found[1])))
        return _unknown(wrong, found[1], section.__struct_fields__, file)
    value: Any = tree
    for table in name.split("."):
        value = value.get(table, "") if isinstance(value, Mapping) else value
    where = f" in {file}" if file and name not in given else ""
    plain = name.partition("[")[0]
    choices = setting(plain).choices if plain else ()
    if choices:
        error = unknown(f"setting {name}{where}", str(value), choices)
        return UsageError(error.problem, error.subject, f"UnknownName: it is one of {', '.join(choices)}", error.remedy)
    return UsageError(
        f"setting {name}{where}",
        str(value),
        f"ValidationError: {words}",
        f"It is: {setting(plain).help or 'a section of settings'}.",
    )
