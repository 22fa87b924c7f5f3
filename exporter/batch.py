"""Many sources, one Outcome each, in the order of the sources; never stops at a failure, resumes where it was cut off.

Each thread has a worker process of its own (`crew`) and waits for it: what crashes or hangs there costs one source, not
the batch. Only a window of documents is open at a time, so thousands of sources need no more memory than a few.
File names are given in the order of the sources, whichever is finished first: the same sources have the same names.
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
from exporter.pipeline import BuildRequest, Outcome, Source, make, subject

_DOCUMENTS_PER_WORKER = 4
"""Documents that are open for each worker: enough that a slow one does not leave the others idle."""

_POLL_SECONDS = 0.2
"""Seconds for which an interrupt may go unheard: Python does not see one that came just before it began to wait."""


class StemQueue:
    """File stems, given in the order of the sources: each waits for those before it."""

    def __init__(self, choose: Callable[[str, str], str]) -> None:
        self._choose = choose
        self._next = 0
        self._settled: set[int] = set()
        self._changed = threading.Condition()

    def claim(self, turn: int, source: str, suggestion: str) -> str:
        """Choose the stem of the source whose turn this is, when every source before it is settled."""
        with self._changed:
            self._changed.wait_for(lambda: self._next >= turn)
            name = self._choose(source, suggestion)
            self._settle(turn)
            return name

    def settle(self, turn: int) -> None:
        """Go on without a stem: the source failed, or is up to date."""
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
    """One source, its turn, and its name, made unique where it was named more than once."""

    turn: int
    label: str
    source: Source


class _BatchRun:
    """One run over many sources."""

    def __init__(self, order: BuildRequest, debug: bool) -> None:
        self._order = order
        self._debug = debug
        sweep_temporary_files(order.place)
        self._manifest = Manifest(order)
        self._names = StemQueue(self._manifest.claim)
        self._mine = threading.local()
        self._workers: list[Worker] = []
        self._lock = threading.Lock()

    def outcome(self, task: _Task) -> Outcome:
        """Make one source's outcome in the worker process of this thread, unless it is there already."""
        stem = ""

        def claim(suggestion: str) -> str:
            nonlocal stem
            stem = self._names.claim(task.turn, task.label, suggestion)
            return stem

        try:
            if isinstance(task.source, SourceError):
                return make(task.source, self._order, claim)
            if kept := self._manifest.kept(task.label, task.source):
                return kept
            outcome = self._worker().make(task.source, claim)
        finally:
            self._names.settle(task.turn)
        if not outcome.error:
            with self._lock:
                self._manifest.add(task.label, task.source, stem, outcome)
        return outcome

    def stop(self) -> None:
        """End the worker processes."""
        with self._lock:
            for worker in self._workers:
                worker.dismiss()
            for worker in self._workers:
                worker.stop()
        sweep_temporary_files(self._order.place)

    def _worker(self) -> Worker:
        worker: Worker | None = getattr(self._mine, "worker", None)
        if worker is None:
            worker = self._mine.worker = Worker(self._order, self._debug)
            with self._lock:
                self._workers.append(worker)
        return worker


def run(sources: Iterable[Source], order: BuildRequest, jobs: int, debug: bool = False) -> Iterator[Outcome]:
    """Yield the outcome of every source; what an earlier run left whole and up to date is kept.

    `debug` lets the worker processes write to standard error.
    """
    work = _BatchRun(order, debug)
    labels: set[str] = set()
    tasks = (_Task(turn, make_unique(subject(source), labels), source) for turn, source in enumerate(sources))
    pool = ThreadPoolExecutor(jobs)
    waiting: deque[Future[Outcome]] = deque()
    try:
        for task in tasks:
            waiting.append(pool.submit(work.outcome, task))
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
    """Wait for an outcome, with an ear for the user."""
    while not wait((future,), _POLL_SECONDS).done:
        pass
    return future.result()
