"""Every setting, as one frozen value, with its default.

The description of a setting is its help text. Every number has bounds: what is beyond them is an error of units or of
typing. Each section is a table in ``exporter.toml``::

    [speech]
    rate = 160

    [narration.pauses]
    heading = 1.2

Settings of other packages' members live under ``[plugin.<name>]``; those of a destination
under ``[destinations.<name>]`` are checked by its kind (`exporter.delivery`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from exporter.language_tags import LANGUAGE_TAG_PATTERN

Layout = Literal["flat", "source", "sharded"]
"""Where the files of a batch lie in its folder (`exporter.output_folder.layouts`)."""


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of settings: an unknown name in it is an error."""


class InputSettings(_Section, frozen=True):
    """How sources are read."""

    reader: Annotated[str, Meta(description="use this reader instead of the one that recognises the content")] = ""
    language: Annotated[
        str,
        Meta(
            pattern=f"^({LANGUAGE_TAG_PATTERN})?$",
            description="the article's language, a BCP 47 tag like de or pt-BR; else it is detected",
        ),
    ] = ""
    images: Annotated[bool, Meta(description="keep the article's pictures")] = True
    private_addresses: Annotated[bool, Meta(description="allow URLs of this machine and its network")] = False
    cookies: Annotated[
        str, Meta(description="a cookies.txt file exported from the browser in which you are logged in")
    ] = ""
    since: Annotated[
        str, Meta(pattern=r"^(\d{4}-\d\d-\d\d.*)?$", description="of feeds and exports, only the items since a date")
    ] = ""
    limit: Annotated[
        int, Meta(ge=0, le=1_000_000, description="of each feed or export, at most so many items, the newest")
    ] = 0
    unread: Annotated[bool, Meta(description="of exports, leave out the items that were read or archived")] = False
    tags: Annotated[
        tuple[str, ...], Meta(description="of feeds and exports, only the items with one of these tags")
    ] = ()
    timeout: Annotated[
        float, Meta(gt=0, le=86_400, description="seconds that one request may take, from connecting to the last byte")
    ] = 30.0
    deadline: Annotated[
        float,
        Meta(
            gt=0,
            le=86_400,
            description="seconds that fetching a page may take, with redirects, further tries and all its pictures",
        ),
    ] = 60.0
    largest: Annotated[int, Meta(gt=0, le=10_000_000_000, description="the most bytes that a source may have")] = (
        100_000_000
    )
    largest_pictures: Annotated[
        int,
        Meta(gt=0, le=10_000_000_000, description="the most bytes that the pictures of one article may have together"),
    ] = 256_000_000


class BookSettings(_Section, frozen=True):
    """How books look."""

    style: Annotated[str, Meta(description="a theme's name, or a CSS file")] = "classic"
    cover: Annotated[str, Meta(description="a picture to use as the cover; else one is drawn")] = ""
    profile: Annotated[
        Literal["generic", "kobo", "kindle", "koreader", "apple"], Meta(description="the reader to make the book for")
    ] = "generic"
    title: Annotated[str, Meta(description="the title of a bound book; else it is made from its articles")] = ""


class Pauses(_Section, frozen=True):
    """Silence in seconds, by its place; a minute is taken for an error of units."""

    breath: Annotated[float, Meta(ge=0, le=60, description="seconds of silence between the parts of one sentence")] = (
        0.12
    )
    sentence: Annotated[float, Meta(ge=0, le=60, description="seconds of silence between sentences")] = 0.35
    paragraph: Annotated[float, Meta(ge=0, le=60, description="seconds of silence between paragraphs")] = 0.7
    item: Annotated[float, Meta(ge=0, le=60, description="seconds of silence between the items of a list")] = 0.5
    quote: Annotated[float, Meta(ge=0, le=60, description="seconds of silence around a block quotation")] = 0.8
    figure: Annotated[float, Meta(ge=0, le=60, description="seconds of silence around a caption")] = 0.8
    heading: Annotated[float, Meta(ge=0, le=60, description="seconds of silence after a heading")] = 0.9
    section: Annotated[float, Meta(ge=0, le=60, description="seconds of silence before a heading")] = 1.4
    title: Annotated[
        float, Meta(ge=0, le=60, description="seconds of silence after the title, the byline and the date")
    ] = 0.8
    opening: Annotated[float, Meta(ge=0, le=60, description="seconds of silence before the first word")] = 0.5
    closing: Annotated[float, Meta(ge=0, le=60, description="seconds of silence after the last word")] = 1.0


Placement = Literal["read", "end", "skip"]


class NarrationSettings(_Section, frozen=True):
    """What the script says of each kind of block, and the voices of speakers."""

    captions: Annotated[
        Placement, Meta(description="captions and alt texts: read in place, at the end, or skipped")
    ] = "read"
    notes: Annotated[Placement, Meta(description="footnotes: read in place, at the end, or skipped")] = "end"
    asides: Annotated[Placement, Meta(description="boxes beside the text")] = "read"
    tables: Annotated[Literal["read", "skip"], Meta(description="tables, read row by row with their headers")] = "read"
    code: Annotated[Literal["announce", "read", "skip"], Meta(description="blocks of code")] = "announce"
    links: Annotated[
        Literal["skip", "end"], Meta(description="the addresses of links: skipped, or read at the end")
    ] = "skip"
    quotes: Annotated[
        Literal["voice", "spoken", "plain"],
        Meta(description='quotations in a voice of their own, marked by "quote ... end quote", or like the rest'),
    ] = "voice"
    emoji: Annotated[Literal["name", "skip"], Meta(description="emoji by their names, or silent")] = "name"
    template: Annotated[str, Meta(description="the opening and closing: a template's name, or a file")] = "newsroom"
    lexicon: Annotated[tuple[str, ...], Meta(description="pronunciation files: TOML (term = spoken form) or PLS")] = ()
    cast: Annotated[dict[str, str], Meta(description="voices of speakers: name = voice id")] = {}
    pauses: Pauses = Pauses()


class SpeechSettings(_Section, frozen=True):
    """The engine, the voices and how they speak."""

    engine: Annotated[
        str, Meta(description="the speech engine; auto is the natural voice where it fits, else the system's")
    ] = "auto"
    voice: Annotated[str, Meta(description="the narrator's voice; else the best of the article's language")] = ""
    quote_voice: Annotated[str, Meta(description="the voice of quotations; else the narrator's, a little higher")] = ""
    rate: Annotated[int, Meta(ge=80, le=450, description="the speaking rate in words a minute")] = 170
    pitch: Annotated[int, Meta(ge=0, le=100, description="pitch, 50 is the voice's own")] = 50
    volume: Annotated[float, Meta(gt=0, le=1, description="volume of the voice")] = 1.0
    patience: Annotated[
        float, Meta(gt=0, le=3600, description="seconds an utterance may take before its worker is replaced")
    ] = 30.0
    command: Annotated[tuple[str, ...], Meta(description="the engine 'command': a program, text in, WAV out")] = ()
    models: Annotated[str, Meta(description="the folder of the engine 'neural'")] = ""


class AudioSettings(_Section, frozen=True):
    """How episodes are mastered and encoded."""

    format: Annotated[Literal["mp3", "m4b", "opus", "flac", "wav"], Meta(description="the format of the episode")] = (
        "mp3"
    )
    bitrate: Annotated[int, Meta(ge=16, le=320, description="kilobits a second, where the format has them")] = 64
    clips: Annotated[
        Literal["", "section", "sentence", "anki"],
        Meta(description="also a file for each section or sentence; anki: sentences with a package for Anki"),
    ] = ""
    report: Annotated[bool, Meta(description="also a page with waveform, loudness, chapters, pace and pauses")] = False
    loudness: Annotated[str, Meta(description="'podcast' (-16 LUFS), 'radio' (-23 LUFS), or LUFS as a number")] = (
        "podcast"
    )
    intro: Annotated[str, Meta(description="a sound file to begin with")] = ""
    outro: Annotated[str, Meta(description="a sound file to end with")] = ""
    bed: Annotated[str, Meta(description="music under the speech")] = ""
    subtitles: Annotated[
        tuple[str, ...], Meta(description="also the timeline: vtt, srt, lrc, chapters, podlove, labels, json")
    ] = ()
    granularity: Annotated[
        Literal["sentence", "word"], Meta(description="what a read-aloud book highlights in step")
    ] = "sentence"


class PageSettings(_Section, frozen=True):
    """How pages with a player look."""

    sound: Annotated[bool, Meta(description="a player in the page, and its sound beside it")] = True
    style: Annotated[str, Meta(description="a CSS file whose rules follow the page's own")] = ""


class ScriptSettings(_Section, frozen=True):
    """How scripts are written."""

    format: Annotated[
        Literal["txt", "md", "docx", "html", "ssml", "json"], Meta(description="the format of the script")
    ] = "txt"
    slug: Annotated[
        str, Meta(description="the short name of the story in working scripts; else two or three words of its title")
    ] = ""
    calibrated: Annotated[bool, Meta(description="estimate the running time from how fast this voice spoke before")] = (
        False
    )


class PublishSettings(_Section, frozen=True):
    """How a folder of finished works is published."""

    url: Annotated[
        str, Meta(description="the address at which the folder will be; without it, no podcast, and relative links")
    ] = ""
    to: Annotated[
        tuple[str, ...], Meta(description="what to publish: podcast, opds, site, playlist, audiobook, notes")
    ] = ("podcast", "opds", "site", "playlist")
    title: Annotated[str, Meta(description="the title of the podcast, the catalogue and the site")] = "My reading"
    description: Annotated[str, Meta(description="the description of the podcast; else one is made of the title")] = ""
    author: Annotated[str, Meta(description="who publishes; else the title")] = ""
    email: Annotated[str, Meta(description="the publisher's address; it is public")] = ""
    category: Annotated[str, Meta(description="the podcast's category, one of Apple's")] = "News"
    explicit: Annotated[bool, Meta(description="whether the podcast is not for children")] = False
    private: Annotated[bool, Meta(description="ask directories not to list the podcast")] = True
    limit: Annotated[
        int, Meta(ge=1, le=100_000, description="episodes in feed.xml; older ones are in archive pages")
    ] = 300
    keep: Annotated[
        str,
        Meta(description="how many works (200) or days (90d) to keep: the files of older works are removed; else all"),
    ] = ""


class ServeSettings(_Section, frozen=True):
    """Where a folder is served over HTTP."""

    lan: Annotated[bool, Meta(description="serve the local network, not only this machine")] = False
    port: Annotated[int, Meta(ge=0, le=65_535, description="the port; 0 means any that is free")] = 8733


class RunnerSettings(_Section, frozen=True):
    """Where and how a batch is run."""

    on: Annotated[
        str, Meta(min_length=1, description="where a batch runs: local, dask, dask://HOST:PORT, dask:SCHEDULER-FILE")
    ] = "local"
    memory: Annotated[
        int,
        Meta(ge=0, le=10**15, description="the most bytes of addresses that a process may have; 0 means any number"),
    ] = 0
    wait: Annotated[
        float, Meta(ge=0, le=86_400, description="seconds to wait for a scheduler, or for all workers, that were lost")
    ] = 60.0


class OutputSettings(_Section, frozen=True):
    """Where a batch writes."""

    layout: Annotated[
        Layout,
        Meta(description="all files of a batch in one folder (flat), as their sources lie, or in 65,536 folders"),
    ] = "flat"


class CacheSettings(_Section, frozen=True):
    """Where clips and fetched pages are kept between runs."""

    folder: Annotated[str, Meta(description="the folder; else the user's cache folder")] = ""
    largest: Annotated[
        int, Meta(ge=0, le=10**15, description="the most bytes kept; the least recently used are removed")
    ] = 4_000_000_000


class Config(_Section, frozen=True):
    """Every setting."""

    input: InputSettings = InputSettings()
    book: BookSettings = BookSettings()
    narration: NarrationSettings = NarrationSettings()
    speech: SpeechSettings = SpeechSettings()
    audio: AudioSettings = AudioSettings()
    page: PageSettings = PageSettings()
    script: ScriptSettings = ScriptSettings()
    publish: PublishSettings = PublishSettings()
    serve: ServeSettings = ServeSettings()
    runner: RunnerSettings = RunnerSettings()
    output: OutputSettings = OutputSettings()
    cache: CacheSettings = CacheSettings()
    destinations: Annotated[
        dict[str, dict[str, Any]], Meta(description="where to deliver: a table for each, with its kind")
    ] = {}
    jobs: Annotated[int, Meta(ge=0, le=256, description="processes to use; 0 means one for each processor")] = 0
    keep_going: Annotated[bool, Meta(description="mark an utterance that cannot be spoken as a gap, and go on")] = False
    plugin: dict[str, dict[str, Any]] = {}


_DEFAULTS = Config()


class Setting(NamedTuple):
    """One setting: its help text, the values it may take (empty for any), its default, and its type in words.

    `expected` says which values are right ("a whole number from 80 to 450").
    """

    help: str
    choices: tuple[str, ...]
    default: Any
    expected: str


def describe_setting(name: str) -> Setting:
    """Look up a setting by its dotted name; raises `KeyError` for an unknown one."""
    section: Any = _DEFAULTS
    *tables, last = name.split(".")
    for table in tables:
        if table not in section.__struct_fields__:
            raise KeyError(name)
        section = getattr(section, table)
    kind = _field_types(section.__class__)[last]
    metadata: tuple[Any, ...] = getattr(kind, "__metadata__", ())
    plain = get_args(kind)[0] if metadata else kind
    description = next((meta.description for meta in metadata if meta.description), "")
    choices = tuple(value for value in get_args(plain) if isinstance(value, str))
    expected = " ".join((_TYPE_WORDS[get_origin(plain) or plain], *map(_describe_bounds, metadata))).strip()
    return Setting(description, choices, getattr(section, last), expected)


_TYPE_WORDS: dict[Any, str] = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: "a text",
    tuple: "a list of texts",
    dict: "a table of names and values",
    Literal: "one of its choices",
}


def _describe_bounds(meta: Meta) -> str:
    """Say from where to where a number may go; empty for any."""
    if meta.ge is not None and meta.le is not None:
        return f"from {meta.ge} to {meta.le}"
    low = f"above {meta.gt}" if meta.gt is not None else f"of at least {meta.ge}" if meta.ge is not None else ""
    high = f"at most {meta.le}" if meta.le is not None else ""
    return ", ".join(filter(None, (low, high)))


def setting_names(section: Any = _DEFAULTS, before: str = "") -> Iterator[str]:
    """Yield the dotted name of every setting, except those of other packages."""
    for name in section.__struct_fields__:
        value = getattr(section, name)
        if isinstance(value, _Section):
            yield from setting_names(value, f"{before}{name}.")
        elif name != "plugin":
            yield before + name


@cache
def _field_types(section: type) -> dict[str, Any]:
    return get_type_hints(section, include_extras=True)
