"""Every command and every option of the command line, as data.

The fast parser (`exporter.cli.fast_parser`) and the Typer app (`exporter.cli.typer_app`) both read this table, so they
cannot disagree. An option that sets a setting takes its help text and its choices from there (`exporter.config`).
"""

from __future__ import annotations

import sys

import msgspec


class Option(msgspec.Struct, frozen=True):
    """One option: its `flags`, and the dotted name of the `setting` that it sets (empty for none).

    `metavar` names its value in help texts. An option without it is a switch, which puts `switch_value` into the
    setting. A repeatable option may be given several times, and separates values by commas. If `optional_values` are
    given, the value may be left out, and the first of them is meant.
    """

    flags: tuple[str, ...]
    metavar: str = ""
    setting: str = ""
    help: str = ""
    switch_value: str | bool = True
    is_repeatable: bool = False
    optional_values: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in a `Call`: the long flag with underscores."""
        return self.flags[-1].lstrip("-").replace("-", "_")


class Command(msgspec.Struct, frozen=True):
    """One command: its `function` ("module:name" below `exporter.cli.commands`), help, options and arguments.

    `argument` names its arguments in help texts.
    """

    function: str
    help: str
    options: tuple[str, ...]
    examples: tuple[str, ...]
    argument: str = "SOURCE"
    argument_help: str = "A SOURCE is a file, a folder, a URL, - for standard input, or @FILE with one source a line."
    min_arguments: int = 1
    max_arguments: int = sys.maxsize


_OPTION_LIST = (
    Option(("-o", "--output"), "FILE or DIR/", help="where to write; else the working folder"),
    Option(("--json",), help="print a JSON report, and nothing else, on stdout"),
    Option(("--json-lines",), help="print each outcome as a line of JSON when it is finished, and last one of the sum"),
    Option(("-q", "--quiet"), help="print only errors"),
    Option(("-v", "--verbose"), help="print also what was dropped, joined or is in doubt"),
    Option(("--html",), "FILE", help="write a page that shows what was kept as what, and what was left out and why"),
    Option(("--debug",), help="print the traceback of every error"),
    Option(
        ("--config",), "FILE", help="the settings file; else the nearest exporter.toml, from the working folder upwards"
    ),
    Option(("--set",), "NAME=VALUE", help="any setting, as in --set narration.captions=skip", is_repeatable=True),
    Option(("-j", "--jobs"), "N", "jobs"),
    Option(("--reader",), "NAME", "input.reader"),
    Option(("--language",), "TAG", "input.language"),
    Option(("--private",), "", "input.private_addresses"),
    Option(("--cookies",), "FILE", "input.cookies"),
    Option(("--since",), "DATE", "input.since"),
    Option(("--limit",), "N", "input.limit"),
    Option(("--unread",), "", "input.unread"),
    Option(("--tag",), "TAG", "input.tags", is_repeatable=True),
    Option(("--no-images",), "", "input.images", help="leave the article's pictures out", switch_value=False),
    Option(("--bind",), help="make one file of all sources"),
    Option(("--overwrite",), help="replace also files that exporter did not make"),
    Option(("--dry-run",), help="say what would be made, its words, running time and size, and make nothing"),
    Option(("--on",), "WHERE", "runner.on"),
    Option(("--shard",), "K/N", help="only the K-th of N parts of the sources; auto in an array of jobs"),
    Option(("--layout",), "NAME", "output.layout"),
    Option(("--force",), help="make again also what is up to date"),
    Option(("--title",), "TEXT", "book.title"),
    Option(("--style",), "NAME or FILE.css", "book.style"),
    Option(("--cover",), "FILE", "book.cover"),
    Option(("--profile",), "NAME", "book.profile"),
    Option(("--check",), help="list the words whose reading is in doubt, and write no script"),
    Option(("--calibrated",), "", "script.calibrated"),
    Option(("--slug",), "WORDS", "script.slug"),
    Option(("--lexicon",), "FILE", "narration.lexicon", is_repeatable=True),
    Option(("--captions",), "WHERE", "narration.captions"),
    Option(
        ("--spoken-quotes",),
        "",
        "narration.quotes",
        help='mark quotations by "quote ... end quote", as on radio',
        switch_value="spoken",
    ),
    Option(("--cast",), "NAME=ID", "narration.cast", help="the voice of a quoted speaker", is_repeatable=True),
    Option(("--template",), "NAME or FILE", "narration.template"),
    Option(("--engine",), "NAME", "speech.engine"),
    Option(("--voice",), "ID", "speech.voice"),
    Option(("--quote-voice",), "ID", "speech.quote_voice"),
    Option(("--rate",), "WPM", "speech.rate"),
    Option(("--pitch",), "0-100", "speech.pitch"),
    Option(("--volume",), "0-1", "speech.volume"),
    Option(("--say",), "TEXT", help="write a WAV file of each voice that says this; English ones without --language"),
    Option(("--fetch",), "NAME", help="fetch a voice once, into the user's data folder; its checksum is compared"),
    Option(("--keep-going",), "", "keep_going"),
    Option(("--bitrate",), "KBIT", "audio.bitrate"),
    Option(("--clips",), "WHAT", "audio.clips", optional_values=("section", "sentence", "anki")),
    Option(("--report",), "", "audio.report"),
    Option(("--loudness",), "TARGET", "audio.loudness"),
    Option(("--intro",), "FILE", "audio.intro"),
    Option(("--outro",), "FILE", "audio.outro"),
    Option(("--bed",), "FILE", "audio.bed"),
    Option(("--subtitles",), "KIND", "audio.subtitles", is_repeatable=True),
    Option(("--granularity",), "WHAT", "audio.granularity"),
    Option(("--no-sound",), "", "page.sound", help="leave the player and the sound out", switch_value=False),
    Option(
        *(("--to",), "NAME,..."),
        help="what to make of each source: epub, script, audio, readaloud, page, article",
        is_repeatable=True,
    ),
    Option(("--publish",), help="publish the folder at the end, as exporter publish does"),
    Option(("--url",), "URL", "publish.url"),
    Option(("--keep",), "N or DAYSd", "publish.keep"),
    Option(("--lan",), "", "serve.lan"),
    Option(("--port",), "N", "serve.port"),
    Option(("--new-key",), help="make a new secret address; the one before becomes invalid"),
    Option(("--explain",), help="show the rule behind each span; ? marks a doubtful one"),
)
OPTIONS: dict[str, Option] = {option.name: option for option in _OPTION_LIST} | {
    "deliver_to": Option(("--to",), "NAME", help="the destination: a section [destinations.NAME] of exporter.toml"),
    "deliver_dry_run": Option(("--dry-run",), help="list what would be delivered, and deliver nothing"),
    "digest_to": Option(("--to",), "NAME,...", help="what to make; without it, epub and audio", is_repeatable=True),
    "digest_since": Option(("--since",), "last or DATE", help="only what was added since; without it, last"),
    "digest_limit": Option(("--limit",), "MINUTES", help="as many of the newest articles as fit"),
    "digest_title": Option(("--title",), "TEXT", "book.title", help="the title; {date} and {week} are filled in"),
    "digest_dry_run": Option(("--dry-run",), help="list the articles, and make nothing"),
    "publish_to": Option(("--to",), "NAME,...", "publish.to", is_repeatable=True),
    "script_format": Option(("-f", "--format"), "NAME", "script.format"),
    "audio_format": Option(("-f", "--format"), "NAME", "audio.format"),
    "page_style": Option(("--style",), "FILE.css", "page.style"),
}

_COMMON_OPTIONS = ("json", "quiet", "verbose", "debug", "config", "set")
_INPUT_OPTIONS = ("reader", "language", "private", "cookies", "since", "limit", "unread", "tag")
_BOOK_OPTIONS = ("title", "style", "cover", "profile", "no_images")
_NARRATION_OPTIONS = ("lexicon", "captions", "spoken_quotes", "cast", "template")
_SPEECH_OPTIONS = ("engine", "voice", "quote_voice", "rate", "pitch", "volume", "keep_going", "jobs")
_AUDIO_OPTIONS = ("bitrate", "loudness", "intro", "outro", "bed")

COMMANDS: dict[str, Command] = {
    "show": Command(
        "show:show",
        "Show an article as exporter understands it, as a tree.",
        ("html", *_INPUT_OPTIONS, *_COMMON_OPTIONS),
        (
            "exporter show page.txt",
            "exporter show page.html --html account.html",
            "exporter show page.md --json | jq .metadata",
        ),
    ),
    "epub": Command(
        "build:epub",
        "Make EPUB 3 books.",
        ("output", "overwrite", "bind", "lexicon", *_BOOK_OPTIONS, *_INPUT_OPTIONS, *_COMMON_OPTIONS),
        ("exporter epub page.txt", 'exporter epub saved/ --bind --title "Week 12" -o week-12.epub'),
    ),
    "script": Command(
        "build:script",
        "Write the script: the text as it is spoken.",
        (
            "output",
            "overwrite",
            "script_format",
            "check",
            "calibrated",
            "slug",
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
            "overwrite",
            "audio_format",
            "clips",
            "report",
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
            "overwrite",
            "granularity",
            "bind",
            *_BOOK_OPTIONS,
            *_AUDIO_OPTIONS[:2],
            *_SPEECH_OPTIONS,
            *_NARRATION_OPTIONS,
            *_INPUT_OPTIONS,
            *_COMMON_OPTIONS,
        ),
        (
            "exporter readaloud page.html",
            "exporter readaloud page.html --granularity word -o page.epub",
            "exporter readaloud book.epub -o spoken/",
        ),
    ),
    "page": Command(
        "build:page",
        "Make web pages with a player: the sentence and the word that are spoken are highlighted.",
        (
            *("output", "overwrite", "audio_format", "bind", "title", "page_style", "no_sound", "no_images"),
            *(*_AUDIO_OPTIONS, *_SPEECH_OPTIONS, *_NARRATION_OPTIONS, *_INPUT_OPTIONS, *_COMMON_OPTIONS),
        ),
        ("exporter page page.html", "exporter page saved/ --bind --title 'Week 12' -o week-12.html"),
    ),
    "batch": Command(
        "build_batch:batch",
        "Make several forms of many sources, in parallel; a second run makes only what is missing or out of date.",
        (
            *(
                "output",
                "dry_run",
                "json_lines",
                "on",
                "shard",
                "layout",
                "force",
                "overwrite",
                "to",
                "bind",
                "publish",
                "url",
                "keep",
                "clips",
                "report",
                "subtitles",
                "granularity",
            ),
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
    "publish": Command(
        "publish_shelf:publish",
        "Make a podcast feed, a catalogue, pages and a playlist of what a batch left in a folder.",
        ("url", "publish_to", "keep", "overwrite", *_COMMON_OPTIONS),
        (
            "exporter publish out --url https://me.example/reading/",
            "exporter publish out --to opds,site",
            "exporter publish out --keep 90d",
        ),
        "DIR",
        "DIR is the folder of a batch (its -o).",
        max_arguments=1,
    ),
    "serve": Command(
        "serve_folder:serve",
        "Serve what a batch left in a folder: podcast, catalogue and pages, at a secret address.",
        ("lan", "port", "new_key", *_COMMON_OPTIONS),
        ("exporter serve out", "exporter serve out --lan"),
        "DIR",
        "DIR is the folder of a batch (its -o).",
        max_arguments=1,
    ),
    "deliver": Command(
        "deliver_shelf:deliver",
        "Deliver what is new in a folder: to a Kindle by mail, a Kobo, a WebDAV server, a Calibre library.",
        ("deliver_to", "deliver_dry_run", "overwrite", *_COMMON_OPTIONS),
        ("exporter deliver out --to kindle", "exporter deliver out --to kobo --dry-run"),
        "DIR",
        "DIR is the folder of a batch (its -o).",
        max_arguments=1,
    ),
    "digest": Command(
        "digest_folder:digest",
        "Make one book and one episode of what is new in a folder.",
        (
            *("digest_since", "digest_title", "digest_limit", "digest_to", "digest_dry_run", "overwrite"),
            *("audio_format", "subtitles", *_BOOK_OPTIONS[1:], *_AUDIO_OPTIONS),
            *(*_SPEECH_OPTIONS, *_NARRATION_OPTIONS, *_COMMON_OPTIONS),
        ),
        ("exporter digest out", 'exporter digest out --since 2024-05-01 --title "Week {week}" --limit 40'),
        "DIR",
        "DIR is the folder of a batch (its -o).",
        max_arguments=1,
    ),
    "normalize": Command(
        "normalize_text:normalize",
        "Show how text is read aloud; without TEXT, each line of standard input.",
        ("explain", "language", "lexicon", *_COMMON_OPTIONS),
        ('exporter normalize "Aug. 8, 2021"', 'exporter normalize --explain "St. James St."'),
        "TEXT",
        "TEXT is the text to read.",
        min_arguments=0,
    ),
    "voices": Command(
        "voice_commands:list_voices",
        "List the voices, with a command to try each; write a sample of each, or fetch one more.",
        ("say", "fetch", "output", *_SPEECH_OPTIONS[:1], "rate", "pitch", "language", *_COMMON_OPTIONS),
        (
            "exporter voices --language en",
            'exporter voices --say "Good evening." -o samples',
            "exporter voices --fetch emma",
        ),
        min_arguments=0,
        max_arguments=0,
    ),
    "formats": Command(
        "info:formats",
        "List what can be read and what can be written.",
        _COMMON_OPTIONS,
        ("exporter formats",),
        min_arguments=0,
        max_arguments=0,
    ),
    "doctor": Command(
        "info:doctor",
        "Check what is installed, and show the line that installs what is missing; with --on or -o s3://..., that too.",
        ("on", "output", *_COMMON_OPTIONS),
        (
            "exporter doctor",
            "exporter doctor --on dask://HOST:8786 -o /shared/out",
            "exporter doctor -o s3://bucket/out/",
        ),
        min_arguments=0,
        max_arguments=0,
    ),
    "cache": Command(
        "info:cache",
        "Show the cache of spoken sentences and fetched pages, or clear it.",
        _COMMON_OPTIONS,
        ("exporter cache", "exporter cache clear"),
        "ACTION",
        "ACTION is show or clear; without it, show.",
        min_arguments=0,
        max_arguments=1,
    ),
}


def list_options(command: str) -> tuple[Option, ...]:
    """Return the options of a command."""
    return tuple(OPTIONS[name] for name in COMMANDS[command].options)
