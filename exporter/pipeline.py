"""One document becomes its files: it is read, named, exported in every form that is wanted, and told as an Outcome.

What goes wrong is a value here. Nothing that one document does, not even a fault of ours, stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from exporter import progress
from exporter.article import Article
from exporter.config import Config
from exporter.document import Document
from exporter.edition import Edition, Work
from exporter.errors import ExporterError, Notice, OutputError, SourceError
from exporter.output import make_stem, make_unique, sweep_temporary_files
from exporter.registry import load

Source = Document | SourceError
"""What was found under a name: a document, or the reason why there is none."""


class Failure(msgspec.Struct, frozen=True):
    """An `ExporterError` as a value; `trace` is the traceback, for ``--debug``."""

    problem: str
    subject: str
    cause: str
    remedy: str
    exit_code: int = 1
    trace: str = ""

    def __str__(self) -> str:
        return str(ExporterError(self.problem, self.subject, self.cause, self.remedy))


class Outcome(msgspec.Struct, frozen=True):
    """What became of one source: the files `written`, the main ones first, remarks, and the error if there was one.

    `read` holds the notices of the reader (what it dropped or joined), `notices` those of the later stages. `kept`
    says that an earlier run had written the files and they are up to date. `inputs` are the other files that went in.
    """

    source: str
    written: tuple[str, ...] = ()
    read: tuple[Notice, ...] = ()
    notices: tuple[Notice, ...] = ()
    error: Failure | None = None
    kept: bool = False
    inputs: tuple[str, ...] = ()


class BuildRequest(msgspec.Struct, frozen=True):
    """What to make: the `exporters` by name, into `folder`, or into one `file` where the user named it."""

    exporters: tuple[str, ...]
    config: Config
    folder: str = "."
    file: str = ""

    @property
    def place(self) -> Path:
        """The folder in which files will appear."""
        return Path(self.file).parent if self.file else Path(self.folder)


Claim = Callable[[str], str]
"""Takes the file stem that a title suggests and returns the one to use, unique in the run."""

_OF_SCRIPTS = frozenset({"audio", "script"})  # the exporters that need no more of an article than its script
_SPEAKING = frozenset({"audio", "readaloud"})
_MAY_BE_SCRIPT = (b"{", b"---")  # what both forms of a script begin with that can be read back; most articles do not


def prepare(order: BuildRequest) -> None:
    """Start what takes time to start, where the order is certain to need it; raises `UsageError` for a wrong engine."""
    if _SPEAKING.intersection(order.exporters):
        from exporter.speech import start_worker as start_speaking  # noqa: PLC0415  most orders are silent

        start_speaking(order.config)


def make(source: Source, order: BuildRequest, claim: Claim) -> Outcome:
    """Make everything that is ordered of one source; never raises for what the source or its files do wrong."""
    name = subject(source)
    try:
        progress.advance("reading", 0)
        made = piece(source, order.config, order.exporters)
        file = claim(make_stem(made.article.metadata.title))
    except Exception as error:  # noqa: BLE001  one bad source stops nothing
        return Outcome(name, error=failure("reading", name, error))
    outcome = export(Edition((made,), order.config), order, file, name)
    inputs = tuple(resource.path for resource in made.article.resources if resource.path)
    return msgspec.structs.replace(outcome, inputs=inputs)


def run(sources: Iterable[Source], order: BuildRequest) -> Iterator[Outcome]:
    """Yield the outcome of every source, one after the other; never stops at a failure."""
    taken: set[str] = set()
    sweep_temporary_files(order.place)
    return (make(source, order, lambda name: make_unique(name, taken)) for source in sources)


def bind(sources: Iterable[Source], order: BuildRequest) -> Iterator[Outcome]:
    """Make one edition of all sources: yield the outcome of each that cannot be read, and last that of the whole."""
    pieces: list[Work] = []
    sweep_temporary_files(order.place)
    for source in sources:
        try:
            pieces.append(piece(source, order.config, order.exporters))
        except Exception as error:  # noqa: BLE001  one bad source stops nothing
            yield Outcome(subject(source), error=failure("reading", subject(source), error))
    if pieces:
        edition = Edition(pieces, order.config)
        yield export(edition, order, make_stem(edition.title), edition.title)


def subject(source: Source) -> str:
    """What the user calls a source."""
    return source.subject if isinstance(source, SourceError) else source.name


def piece(source: Source, config: Config, exporters: Collection[str] = ()) -> Work:
    """Read a source for some exporters (none: only to look at it); raises `SourceError`.

    It is an article, or a script that is to be spoken as it stands. Pictures on the web are fetched where they will be
    used.
    """
    from exporter.readers import read  # noqa: PLC0415  the readers are not loaded for a batch that is up to date

    if isinstance(source, SourceError):
        raise source
    if source.data[:8].lstrip(b"\xef\xbb\xbf \r\n").startswith(_MAY_BE_SCRIPT) and (made := _script(source, config)):
        if not exporters or set(exporters) - _OF_SCRIPTS:
            raise SourceError(
                *("reading", source.name, "ScriptError: it is a script, and no article"),
                "Name the article it was made from; exporter audio speaks a script as it stands.",
            )
        return made
    found = read(source, config.input)
    if not set(exporters) - {"script"}:
        return Work(found.article, config, found.notices)
    from exporter.sources import fetch_images  # noqa: PLC0415

    article, notices = fetch_images(found.article, config.input, config.cache)
    return Work(article, config, (*found.notices, *notices))


def _script(document: Document, config: Config) -> Work | None:
    """Read a script that was written before, and perhaps edited; None where it is none."""
    from exporter import script_formats  # noqa: PLC0415  most sources are articles

    if not script_formats.recognises(document.data):
        return None
    script = script_formats.read(document.data, document.name)
    return Work(Article(script.metadata, ()), config, script=script)


def export(edition: Edition, order: BuildRequest, name: str, source: str) -> Outcome:
    """Write an edition in every form that is ordered; an exporter that fails does not stop the next."""
    written: list[str] = []
    notices: list[Notice] = []
    error: Failure | None = None
    taken: set[str] = set()
    for exporter in order.exporters:
        try:
            progress.advance(f"writing {exporter}", 0)
            module = load("exporters", exporter)
            path = _target(order, name, exporter, module.suffix(order.config), taken)
            _spare(path, source)
            result = module.export(edition, path)
        except Exception as problem:  # noqa: BLE001  one bad source stops nothing
            error = error or failure(f"writing {exporter}", source, problem)
        else:
            written.extend(map(str, result.paths))
            notices.extend(result.notices)
    read = tuple(notice for piece in edition.pieces for notice in piece.reading)
    later = (notice for piece in edition.pieces for notice in piece.notices)
    return Outcome(source, tuple(written), read, (*later, *notices), error)


def failure(problem: str, subject: str, error: Exception) -> Failure:
    """Turn an exception into a value; one that is no `ExporterError` is a fault of this program, and said to be one.

    Raises `KeyboardInterrupt` where the exception came of one: Python wraps what happens while a class is made.
    """
    if _interrupted(error):
        raise KeyboardInterrupt from error
    import traceback  # noqa: PLC0415  only what fails pays for it

    trace = "".join(traceback.format_exception(error))
    if isinstance(error, ExporterError):
        return Failure(error.problem, error.subject, error.cause, error.remedy, error.exit_code, trace)
    return Failure(
        problem,
        subject,
        f"{type(error).__name__}: {' '.join(str(error).split())}",
        "This is a fault of exporter: run it again with --debug and report what it prints.",
        trace=trace,
    )


def _interrupted(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _target(order: BuildRequest, name: str, exporter: str, suffix: str, taken: set[str]) -> Path:
    """Where an exporter writes; of two whose files have the same suffix, the later gets its own name before it."""
    if order.file:
        return Path(order.file)
    if suffix in taken:
        suffix = f".{exporter}{suffix}"
    taken.add(suffix)
    return Path(order.folder, name + suffix)


def _spare(path: Path, source: str) -> None:
    """Keep the user's own file: a result never takes the place of its source."""
    if path.exists() and Path(source).exists() and path.samefile(source):
        raise OutputError(
            "writing",
            str(path),
            "WouldReplaceSource: the result has the name of its source",
            "Choose another name or folder with -o.",
        )
