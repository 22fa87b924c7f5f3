"""Builds many sources: one Outcome each, as they are finished. A second run makes only the rest.

The sources are listed, and those whose files are unchanged are kept without being opened; the others go out in parts
(`parts`) to a runner (`exporter.runners`), which has them built. Only a few are out at a time, so memory does
not grow with their number, and a long one holds up no other. File stems are chosen in the order of the sources,
whichever is finished first: the same sources get the same names. A source that is named twice, by whatever spelling, is
built once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from exporter.batches.parts import Made, Part, PartOrder, PartSource, StemProposal
from exporter.batches.shards import Shard
from exporter.batches.stem_queue import StemQueue
from exporter.document import Document
from exporter.errors import Notice, OutputError, SourceError, describe_error
from exporter.manifest.manifest import Manifest
from exporter.manifest.manifest_entries import ManifestEntry, digest_document, make_entry
from exporter.output import get_run_id, make_unique, sweep_temporary_files
from exporter.output_folder.file_stamps import FileStamp
from exporter.output_folder.layouts import MAX_FLAT_NAMES
from exporter.output_folder.own_files import read_notes
from exporter.output_folder.source_labels import STDIN_NAME, label_document, label_name
from exporter.pipeline import BuildRequest, Failure, Outcome, Source, build, build_bound
from exporter.registry import load
from exporter.runners import Runner, RunnerJob
from exporter.sources import Selection, UnopenedFile, files

_HERE = Path()

_POLL_SECONDS = 0.2
"""Polling interval in seconds: upper bound of the latency of Ctrl-C, which Python misses just before it waits."""


class PlacedOutcome(NamedTuple):
    """An outcome, and the `place` of its source in the order of the sources."""

    place: int
    outcome: Outcome


class BatchOptions(NamedTuple):
    """How a batch is run: `jobs` is the number of processes, `debug` lets them write to standard error.

    `runner` is the name of a runner, `where` what it runs on (`RunnerJob`). With a `shard`, only its sources are built.
    `notify` is called with what concerns no single source.
    """

    jobs: int
    debug: bool = False
    runner: str = "local"
    where: str = ""
    shard: Shard | None = None
    notify: Callable[[Notice], None] = lambda _notice: None


ListSources = Callable[[Selection], Iterable[Source | UnopenedFile]]
"""Lists the sources of a batch as `exporter.sources.list_sources` does, for what the batch selects."""


class _BatchRun:
    """One run over many sources: its manifest, its file stems and its runner. It is the `Selection` of its sources."""

    def __init__(self, request: BuildRequest, options: BatchOptions) -> None:
        self._shard = options.shard
        self._manifest = _open_manifest(request, self._shard.name if self._shard else "")
        self._folder, self._place = self._manifest.folder, self._manifest.place
        self._request = msgspec.structs.replace(
            request, has_manifest=True, run_id=get_run_id(), folder=str(self._folder)
        )
        self._places = 0
        self._notify = options.notify
        self._inner_folders: set[str] = set()  # those before the stems of this run
        self._unfinished: dict[int, str] = {}  # names of sources, by place
        self._keys: dict[str, str] = {}  # of the documents of this run, by label
        self._labels: set[str] = set()
        self._stamps: dict[str, FileStamp] = {}  # of the files that are being listed, by label
        self._unread: list[PlacedOutcome] = []
        self._own_names = frozenset(map(os.fsdecode, read_notes(self._folder)))
        sweep_temporary_files(self._folder)
        self._lock = threading.Lock()  # of the manifest
        self._stems = StemQueue(self._choose_stem)
        order = PartOrder(self._request, self._manifest.settings)
        job = RunnerJob(order, self._stems.claim, options.jobs, options.debug, options.where)
        try:
            self._runner: Runner = load("runners", options.runner).make_runner(job)
        except BaseException:
            self._manifest.close()
            raise

    def run(self, sources: Iterable[Source | UnopenedFile]) -> Generator[PlacedOutcome, None, None]:
        """Yield the outcome of every source; after one that found the disk full, no more."""
        try:
            for placed in self._run_all(sources):
                yield placed
                if placed.outcome.error and placed.outcome.error.is_disk_full:
                    return
        finally:
            self._runner.stop()
            for inner in ("", *self._inner_folders):
                sweep_temporary_files(self._folder / inner)
            self._manifest.close()

    def is_left_out(self, path: Path, is_named: bool) -> bool:
        """Whether a file is not opened: it is not to be read, or its outcome is that of an earlier run."""
        return not self._select(UnopenedFile(str(path), is_named))

    def is_page_left_out(self, url: str, stamp: FileStamp | None = None) -> bool:
        """Whether a page on the web is left out: it belongs to another shard, or this program has put it there.

        An object is also left out if this run has it already, or an earlier one made all of it.
        """
        if not self._is_in_shard(url) or self._is_own_object(url):
            return True
        return stamp is not None and (url in self._labels or self._is_made(url, stamp, url))

    def _is_own_object(self, url: str) -> bool:
        return bool(self._request.address) and url.startswith(f"{self._request.address}/")

    def _select(self, source: UnopenedFile) -> str:
        """Return the label of a file, or of a part of one, that is to be read, and remember its state.

        Returns an empty text if this run has it already, or an earlier one made all of it (`_take_unread` has the
        outcome), or if exporter wrote it into the output folder, unless it is named by the user, or if it belongs to
        another shard; the pages of a web archive that is read whole are divided among all of them.
        """
        name = source.name
        file = label_name(name, self._place.sources)
        label = f"{file}#{source.part}" if source.part else file
        is_ours = self._is_in_shard(label) or (not source.part and files.is_web_archive(name))
        if label in self._labels or (not source.is_named and file in self._own_names) or not is_ours:
            return ""
        stamp = msgspec.structs.replace(source.stamp or FileStamp.of(_HERE, name), path=label)
        return "" if self._is_made(label, stamp, name) else label

    def _is_made(self, label: str, stamp: FileStamp, name: str) -> bool:
        """Whether an earlier run made all of a file, so that it need not be read; if not, remember its state."""
        with self._lock:
            outcome = self._manifest.find_unread(label, stamp, name)
        if outcome and not self._request.force:
            self._labels.add(label)
            self._unread.append(PlacedOutcome(self._take_place(), outcome))
            return True
        self._stamps[label] = stamp
        return False

    def _is_in_shard(self, label: str) -> bool:
        return self._shard is None or self._shard.holds(label)

    def _run_all(self, sources: Iterable[Source | UnopenedFile]) -> Iterator[PlacedOutcome]:
        runner, waiting = self._runner, list[PartSource]()
        for item in self._list_parts(sources):
            if isinstance(item, PlacedOutcome):
                yield item
                continue
            waiting.append(item)
            while not (room := runner.count_room()):
                yield from self._collect(_POLL_SECONDS)
            if len(waiting) >= room:
                runner.submit(self._make_part(waiting))
                waiting = []
            yield from self._collect(0)
        if waiting:
            runner.submit(self._make_part(waiting))
        while runner.is_busy():
            yield from self._collect(_POLL_SECONDS)
        for place, name in self._unfinished.items():
            yield PlacedOutcome(place, Outcome(name, error=_source_lost(name)))

    def _list_parts(self, sources: Iterable[Source | UnopenedFile]) -> Iterator[PartSource | PlacedOutcome]:
        """Yield what is to be built, and the outcomes of what is not."""
        for source in sources:
            yield from self._take_unread()
            if isinstance(source, SourceError):
                place = self._take_place()
                yield PlacedOutcome(place, build(source, self._request, lambda stem, _: stem))
            elif isinstance(source, Document):
                if found := self._make_document_source(source):
                    yield found
            elif label := self._select(source):
                name = source.name
                self._labels.add(label)
                place = self._open_place(name)
                if source.part:  # its many articles wait for nobody, and nobody for them
                    self._stems.settle(place)
                yield PartSource(place, label, name, stamp=self._stamps.pop(label), part=source.part)
        yield from self._take_unread()

    def _make_document_source(self, document: Document) -> PartSource | None:
        """Return what is to be built of a document; None if this run has it already."""
        label, key = label_document(document, self._place.sources), digest_document(document)
        if self._keys.get(label) == key or (document.name == STDIN_NAME and not self._is_in_shard(label)):
            return None
        stamp = self._stamps.pop(label, None)
        if document.parts:  # of an object: their states are not known
            stamp = None
        label = make_unique(label, self._labels)
        self._keys[label] = key
        return PartSource(self._open_place(document.name), label, document.name, document, key, stamp)

    def _make_part(self, sources: list[PartSource]) -> Part:
        known: list[ManifestEntry] = []
        with self._lock:
            for source in sources:
                known += self._manifest.find_known(source.label, source.stamp, source.document)
        return Part(tuple(sources), tuple(known))

    def _take_place(self) -> int:
        """Return the next place, of a source that needs no stem."""
        place = self._count_place()
        self._stems.settle(place)
        return place

    def _open_place(self, name: str) -> int:
        """Return the next place, of a source that is to be built."""
        place = self._count_place()
        self._unfinished[place] = name
        return place

    def _count_place(self) -> int:
        place, self._places = self._places, self._places + 1
        if place == MAX_FLAT_NAMES and self._request.config.output.layout == "flat":
            text = f"more than {place:,} articles in one folder are slow to list: use --layout source or sharded"
            self._notify(Notice(self._request.address or str(self._folder), text))
        return place

    def _take_unread(self) -> list[PlacedOutcome]:
        outcomes, self._unread = self._unread, []
        return outcomes

    def _choose_stem(self, proposal: StemProposal) -> str:
        try:
            with self._lock:
                stem = self._manifest.claim(proposal.label, proposal.stem, proposal.address, proposal.content)
        except OSError as error:
            cause, remedy = (
                describe_error(error, "SystemError"),
                "Choose another folder with -o, or make room on its disk.",
            )
            raise OutputError("choosing a name", proposal.stem, cause, remedy) from error
        self._inner_folders.add(stem.rpartition("/")[0])
        return stem

    def _collect(self, seconds: float) -> Iterator[PlacedOutcome]:
        """Yield the outcomes of what was made; all its entries are noted before the first is yielded."""
        found = self._runner.collect(seconds)
        with self._lock:
            self._manifest.add([made.entry for made in found if made.entry and not made.kept])
            for made in found:
                if made.entry and made.kept:
                    self._manifest.keep(made.entry)
        self._manifest.flush()
        for made in found:
            if made.entry:  # a runner elsewhere does not ask here for stems
                self._inner_folders.add(made.entry.stem.rpartition("/")[0])
            if made.is_last:
                self._unfinished.pop(made.place, None)
                self._stems.settle(made.place)
            if outcome := self._restore_outcome(made):
                yield PlacedOutcome(made.place, outcome)

    def _restore_outcome(self, made: Made) -> Outcome | None:
        return made.entry.restore_outcome(made.name, self._place, made.kept) if made.entry else made.failed


def run_listed(
    list_sources: ListSources, request: BuildRequest, options: BatchOptions
) -> Generator[PlacedOutcome, None, None]:
    """Yield the outcome of every source as it is finished; files of an earlier run that are up to date are kept."""
    run = _BatchRun(request, options)
    return run.run(list_sources(run))


def run(sources: Iterable[Source], request: BuildRequest, jobs: int, debug: bool = False) -> list[Outcome]:
    """Return the outcomes of sources in their order, when all are finished; otherwise as `run_listed`."""
    placed = run_listed(lambda _: sources, request, BatchOptions(jobs, debug))
    return [outcome for _, outcome in sorted(placed, key=lambda each: each.place)]


def run_bound(sources: Iterable[Source], request: BuildRequest) -> Iterator[Outcome]:
    """Make one edition of all sources, as `pipeline.build_bound` does; it is kept if an earlier run made it.

    A bound edition is the same work, with the same ID, as an earlier one of the same title.
    """
    manifest = Manifest(request)
    found = list(sources)
    digest = blake2b(digest_size=16)
    for source in found:
        digest.update(digest_document(source).encode() if isinstance(source, Document) else b"")
    key = digest.hexdigest()
    is_whole = not any(isinstance(source, SourceError) for source in found)
    if is_whole and not request.force and (kept := manifest.find_bound(key)):
        yield kept
        return
    label, stem = "", ""

    def claim(suggestion: str, address: str) -> str:
        nonlocal label, stem
        label = f"bound:{suggestion}"
        stem = manifest.claim(label, suggestion, address)
        return stem

    for outcome in build_bound(found, msgspec.structs.replace(request, has_manifest=True), claim):
        if stem and not outcome.error:
            settings = manifest.settings
            manifest.add([make_entry(manifest.folder, outcome, label=label, key=key, stem=stem, settings=settings)])
        yield outcome


def _open_manifest(request: BuildRequest, shard: str) -> Manifest:
    if not request.address:
        return Manifest(request, shard)
    from exporter.manifest.manifest_copy import ManifestCopy  # noqa: PLC0415  an extra, and few batches go there

    return ManifestCopy(request, shard)


def _source_lost(name: str) -> Failure:
    cause = "SourceLost: the runner did not say what became of it"
    return Failure("working on", name, cause, "Run the same command again: what is done is kept.")
