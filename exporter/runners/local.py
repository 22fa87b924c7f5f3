"""The runner `local`: worker processes of this machine, each with a thread that waits for it.

A process that crashes or sends nothing for too long fails the source that it worked on, and no other. Frames are in
MessagePack: the order once, then parts; back come proposals of stems, progress, and what was made.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from queue import Empty, SimpleQueue

import msgspec

from exporter import progress
from exporter.batches.parts import Made, Part, PartOrder, PartSource, StemProposal, make_part
from exporter.errors import ExporterError
from exporter.output import join_run
from exporter.pipeline import Failure, Outcome, make_failure, prepare_engine
from exporter.processes import FramePipe, WorkerProcess
from exporter.runners import RunnerJob

TIMEOUT_SECONDS = 300.0
"""Seconds without a message after which a worker is killed; longer documents get more. Chosen by hand."""

_MIN_BYTES_PER_SECOND = 2_000
"""A document gets a second more for each so many bytes. Chosen by hand."""

SOURCES_PER_PROCESS = 1_000
"""Sources after which a process makes room for a fresh one: what libraries leak is freed. Chosen: its start takes a
tenth of a second, as long as some fifteen short articles."""

PARTS_PER_WORKER = 4
"""Parts that are taken at a time for each worker: one is built, the others wait, so that no worker waits for them."""

MAX_CRASHES = 3
"""Articles of a web archive that may end their process one after the other before the rest of its part is left out."""

HEARTBEAT_SECONDS = 1.0
"""A worker says at most so often how far it has come."""

_SHUTDOWN_SECONDS = 1.0  # for a worker to remove its temporary files; the parent removes what it leaves


class Advanced(msgspec.Struct, frozen=True, tag=True):
    """Child to parent: the progress of a stage."""

    stage: str
    done: int
    total: int


_encode = msgspec.msgpack.encode
_MESSAGE_DECODER = msgspec.msgpack.Decoder(StemProposal | Advanced | Made)


def make_runner(job: RunnerJob) -> LocalRunner:
    """Make the runner of a batch."""
    return LocalRunner(job)


class LocalRunner:
    """Up to `job.jobs` workers, each started when there is a part for it."""

    def __init__(self, job: RunnerJob) -> None:
        self._job = job
        self._parts: SimpleQueue[Part | None] = SimpleQueue()
        self._made: SimpleQueue[Made] = SimpleQueue()
        self._unfinished = 0
        self._workers: list[Worker] = []
        self._threads: list[threading.Thread] = []

    def count_room(self) -> int:
        """Return 1 unless all workers have enough: parts of one source are shared out most evenly."""
        return int(self._unfinished < self._job.jobs * PARTS_PER_WORKER)

    def submit(self, part: Part) -> None:
        """Queue a part, and start one more worker if there may be."""
        self._unfinished += len(part.sources)
        self._parts.put(part)
        if len(self._workers) < self._job.jobs:
            worker = Worker(self._job)
            self._workers.append(worker)
            self._threads.append(threading.Thread(target=self._work, args=(worker,), daemon=True))
            self._threads[-1].start()

    def is_busy(self) -> bool:
        """Whether a source is unfinished."""
        return self._unfinished > 0

    def collect(self, seconds: float) -> list[Made]:
        """Return what was made; waits for the first."""
        found: list[Made] = []
        with contextlib.suppress(Empty):
            found.append(self._made.get(timeout=seconds))
            while True:
                found.append(self._made.get_nowait())
        self._unfinished -= sum(made.is_last for made in found)
        return found

    def stop(self) -> None:
        """End the workers: all are asked to before the first is waited for."""
        for _ in self._threads:
            self._parts.put(None)
        for worker in self._workers:
            worker.dismiss()
        for worker in self._workers:
            worker.stop()

    def _work(self, worker: Worker) -> None:
        while part := self._parts.get():
            for made in worker.build(part):
                self._made.put(made)


class Worker:
    """One worker process; it is started when first needed, and again after a crash or `SOURCES_PER_PROCESS`."""

    def __init__(self, job: RunnerJob) -> None:
        self._job = job
        self._process: WorkerProcess | None = None
        self._sources = 0
        self._stage = ""  # of the source that is being built
        self._dismissed = False
        self._lock = threading.Lock()

    def build(self, part: Part) -> Iterator[Made]:
        """Yield what is made of a part. The articles behind one that ends the process are built in a fresh one."""
        sources, crashes = part.sources, 0
        while sources:
            try:
                for made in self._build(msgspec.structs.replace(part, sources=sources)):
                    sources, crashes = _leave_out_article(sources, made.is_last), 0
                    yield made
            except Exception as error:  # noqa: BLE001  one source stops no other
                crashes += 1
                first, is_last = sources[0], sources[0].part is None or crashes == MAX_CRASHES
                name = f"{first.title} and all behind it" if first.part and is_last else first.title
                sources = _leave_out_article(sources, is_last)
                yield Made(first.place, name, failed=Outcome(name, error=self._give_up(name, error)), is_last=is_last)

    def dismiss(self) -> None:
        """Ask the process to end, without waiting for it, and never start another."""
        with self._lock:
            self._dismissed = True
            if self._process is not None:
                self._process.ask_to_end()

    def stop(self) -> int:
        """End the process, with time to remove its temporary files; returns its exit code, 0 if there was none."""
        process, self._process = self._process, None
        return process.stop(_SHUTDOWN_SECONDS) if process else 0

    def _build(self, part: Part) -> Iterator[Made]:
        try:
            frame = _encode(part)
        except UnicodeEncodeError:  # a file name that is not Unicode cannot be sent
            return make_part(part, self._job.order, self._job.claim_stem)
        return self._converse(part, frame)

    def _converse(self, part: Part, frame: bytes) -> Iterator[Made]:
        process = self._start(len(part.sources))
        process.send(frame)
        for source in part.sources:
            self._stage = ""
            patience, is_last = _choose_patience(source), False
            while not is_last:
                match _MESSAGE_DECODER.decode(process.receive(patience)):
                    case StemProposal() as proposal:
                        process.send(_encode(self._job.claim_stem(proposal)))
                    case Advanced(stage, done, total):
                        self._stage = stage
                        progress.advance(stage, done, total)
                    case Made() as made:
                        is_last = made.is_last
                        yield made

    def _start(self, sources: int) -> WorkerProcess:
        """Return the process for so many more sources."""
        if self._sources >= SOURCES_PER_PROCESS:
            self.stop()
        with self._lock:
            if self._dismissed:
                raise EOFError
            if self._process is None:
                self._sources = 0
                memory = self._job.order.request.config.runner.memory
                self._process = WorkerProcess(
                    "exporter.runners.local:build_parts",
                    memory=memory,
                    has_own_group=True,
                    debug=self._job.debug,
                    folder=self._job.folder,
                )
                self._process.send(_encode(self._job.order))
            self._sources += sources
            return self._process

    def _give_up(self, name: str, error: Exception) -> Failure:
        """End the process, and return the failure of the source that it worked on."""
        is_timed_out = self._process is not None and self._process.is_timed_out
        code = self.stop()
        if not isinstance(error, (OSError, EOFError, msgspec.DecodeError)):
            return make_failure("working on", name, error)
        silent = "said nothing for too long and " if is_timed_out else ""
        during = f", {self._stage}" if self._stage else ""
        cause = f"WorkerLost: its process {silent}ended with exit code {code}{during}"
        return Failure(
            "working on",
            name,
            f"{cause} ({error})" if isinstance(error, msgspec.DecodeError) else cause,
            "Try it alone with --debug and report what it prints; the other sources are not affected.",
        )


def build_parts(pipe: FramePipe) -> None:
    """Be a worker: build parts until the parent closes the pipe."""

    def claim(proposal: StemProposal) -> str:
        pipe.send(_encode(proposal))
        return msgspec.msgpack.decode(pipe.receive(), type=str)

    with progress.report_to(Heartbeat(pipe).advance):
        order = msgspec.msgpack.decode(pipe.receive(), type=PartOrder)
        request = order.request
        if request.run_id:
            join_run(request.run_id)
        with contextlib.suppress(ExporterError):  # building each article raises it again
            prepare_engine(request.exporters, request.config)
        while True:
            part = msgspec.msgpack.decode(pipe.receive(), type=Part)
            for made in make_part(part, order, claim):
                pipe.send(_encode(made))


class Heartbeat:
    """Passes progress on to the parent, which so sees that the worker lives, and what it does when it ends.

    Each new stage is passed on, and its steps now and then.
    """

    def __init__(self, pipe: FramePipe) -> None:
        self._pipe = pipe
        self._stage = ""
        self._next = 0.0

    def advance(self, stage: str, done: int, total: int) -> None:
        """Send the progress, if the stage is another than before, or the last was sent long enough ago."""
        now = time.monotonic()
        if now >= self._next or stage != self._stage:
            self._stage, self._next = stage, now + HEARTBEAT_SECONDS
            self._pipe.send(_encode(Advanced(stage, done, total)))


def _leave_out_article(sources: tuple[PartSource, ...], is_last: bool) -> tuple[PartSource, ...]:
    """Return sources without the first article of the first one, which may be its last."""
    first, *others = sources
    return tuple(others) if is_last else (msgspec.structs.replace(first, done=first.done + 1), *others)


def _choose_patience(source: PartSource) -> float:
    return TIMEOUT_SECONDS + max(0, source.size) / _MIN_BYTES_PER_SECOND
