"""One document becomes its files: it is read, named and exported in every form of the request; returns an `Outcome`.

Failures are values here. Nothing that one document does, not even a fault of this program, stops the others.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from exporter import progress, readers, script_formats, sources
from exporter.account import find_unusual, list_dropped
from exporter.article import Article
from exporter.config import Config
from exporter.document import Document
from exporter.edition import Edition, Work
from exporter.errors import ExporterError, Notice, OutputError, SourceError
from exporter.exporters import Written
from exporter.facts import Facts, make_facts
from exporter.output import make_stem, permit_files, sweep_temporary_files
from exporter.output_folder import own_files
from exporter.output_folder.output_places import FolderPlace, OutputPlace, open_objects
from exporter.output_folder.source_labels import STDIN_NAME, is_source_gone, label_document
from exporter.output_folder.stem_claims import choose_stem, list_stems
from exporter.recording import Recording
from exporter.registry import load

Source = Document | SourceError
"""What was found under a name: a document, or the error of finding it."""


class Failure(msgspec.Struct, frozen=True):
    """An `ExporterError` as a value; `trace` is the traceback, for ``--debug``."""

    problem: str
    subject: str
    cause: str
    remedy: str
    exit_code: int = 1
    trace: str = ""

    @property
    def is_disk_full(self) -> bool:
        """Whether nothing more can be written."""
        return self.cause.startswith("DiskFull")

    def __str__(self) -> str:
        return str(ExporterError(self.problem, self.subject, self.cause, self.remedy))


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result for one source: the files `written`, the main ones first, the notices, and the first error or None.

    `source_notices` are those of reading the source (what was dropped or joined, pictures that could not be fetched),
    `notices` those of what was made of it. `kept` means that an earlier run wrote the files and they are up to date.
    `inputs` are the paths of the other files that went in. `facts` are those of what was made; None if nothing was.
    """

    source: str
    written: tuple[str, ...] = ()
    source_notices: tuple[Notice, ...] = ()
    notices: tuple[Notice, ...] = ()
    error: Failure | None = None
    kept: bool = False
    inputs: tuple[str, ...] = ()
    facts: Facts | None = None


class BuildRequest(msgspec.Struct, frozen=True):
    """What to make: the `exporters` by name, into `folder`, or into one `file` where that is not empty.

    `address` is that of the folder in object storage into which a batch puts the files that are made in `folder`; empty
    if they stay there. `has_manifest` says that the folder is that of a batch, which notes its files there. `overwrite`
    allows files to be replaced that exporter did not make; a `file` that the user named always may be. `force` makes
    again what is up to date. `run_id` is that of the command for which a worker process works.
    """

    exporters: tuple[str, ...]
    config: Config
    folder: str = "."
    file: str = ""
    has_manifest: bool = False
    overwrite: bool = False
    force: bool = False
    run_id: str = ""
    address: str = ""

    @property
    def output_folder(self) -> Path:
        """The folder in which files will appear."""
        return Path(self.file).parent if self.file else Path(self.folder)

    def open_place(self) -> OutputPlace:
        """Return where the files come to stand; raises `OutputError` if object storage is missing."""
        if not self.address:
            return FolderPlace(self.output_folder)
        return open_objects(self.address, self.output_folder, self.config.input.timeout, self.overwrite)


Claim = Callable[[str, str], str]
"""Takes the file stem that a title suggests and the article's URL (or an empty text); returns the stem to use."""

_SCRIPT_EXPORTERS = frozenset({"audio", "script"})  # those that need only the script of a work
_SPEAKING_EXPORTERS = frozenset({"audio", "page", "readaloud"})


def prepare_engine(exporters: Collection[str], config: Config) -> None:
    """Start a worker of the engine where one of the exporters speaks: it loads while the articles are read.

    Raises `UsageError` for an engine that does not exist.
    """
    if _SPEAKING_EXPORTERS.intersection(exporters):
        from exporter import speech  # noqa: PLC0415  14 ms, most runs do not speak

        speech.start_worker(config)


def build(source: Source, request: BuildRequest, claim: Claim, label: str = "") -> Outcome:
    """Make all that is requested of one source; never raises for a fault of the source or of its files.

    `label` is what a single command remembers its files by.
    """
    name = name_source(source)
    try:
        progress.advance("reading", 0)
        work = read_work(source, request.config, request.exporters)
        metadata = work.article.metadata
        file_stem = claim(make_stem(metadata.title), metadata.address)
    except Exception as error:  # noqa: BLE001  one bad source stops nothing
        return Outcome(name, error=make_failure("reading", name, error))
    outcome = export_edition(Edition((work,), request.config), request, file_stem, name, label)
    inputs = tuple(resource.path for resource in work.article.resources if resource.path)
    return msgspec.structs.replace(outcome, inputs=inputs)


def build_each(found: Iterable[Source], request: BuildRequest) -> Iterator[Outcome]:
    """Yield the outcome of every source, one after the other; never stops at a failure."""
    owners: dict[str, str] = {}
    sweep_temporary_files(request.output_folder)
    for source in found:
        label = "" if isinstance(source, SourceError) else label_document(source, request.output_folder)

        def claim(stem: str, _address: str, label: str = label) -> str:
            for name in list_stems(stem, label):
                if owner := _find_owner(name, request):
                    owners.setdefault(name, owner)
            return choose_stem(stem, label, owners)

        yield build(source, request, claim, label)


def _find_owner(stem: str, request: BuildRequest) -> str:
    """Return the label of the source of which an earlier command made files of a stem; empty if they may be replaced.

    They may if the source is gone: it was renamed, perhaps. Standard input is one source, whatever comes in.
    """
    folder = request.output_folder
    for exporter in () if request.file else request.exporters:
        path = folder / (stem + load("exporters", exporter).suffix(request.config))
        label = own_files.find_source(path, request.config.cache)
        if label and not label.startswith(STDIN_NAME) and not is_source_gone(label, folder):
            return label
    return ""


def build_bound(
    found: Iterable[Source], request: BuildRequest, claim: Claim = lambda stem, _address: stem
) -> Iterator[Outcome]:
    """Make one edition of all sources: yield the outcome of each that cannot be read, and last that of the whole."""
    works: list[Work] = []
    sweep_temporary_files(request.output_folder)
    for source in found:
        try:
            works.append(read_work(source, request.config, request.exporters))
        except Exception as error:  # noqa: BLE001  one bad source stops nothing
            name = name_source(source)
            yield Outcome(name, error=make_failure("reading", name, error))
    if works:
        edition = Edition(works, request.config)
        yield export_edition(edition, request, claim(make_stem(edition.title), ""), edition.title)


def name_source(source: Source) -> str:
    """Return what the user calls a source."""
    return source.subject if isinstance(source, SourceError) else source.name


def read_work(source: Source, config: Config, exporters: Collection[str] = ()) -> Work:
    """Read a source for some exporters (none: only to look at it); raises `SourceError`.

    It is an article, or a script to be spoken as it stands. Pictures on the web are fetched if an exporter uses them.
    """
    if isinstance(source, SourceError):
        raise source
    if (work := _read_script(source, config)) is not None:
        if not exporters or set(exporters) - _SCRIPT_EXPORTERS:
            raise SourceError(
                *("reading", source.name, "ScriptError: it is a script, not an article"),
                "Name the article it was made from; exporter audio speaks a script as it stands.",
            )
        return work
    found = readers.read(source, config.input)
    if not set(exporters) - {"script"}:
        return Work(found.article, config, found.notices, account=found.account)
    article, notices = sources.fetch_images(found.article, config.input, config.cache, source.seconds_left)
    return Work(article, config, (*found.notices, *notices), account=found.account)


def _read_script(document: Document, config: Config) -> Work | None:
    """Read a script that was written before, and perhaps edited; returns None for any other document."""
    if not script_formats.recognises(document.data):
        return None
    script = script_formats.read(document.data, document.name)
    return Work(Article(script.metadata, ()), config, script=script)


def export_edition(edition: Edition, request: BuildRequest, file_stem: str, source: str, label: str = "") -> Outcome:
    """Write an edition in every form of the request; an exporter that fails does not stop the next.

    Notices are in the order of the exporters, each once. `label` is as in `build`.
    """
    written: list[str] = []
    notices = [notice for work in edition.works for notice in find_unusual(work.account)]
    error: Failure | None = None
    taken: set[str] = set()
    recording: Recording | None = None
    permit = _make_permit(request, label)
    for exporter in request.exporters:
        try:
            progress.advance(f"writing {exporter}", 0)
            module = load("exporters", exporter)
            path = _choose_path(request, file_stem, exporter, module.suffix(request.config), taken)
            _refuse_to_replace_source(path, source)
            with permit_files(permit):
                result: Written = module.export(edition, path)
        except Exception as problem:  # noqa: BLE001  one bad source stops nothing
            error = error or make_failure(f"writing {exporter}", source, problem)
        else:
            written.extend(path for path in map(str, result.paths) if path not in written)
            notices.extend(result.notices)
            recording = recording or result.recording
    dropped = [each.make_notice() for work in edition.works for each in list_dropped(work.account)]
    source_notices = dict.fromkeys([*(notice for work in edition.works for notice in work.source_notices), *dropped])
    if len(edition.works) == 1 and recording is None and (made := edition.works[0].__dict__.get("recorded")):
        recording = made.recording  # of a read-aloud book; a work that was not spoken is not spoken for its facts
    facts = make_facts(edition.title, [work.article for work in edition.works], recording) if written else None
    return Outcome(source, tuple(written), tuple(source_notices), tuple(dict.fromkeys(notices)), error, facts=facts)


def _make_permit(request: BuildRequest, label: str) -> own_files.Permit | None:
    """Return what prevents that files are replaced that exporter did not make; the one that the user named may be."""
    if request.file:
        named = Path(request.file)
        permit_beside = own_files.permit_by_cache(request.output_folder, request.config.cache, request.overwrite, label)
        return lambda path: None if path == named else permit_beside(path)
    if request.address:
        return None  # the place itself looks at what it replaces
    if request.has_manifest:
        return own_files.permit_in_folder(request.output_folder, request.overwrite)
    return own_files.permit_by_cache(request.output_folder, request.config.cache, request.overwrite, label)


def make_failure(problem: str, subject: str, error: Exception) -> Failure:
    """Turn an exception into a value; any that is not an `ExporterError` is reported as a fault of this program.

    Raises `KeyboardInterrupt` if the exception was caused by one: Python wraps those raised while a class is made.
    """
    if _is_interrupt(error):
        raise KeyboardInterrupt from error
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, ExporterError):
        return Failure(error.problem, error.subject, error.cause, error.remedy, error.exit_code, trace)
    if isinstance(error, MemoryError):
        cause = "OutOfMemory: it needs more memory than there is"
        return Failure(problem, subject, cause, "Use fewer jobs, or raise runner.memory if it is set.", trace=trace)
    return Failure(
        problem,
        subject,
        f"InternalError: exporter failed ({type(error).__name__}: {' '.join(str(error).split())})",
        "This is a fault of exporter: run it again with --debug and report what it prints.",
        trace=trace,
    )


def _is_interrupt(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _choose_path(request: BuildRequest, file_stem: str, exporter: str, suffix: str, taken: set[str]) -> Path:
    """Choose where an exporter writes; if its suffix is taken, its name goes before it."""
    if request.file:
        return Path(request.file)
    if suffix in taken:
        suffix = f".{exporter}{suffix}"
    taken.add(suffix)
    return Path(request.folder, file_stem + suffix)


def _refuse_to_replace_source(path: Path, source: str) -> None:
    """Raise `OutputError` if a result would take the place of its own source."""
    if path.exists() and Path(source).exists() and path.samefile(source):
        raise OutputError(
            "writing",
            str(path),
            "WouldReplaceSource: the result has the name of its source",
            "Choose another name or folder with -o.",
        )
