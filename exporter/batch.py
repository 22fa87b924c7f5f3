"""Builds many sources in parallel: one Outcome each, in the order of the sources. A second run makes only the rest.

Each thread has a worker process of its own (`batch_workers`) and waits for it: a crash there fails one source, not the
batch. Only a few documents are open at a time, so memory does not grow with the number of sources. File stems are
chosen in the order of the sources, whichever is finished first: the same sources get the same names.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import NamedTuple

from exporter.batch_workers import Worker
from exporter.errors import SourceError
from exporter.manifest import Manifest
from exporter.output import make_unique, sweep_temporary_files
from exporter.pipeline import BuildRequest, Outcome, Source, build, name_source

_DOCUMENTS_PER_WORKER = 4
"""Documents that are open at a time for each worker: with one slow document, the other workers still have work."""

_POLL_SECONDS = 0.2
"""Polling interval in seconds: upper bound of the latency of Ctrl-C, which Python misses just before it waits."""


class StemQueue:
    """Chooses file stems in the order of the sources: each source waits until those before it are settled.

    `choose` takes the label of a source and the stem that its title suggests.
    """

    def __init__(self, choose: Callable[[str, str], str]) -> None:
        self._choose = choose
        self._next = 0
        self._settled: set[int] = set()
        self._changed = threading.Condition()

    def claim(self, turn: int, source: str, suggestion: str) -> str:
        """Wait for this turn, choose the stem of its source, and settle the turn."""
        with self._changed:
            self._changed.wait_for(lambda: self._next >= turn)
            name = self._choose(source, suggestion)
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
    """One source, its place in the run, and its name, made unique if it was named more than once."""

    turn: int
    label: str
    source: Source


class _BatchRun:
    """One run over many sources: its manifest, its file stems and its worker processes."""

    def __init__(self, request: BuildRequest, debug: bool) -> None:
        self._request = request
        self._debug = debug
        sweep_temporary_files(request.output_folder)
        self._manifest = Manifest(request)
        self._names = StemQueue(self._manifest.claim)
        self._thread_local = threading.local()
        self._workers: list[Worker] = []
        self._lock = threading.Lock()

    def build(self, task: _Task) -> Outcome:
        """Build one source in the worker process of this thread, unless the manifest has a current outcome for it."""
        stem = ""

        def claim(suggestion: str) -> str:
            nonlocal stem
            stem = self._names.claim(task.turn, task.label, suggestion)
            return stem

        try:
            if isinstance(task.source, SourceError):
                return build(task.source, self._request, claim)
            if kept := self._manifest.find_kept(task.label, task.source):
                return kept
            outcome = self._own_worker().build(task.source, claim)
        finally:
            self._names.settle(task.turn)
        if not outcome.error:
            with self._lock:
                self._manifest.add(task.label, task.source, stem, outcome)
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


def run(sources: Iterable[Source], request: BuildRequest, jobs: int, debug: bool = False) -> Iterator[Outcome]:
    """Yield the outcome of every source; files of an earlier run that are up to date are kept.

    `jobs` is the number of worker processes; `debug` lets them write to standard error.
    """
    work = _BatchRun(request, debug)
    labels: set[str] = set()
    tasks = (_Task(turn, make_unique(name_source(source), labels), source) for turn, source in enumerate(sources))
    pool = ThreadPoolExecutor(jobs)
    waiting: deque[Future[Outcome]] = deque()
    try:
        for task in tasks:
            waiting.append(pool.submit(work.build, task))
            if len(waiting) >= jobs * _DOCUMENTS_PER_WORKER:
                yield _await_outcome(waiting.popleft())
        while waiting:
            yield _await_outcome(waiting.popleft())
    finally:
        for future in waiting:
            future.cancel()
        work.stop()
        pool.shutdown(cancel_futures=True)


def _await_outcome(future: Future[Outcome]) -> Outcome:
    """Wait for an outcome, polling so that Ctrl-C is noticed."""
    while not wait((future,), _POLL_SECONDS).done:
        pass
    return future.result()
