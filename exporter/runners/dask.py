"""The runner `dask`: the parts of a batch are built by the workers of a Dask cluster (https://distributed.dask.org).

Parts of a few seconds go out, two for each thread of the cluster, and what was made comes back; `dask_worker` is the
other end. What was out when a worker or the scheduler was lost goes out again: files appear whole, and whoever builds
a source builds the same. Where a worker was lost again and again with a part, its sources are suspected, and go out
alone, one after the other, so that the one that ends its workers is found, and no other is reported with it.
"""

from __future__ import annotations

import contextlib
import itertools
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

import msgspec

from exporter.batches.parts import Made, Part, PartSource
from exporter.errors import ExporterError, UsageError
from exporter.pipeline import Failure, Outcome
from exporter.runners import RunnerJob
from exporter.runners.carried_files import pack_files
from exporter.runners.dask_cluster import CONNECT_SECONDS, check_workers, connect, mark_folder
from exporter.runners.dask_worker import PartJob, PartResult, build_part, end_run, make_mismatch

MIN_PART_SECONDS = 2.0
"""Seconds that a part should take on a small cluster. At the end, workers wait half of it for the last one; a part of
1 s costs more on the way to the worker than it saves there (simulated with 1,000 books and with 40 episodes)."""

PART_SECONDS_PER_THREAD = 0.01
"""A part takes longer on a large cluster: so the scheduler, which spends 5 ms on each (measured), is half idle."""

MAX_PART_SOURCES = 1000
"""The manifest's entries of so many sources have about a megabyte."""

MAX_PART_BYTES = 8_000_000
"""Bytes of documents in a part: below 10 MB, from which on Dask warns of large tasks."""

PARTS_PER_THREAD = 2
"""One is built, the other waits on the worker; the scheduler holds each that is out in memory."""

_REFRESH_SECONDS = 1.0  # between two questions for the number of threads
_RETRY_SECONDS = 0.5  # between two attempts to join a scheduler that was lost
_PACE_WEIGHT = 0.5  # of the last part in the measured pace


def make_runner(job: RunnerJob) -> DaskRunner:
    """Make the runner of a batch; raises `UsageError` if the cluster cannot be reached, or a worker does not fit."""
    return DaskRunner(job)


class DaskRunner:
    """Sends parts to a cluster, and sends them again when they are lost."""

    def __init__(self, job: RunnerJob) -> None:
        self._job = job
        self._request = job.order.request
        self._files = pack_files(self._request.config)
        self._pace = 0.0  # seconds that a source takes
        self._sources_done = 0
        self._threads = 0
        self._next_refresh = 0.0
        self._last_seen = time.monotonic()  # when there was a worker
        self._numbers = itertools.count()
        self._sent: dict[str, _Sent] = {}  # by the key of the future
        self._lone_key = ""  # of the suspect that is out
        self._waiting: deque[Part] = deque()
        self._suspects: deque[Part] = deque()
        self._done: SimpleQueue[Any] = SimpleQueue()
        self._made: list[Made] = []
        with ExitStack() as stack:
            self._mark = stack.enter_context(mark_folder(self._request.output_folder, self._request.run_id))
            self._client = self._connect()
            self._exit = stack.pop_all()

    def count_room(self) -> int:
        """Return how many sources take the time of a part; 0 while enough are out.

        The first parts are small: the pace is not yet measured, and a short batch is to be shared out evenly.
        """
        self._refresh()
        if self._waiting or self._suspects or len(self._sent) >= self._window:
            return 0
        seconds = max(MIN_PART_SECONDS, PART_SECONDS_PER_THREAD * self._threads)
        wanted = int(seconds / self._pace) if self._pace else 1
        return max(1, min(wanted, MAX_PART_SOURCES, self._sources_done // max(1, self._threads)))

    def submit(self, part: Part) -> None:
        """Send a part, in several if it is large."""
        self._waiting.extend(split_part(part))
        self._send()

    def is_busy(self) -> bool:
        """Whether a part is unfinished."""
        return bool(self._sent or self._waiting or self._suspects or self._made)

    def collect(self, seconds: float) -> list[Made]:
        """Return what was made; raises `ExporterError` if the scheduler, or all workers, are gone for too long."""
        self._refresh()
        if self._client.status != "running":
            self._rejoin()
        self._send()
        for future in self._take_done(0 if self._made else seconds):
            self._finish(future)
        made, self._made = self._made, []
        return made

    def stop(self) -> None:
        """Cancel what is out, and end the processes that the workers have for this batch."""
        with self._exit, contextlib.suppress(Exception):  # they end by themselves when their cluster is gone
            if self._client.status == "running":
                self._client.cancel([sent.future for sent in self._sent.values()], force=True)
                self._client.run(end_run, self._request.run_id, on_error="ignore")
            self._client.close(timeout=2)

    @property
    def _window(self) -> int:
        return PARTS_PER_THREAD * max(1, self._threads)

    def _connect(self, seconds: float = CONNECT_SECONDS) -> Any:
        client = connect(self._job.where, seconds, is_silent=not self._job.debug)
        try:
            check_workers(client, self._mark, self._request.output_folder)
        except BaseException:
            client.close()
            raise
        return client

    def _refresh(self) -> None:
        """Ask now and then how many threads the cluster has."""
        now = time.monotonic()
        if now < self._next_refresh:
            return
        with contextlib.suppress(OSError, TimeoutError, ValueError):  # `_rejoin` follows
            self._threads = sum(self._client.nthreads().values())
        self._next_refresh = time.monotonic() + _REFRESH_SECONDS
        if self._threads:
            self._last_seen = now
        elif now - self._last_seen > self._request.config.runner.wait:
            raise self._make_lost_error("NoWorkers: there is no worker")

    def _rejoin(self) -> None:
        """Wait for the scheduler, which has forgotten what was out."""
        self._waiting.extend(sent.part for sent in self._sent.values())
        self._sent.clear()
        self._lone_key = ""
        with contextlib.suppress(Exception):
            self._client.close(timeout=1)
        end = time.monotonic() + self._request.config.runner.wait
        while True:
            try:
                self._client = self._connect(max(_RETRY_SECONDS, end - time.monotonic()))
                break
            except UsageError as error:  # there is no scheduler yet, or its file is still to come
                if time.monotonic() >= end:
                    raise self._make_lost_error(f"SchedulerLost: {error.cause}") from error
                time.sleep(_RETRY_SECONDS)
        self._last_seen = time.monotonic()

    def _send(self) -> None:
        """Send what waits; a suspect only when nothing else is out, and then nothing else."""
        if self._suspects and not self._sent:
            self._lone_key = self._send_part(self._suspects.popleft())
        while self._waiting and not (self._suspects or self._lone_key):
            self._send_part(self._waiting.popleft())

    def _send_part(self, part: Part) -> str:
        """Send a part; returns the key of its future, empty if it cannot be sent."""
        job = PartJob(part, self._job.order, str(Path.cwd()), self._mark, files=self._files, debug=self._job.debug)
        try:
            frame = msgspec.msgpack.encode(job)
        except UnicodeEncodeError:
            self._fail(part, "NotUnicode: its name cannot be sent to another machine", "Rename it.")
            return ""
        key = f"exporter-{self._request.run_id}-{next(self._numbers)}"
        future = self._client.submit(build_part, frame, key=key, pure=False)
        self._sent[key] = _Sent(future, part)
        future.add_done_callback(self._done.put)
        return key

    def _take_done(self, seconds: float) -> list[Any]:
        found: list[Any] = []
        with contextlib.suppress(Empty):
            found.append(self._done.get(timeout=seconds) if seconds else self._done.get_nowait())
            while True:
                found.append(self._done.get_nowait())
        return found

    def _finish(self, future: Any) -> None:
        """Take the result of a part; what is lost, by whatever misfortune of the cluster, is sent again."""
        sent = self._sent.pop(future.key, None)
        if sent is None:  # it was sent again, and this is the future of the first time
            return
        is_alone = future.key == self._lone_key
        if is_alone:
            self._lone_key = ""
        if future.status == "error":
            self._judge(sent.part, future.exception(), is_alone)
            return
        try:
            result = msgspec.msgpack.decode(future.result(), type=PartResult)
        except Exception:  # noqa: BLE001  cancelled, lost, or gone while it was fetched
            self._waiting.append(sent.part)
            return
        pace = result.seconds / len(sent.part.sources)
        self._pace = pace * _PACE_WEIGHT + self._pace * (1 - _PACE_WEIGHT) if self._pace else pace
        self._sources_done += len(sent.part.sources)
        self._made.extend(result.made)

    def _judge(self, part: Part, error: BaseException, is_alone: bool) -> None:
        """Suspect a part with which workers were lost, and raise any other error: it is none of a source."""
        if isinstance(error, ExporterError):
            raise error
        if type(error).__name__ != "KilledWorker":
            raise make_mismatch(self._job.where or "dask", f"a worker failed ({type(error).__name__}: {error})")
        if is_alone and len(part.sources) == 1:
            remedy = "Give the workers more memory, or try it alone, on this machine, with --debug."
            self._fail(part, "WorkerLost: it ended one worker of the cluster after the other", remedy)
            return
        self._suspects.extend(msgspec.structs.replace(part, sources=(source,)) for source in part.sources)

    def _fail(self, part: Part, cause: str, remedy: str) -> None:
        for source in part.sources:
            failure = Failure("working on", source.title, cause, remedy)
            self._made.append(Made(source.place, source.title, failed=Outcome(source.title, error=failure)))

    def _make_lost_error(self, cause: str) -> ExporterError:
        remedy = "Start the cluster, and run the same command again: what is done is kept."
        return ExporterError("running on Dask", self._job.where or "dask", cause, remedy)


class _Sent(NamedTuple):
    future: Any
    part: Part


def split_part(part: Part) -> Iterator[Part]:
    """Divide a part whose documents have more than `MAX_PART_BYTES` together."""
    group: list[PartSource] = []
    size = 0
    for source in part.sources:
        own = len(source.document.data) if source.document else 0
        if group and size + own > MAX_PART_BYTES:
            yield msgspec.structs.replace(part, sources=tuple(group))
            group, size = [], 0
        group.append(source)
        size += own
    yield msgspec.structs.replace(part, sources=tuple(group))
