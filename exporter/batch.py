"""Builds many sources in parallel: one Outcome each, in the order of the sources. A second run makes only the rest.

Each thread has a worker process of its own (`batch_workers`) and waits for it: a crash there fails one source, not the
batch. Only a few documents are open at a time, so memory does not grow with the number of sources. File stems are
chosen in the order of the sources, whichever is finished first: the same sources get the same names. A source that is
named twice, by whatever spelling, is built once.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from exporter.batch_workers import Worker
from exporter.document import Document
from exporter.errors import SourceError
from exporter.manifest import Manifest, digest_document
from exporter.output import get_run_id, make_unique, sweep_temporary_files
from exporter.own_files import read_notes
from exporter.pipeline import BuildRequest, Outcome, Source, build, build_bound
from exporter.source_labels import label_document, label_name

_DOCUMENTS_PER_WORKER = 4
"""Documents that are open at a time for each worker: with one slow document, the other workers still have work."""

_POLL_SECONDS = 0.2
"""Polling interval in seconds: upper bound of the latency of Ctrl-C, which Python misses just before it waits."""


IsLeftOut = Callable[[Path, bool], bool]
"""Whether a file is not read as a source; the second argument says whether the user named the file itself."""


class StemQueue:
    """Chooses file stems in the order of the sources: each source waits until those before it are settled.

    `choose` takes the label of a source, the stem that its title suggests, and the article's URL.
    """

    def __init__(self, choose: Callable[[str, str, str], str]) -> None:
        self._choose = choose
        self._next = 0
        self._settled: set[int] = set()
        self._changed = threading.Condition()

    def claim(self, turn: int, source: str, suggestion: str, address: str) -> str:
        """Wait for this turn, choose the stem of its source, and settle the turn."""
        with self._changed:
            self._changed.wait_for(lambda: self._next >= turn)
            name = self._choose(source, suggestion, address)
            self._settle(turn)
            return name

    def settle(self, turn: int) -> None:
        """Settle a turn that needs no stem: its source failed, or is up to date. Settling it again changes nothing."""
        with self._changed:
            self._settle(turn)

    def _settle(self, turn: int) -> None:
        if turn >= self._next:
            self._settled.add(turn)
        while self._next in self._settled:
            self._settled.remove(self._next)
            self._next += 1
        self._changed.notify_all()


class _Task(NamedTuple):
    """One source, its place in the run, and its label, made unique if other content had it before in the run."""

    turn: int
    label: str
    source: Source


class _BatchRun:
    """One run over many sources: its manifest, its file stems and its worker processes."""

    def __init__(self, request: BuildRequest, debug: bool) -> None:
        self._request = msgspec.structs.replace(request, has_manifest=True, run_id=get_run_id())
        self._debug = debug
        self._turn = 0
        self._keys: dict[str, str] = {}  # of the documents of this run, by label
        self._labels: set[str] = set()
        self._unread: list[Outcome] = []
        self._own_names = frozenset(map(os.fsdecode, read_notes(request.output_folder)))
        sweep_temporary_files(request.output_folder)
        self._manifest = Manifest(request)
        self._names = StemQueue(self._manifest.claim)
        self._thread_local = threading.local()
        self._workers: list[Worker] = []
        self._lock = threading.Lock()

    def is_left_out(self, path: Path, is_named: bool) -> bool:
        """Whether a file is not read: an earlier run, or this one, made all of it (`take_unread` has the outcome).

        Nor is a file of the output folder that exporter wrote, unless it `is_named` by the user.
        """
        label = label_name(str(path), self._manifest.folder)
        if label in self._labels or (not is_named and label in self._own_names):
            return True
        with self._lock:
            outcome = self._manifest.find_unread(path)
        if outcome and not self._request.force:
            self._labels.add(label)
            self._unread.append(outcome)
            return True
        return False

    def take_unread(self) -> list[Outcome]:
        """Return the outcomes of the files that were not read since the last call."""
        outcomes, self._unread = self._unread, []
        return outcomes

    def make_task(self, source: Source) -> _Task | None:
        """Return the task of a source; None if this run has it already."""
        label = ""
        if isinstance(source, Document):
            label, key = label_document(source, self._manifest.folder), digest_document(source)
            if self._keys.get(label) == key:
                return None
            label = make_unique(label, self._labels)
            self._keys[label] = key
        self._turn += 1
        return _Task(self._turn - 1, label, source)

    def build(self, task: _Task) -> Outcome:
        """Build one source in the worker process of this thread, unless the manifest has a current outcome for it."""
        stem = ""

        def claim(suggestion: str, address: str) -> str:
            nonlocal stem
            stem = self._names.claim(task.turn, task.label, suggestion, address)
            return stem

        try:
            if isinstance(task.source, SourceError):
                return build(task.source, self._request, claim)
            with self._lock:
                kept = self._manifest.find_kept(task.label, task.source)
            if kept and not self._request.force:
                return kept
            outcome = self._own_worker().build(task.source, claim)
        finally:
            self._names.settle(task.turn)
        if not outcome.error:
            with self._lock:
                self._manifest.add(task.label, self._keys[task.label], stem, outcome)
        return outcome

    def stop(self) -> None:
        """End the worker processes, and remove their temporary files."""
        with self._lock:
            for worker in self._workers:
                worker.dismiss()
            for worker in self._workers:
                worker.stop()
        sweep_temporary_files(self._request.output_folder)

    def _own_worker(self) -> Worker:
        worker: Worker | None = getattr(self._thread_local, "worker", None)
        if worker is None:
            worker = self._thread_local.worker = Worker(self._request, self._debug)
            with self._lock:
                self._workers.append(worker)
        return worker


def run_unread(
    open_sources: Callable[[Callable[[Path, bool], bool]], Iterable[Source]],
    request: BuildRequest,
    jobs: int,
    debug: bool,
) -> Iterator[Outcome]:
    """Yield the outcome of every source as `run` does, without reading the files that are unchanged.

    `open_sources` gets the function by which `exporter.sources.open_documents` asks which they are.
    """
    work = _BatchRun(request, debug)
    return _run(work, open_sources(work.is_left_out), jobs)


def run(sources: Iterable[Source], request: BuildRequest, jobs: int, debug: bool = False) -> Iterator[Outcome]:
    """Yield the outcome of every source; files of an earlier run that are up to date are kept.

    `jobs` is the number of worker processes; `debug` lets them write to standard error.
    """
    return _run(_BatchRun(request, debug), sources, jobs)


def _run(work: _BatchRun, sources: Iterable[Source], jobs: int) -> Iterator[Outcome]:
    pool = ThreadPoolExecutor(jobs)
    waiting: deque[Future[Outcome]] = deque()
    try:
        for source in sources:
            waiting.extend(map(_wrap_outcome, work.take_unread()))
            if task := work.make_task(source):
                waiting.append(pool.submit(work.build, task))
            while len(waiting) >= jobs * _DOCUMENTS_PER_WORKER:
                yield _await_outcome(waiting.popleft())
        waiting.extend(map(_wrap_outcome, work.take_unread()))
        while waiting:
            yield _await_outcome(waiting.popleft())
    finally:
        for future in waiting:
            future.cancel()
        work.stop()
        pool.shutdown(cancel_futures=True)


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
            manifest.add(label, key, stem, outcome)
        yield outcome


def _wrap_outcome(outcome: Outcome) -> Future[Outcome]:
    future: Future[Outcome] = Future()
    future.set_result(outcome)
    return future


def _await_outcome(future: Future[Outcome]) -> Outcome:
    """Wait for an outcome, polling so that Ctrl-C is noticed."""
    while not wait((future,), _POLL_SECONDS).done:
        pass
    return future.result()
