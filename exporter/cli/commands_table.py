"""What can be typed: every command and every option, once, as data.

The fast parser (`exporter.cli.fast_parser`), the Typer program behind it (`exporter.cli.typer_app`) and the settings
all read this table, so they cannot disagree. Help texts of options that set a setting are the setting's own
(`exporter.config`), as are the values they may take.
"""

from __future__ import annotations

import sys

import msgspec


class Option(msgspec.Struct, frozen=True):
    """One option: its spellings, and the `setting` (dotted name) that it sets, if it sets one.

    `takes` names its value; without it the option is a switch, which puts `means` into the setting. `many` options
    may be given again, and hold commas.
    """

    flags: tuple[str, ...]
    takes: str = ""
    setting: str = ""
    help: str = ""
    means: str | bool = True
    many: bool = False
    bare: tuple[str, ...] = ()
    """The values that may follow; the option without one of them means the first."""

    @property
    def name(self) -> str:
        """What a command's code calls it: the long spelling with underscores."""
        return self.flags[-1].lstrip("-").replace("-", "_")


class Command(msgspec.Struct, frozen=True):
    """One command: where its code is, what it takes, what it is for."""

    code: str
    help: str
    options: tuple[str, ...]
    examples: tuple[str, ...]
    words: str = "SOURCE"
    """What its arguments are called."""
    words_help: str = "a file, a folder, a URL, - for standard input, or @FILE with one source a line"
    least: int = 1
    most: int = sys.maxsize


_OPTION_LIST = (
    Option(("-o", "--output"), "FILE or DIR/", help="where to write; else the working folder"),
    Option(("--json",), help="a report for machines, alone, on stdout"),
    Option(("-q", "--quiet"), help="say nothing but errors"),
    Option(("-v", "--verbose"), help="say also what was dropped, joined or doubtful"),
    Option(("--debug",), help="show the traceback of every error"),
    Option(("--config",), "FILE", help="settings; else the nearest exporter.toml, from the working folder upwards"),
    Option(("--set",), "NAME=VALUE", help="any setting, as in --set narration.captions=skip", many=True),
    Option(("-j", "--jobs"), "N", "jobs"),
    Option(("--reader",), "NAME", "input.reader"),
    Option(("--language",), "TAG", "input.language"),
    Option(("--private",), "", "input.private_addresses"),
    Option(("--cookies",), "FILE", "input.cookies"),
    Option(("--no-images",), "", "input.images", help="leave the article's pictures out", means=False),
    Option(("--bind",), help="one result of all sources together"),
    Option(("--title",), "TEXT", "book.title"),
    Option(("--style",), "NAME or FILE.css", "book.style"),
    Option(("--cover",), "FILE", "book.cover"),
    Option(("--profile",), "NAME", "book.profile"),
    Option(("--check",), help="write no script, but list the words whose reading is in doubt"),
    Option(("--calibrated",), "", "script.calibrated"),
    Option(("--lexicon",), "FILE", "narration.lexicon", many=True),
    Option(("--captions",), "WHERE", "narration.captions"),
    Option(
        ("--spoken-quotes",),
        "",
        "narration.quotes",
        help='mark quotations by "quote ... end quote", as on radio',
        means="spoken",
    ),
    Option(("--cast",), "NAME=ID", "narration.cast", help="the voice of a speaker who is quoted", many=True),
    Option(("--template",), "NAME or FILE", "narration.template"),
    Option(("--engine",), "NAME", "speech.engine"),
    Option(("--voice",), "ID", "speech.voice"),
    Option(("--quote-voice",), "ID", "speech.quote_voice"),
    Option(("--rate",), "WPM", "speech.rate"),
    Option(("--pitch",), "0-100", "speech.pitch"),
    Option(("--volume",), "0-1", "speech.volume"),
    Option(("--keep-going",), "", "keep_going"),
    Option(("--bitrate",), "KBIT", "audio.bitrate"),
    Option(("--clips",), "WHAT", "audio.clips", bare=("section", "sentence")),
    Option(("--loudness",), "TARGET", "audio.loudness"),
    Option(("--intro",), "FILE", "audio.intro"),
    Option(("--outro",), "FILE", "audio.outro"),
    Option(("--bed",), "FILE", "audio.bed"),
    Option(("--subtitles",), "KIND", "audio.subtitles", many=True),
    Option(("--granularity",), "WHAT", "audio.granularity"),
    Option(("--to",), "NAME,...", help="what to make of each source: epub, script, audio, readaloud", many=True),
    Option(("--explain",), help="the rule behind each span, doubtful ones marked"),
)
OPTIONS: dict[str, Option] = {option.name: option for option in _OPTION_LIST} | {
    "script_format": Option(("-f", "--format"), "NAME", "script.format"),
    "audio_format": Option(("-f", "--format"), "NAME", "audio.format"),
}

_COMMON_OPTIONS = ("json", "quiet", "verbose", "debug", "config", "set")
_INPUT_OPTIONS = ("reader", "language", "private", "cookies")
_BOOK_OPTIONS = ("title", "style", "cover", "profile", "no_images")
_NARRATION_OPTIONS = ("lexicon", "captions", "spoken_quotes", "cast", "template")
_SPEECH_OPTIONS = ("engine", "voice", "quote_voice", "rate", "pitch", "volume", "keep_going", "jobs")
_AUDIO_OPTIONS = ("bitrate", "loudness", "intro", "outro", "bed")

COMMANDS: dict[str, Command] = {
    "show": Command(
        "show:show",
        "Show an article as it is understood, as a tree.",
        (*_INPUT_OPTIONS, *_COMMON_OPTIONS),
        ("exporter show page.txt", "exporter show page.html --verbose", "exporter show page.md --json | jq .metadata"),
    ),
    "epub": Command(
        "build:epub",
        "Make EPUB 3 books.",
        ("output", "bind", "lexicon", *_BOOK_OPTIONS, *_INPUT_OPTIONS, *_COMMON_OPTIONS),
        ("exporter epub page.txt", 'exporter epub saved/ --bind --title "Week 12" -o week-12.epub'),
    ),
    "script": Command(
        "build:script",
        "Write the script: every word as it is said.",
        (
            "output",
            "script_format",
            "check",
            "calibrated",
            "bind",
            "title",
            *_NARRATION_OPTIONS,
            *_SPEECH_OPTIONS[:6],
            *_INPUT_OPTIONS,
            *_COMMON_OPTIONS,
        ),
        ("exporter script page.html", "exporter script page.html -o page.ssml", "exporter script page.md --check"),
    ),
    "audio": Command(
        "build:audio",
        "Make episodes, with a chapter for each heading.",
        (
            "output",
            "audio_format",
            "clips",
            "subtitles",
            "bind",
            "title",
            *_AUDIO_OPTIONS,
            *_SPEECH_OPTIONS,
            *_NARRATION_OPTIONS,
            *_INPUT_OPTIONS,
            *_COMMON_OPTIONS,
        ),
        ("exporter audio page.md", "exporter audio page.md -o page.m4b --clips", "exporter audio edited-script.md"),
    ),
    "readaloud": Command(
        "build:readaloud",
        "Make EPUB 3 books that are read aloud: text and voice in step.",
        (
            "output",
            "granularity",
            "bind",
            *_BOOK_OPTIONS,
            *_AUDIO_OPTIONS[:2],
            *_SPEECH_OPTIONS,
            *_NARRATION_OPTIONS,
            *_INPUT_OPTIONS,
            *_COMMON_OPTIONS,
        ),
        ("exporter readaloud page.html", "exporter readaloud page.html --granularity word -o page.epub"),
    ),
    "batch": Command(
        "build:batch",
        "Make everything for many sources, in parallel; a rerun makes only what is missing.",
        (
            *("output", "to", "bind", "clips", "subtitles", "granularity"),
            *(
                *_BOOK_OPTIONS,
                *_AUDIO_OPTIONS,
                *_SPEECH_OPTIONS,
                *_NARRATION_OPTIONS,
                *_INPUT_OPTIONS,
                *_COMMON_OPTIONS,
            ),
        ),
        ("exporter batch list/ @urls.txt --to epub,script,audio -o out",),
    ),
    "normalize": Command(
        "normalize_text:normalize",
        "Show how text will be read; without TEXT, each line of standard input.",
        ("explain", "language", "lexicon", *_COMMON_OPTIONS),
        ('exporter normalize "Aug. 8, 2021"', 'exporter normalize --explain "St. James St."'),
        "TEXT",
        "what is to be read",
        least=0,
    ),
    "voices": Command(
        "info:voices",
        "List the voices, with a command to try each.",
        ("engine", "language", *_COMMON_OPTIONS),
        ("exporter voices --language en",),
        least=0,
        most=0,
    ),
    "formats": Command(
        "info:formats",
        "List what can be read and what can be written.",
        _COMMON_OPTIONS,
        ("exporter formats",),
        least=0,
        most=0,
    ),
    "doctor": Command(
        "info:doctor",
        "Say what works, what is missing, and the line that installs it.",
        _COMMON_OPTIONS,
        ("exporter doctor",),
        least=0,
        most=0,
    ),
    "cache": Command(
        "info:cache",
        "Show the cache of spoken sentences and fetched pages, or clear it.",
        _COMMON_OPTIONS,
        ("exporter cache", "exporter cache clear"),
        "ACTION",
        "show or clear",
        least=0,
        most=1,
    ),
}


def list_options(command: str) -> tuple[Option, ...]:
    """Return the options of a command."""
    return tuple(OPTIONS[name] for name in COMMANDS[command].options)
