"""What a Dask worker does for the runner `dask`: it builds parts, each in a process of its own for each of its threads.

So a source that hangs or crashes costs neither the Dask worker nor its other threads. What a worker needs besides the
part comes with it (`PartJob`), so one that joins later needs nothing else. File stems are claimed by markers in the
output folder, without asking anybody.
"""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import msgspec

from exporter import __version__
from exporter.batches.parts import Made, Part, PartOrder, StemProposal
from exporter.errors import OutputError, UsageError, describe_error
from exporter.output_folder.output_places import FolderPlace
from exporter.output_folder.stem_claims import claim_free_stem
from exporter.runners import RunnerJob
from exporter.runners.carried_files import CarriedFile, unpack_files
from exporter.runners.local import Worker

_NANNY_VARIABLES = {
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""What Dask's nanny sets for its worker unless told otherwise (`distributed.nanny.pre-spawn-environ`), and our
processes would inherit. Without it they are those of a local batch: 40 episodes take 18.5 s, and 22.2 with it."""

MAX_IDLE_SECONDS = 600.0
"""Seconds without a part after which the processes of a batch make room for the next batch; chosen by hand."""


class PartJob(msgspec.Struct, frozen=True):
    """A part, and all that building it takes.

    `folder` is the working folder of the batch, to which names are relative; `mark` is the path of the file by which a
    worker sees that the output folder is the same. `version` is that of exporter, `files` are those that the settings
    name. With `debug`, worker processes write to the Dask worker's standard error.
    """

    part: Part
    order: PartOrder
    folder: str
    mark: str
    version: str = __version__
    files: tuple[CarriedFile, ...] = ()
    debug: bool = False


class PartResult(msgspec.Struct, frozen=True):
    """What was made of a part, and the `seconds` it took."""

    made: tuple[Made, ...]
    seconds: float


class WorkerState(msgspec.Struct, frozen=True):
    """What a Dask worker has and sees; `free_bytes` is the room on the disk of the output folder."""

    version: str
    python: str
    distributed: str
    sees_folder: bool
    sees_output: bool
    free_bytes: int

    def __str__(self) -> str:
        free = f"{self.free_bytes / 1e9:.1f} GB free"
        return f"exporter {self.version}, Python {self.python}, Dask {self.distributed}; it sees the folder, {free}"


def describe_worker(folder: str, mark: str) -> WorkerState:
    """Describe this worker; `folder` and `mark` are as in `PartJob`."""
    import distributed  # noqa: PLC0415  an extra; here it has long been imported

    output = os.path.dirname(mark)  # noqa: PTH120  a Path would change the spelling, which is the driver's
    free = shutil.disk_usage(output).free if os.path.isdir(output) else 0  # noqa: PTH112  as above
    sees = os.path.isdir(folder), os.path.isfile(mark)  # noqa: PTH112, PTH113  as above
    return WorkerState(__version__, platform.python_version(), distributed.__version__, *sees, free)


def explain_mismatch(state: WorkerState, version: str, folder: str, output: str) -> str:
    """Say why a worker cannot build parts for a batch with this version and these folders; empty if it can."""
    if state.version != version:
        return f"it has exporter {state.version}, here is {version}"
    if not state.sees_folder:
        return f"it does not see the working folder {folder}"
    return "" if state.sees_output else f"it does not see the output folder {output}"


def make_mismatch(worker: str, words: str) -> UsageError:
    """Make the error for a worker that does not fit the batch."""
    remedy = "Give all machines the same version of exporter, and the same folders under the same names."
    return UsageError("running on Dask", worker, f"Mismatch: {words}", remedy)


def build_part(frame: bytes) -> bytes:
    """Build an encoded `PartJob`; returns the encoded `PartResult`. Raises `UsageError` where the worker does not fit.

    It is the task that the scheduler gives to the worker's threads.
    """
    job = msgspec.msgpack.decode(frame, type=PartJob)
    begin = time.monotonic()
    with _lock:
        run = _open_run(job)
        slot = run.take_slot()
    try:
        made = slot.build(job.part)
    finally:
        run.give_back(slot)
    return msgspec.msgpack.encode(PartResult(made, time.monotonic() - begin))


async def end_run(run_id: str, dask_worker: Any = None) -> None:
    """End the worker processes of a batch on this worker, and let none of its parts start another.

    Dask itself passes the `dask_worker`.
    """
    with _lock:
        run = _runs.pop(run_id, None)
        _ended.add(run_id)
        is_last = not _runs
    if is_last and dask_worker is not None:
        for callback in _list_profilers(dask_worker):
            callback.start()
    if run is not None:
        await asyncio.to_thread(run.stop)


class _Run:
    """The worker processes of one batch, each for a thread that builds a part."""

    def __init__(self, job: PartJob) -> None:
        self._job = job
        self._files = tempfile.TemporaryDirectory(prefix="exporter-")
        config = unpack_files(job.order.request.config, job.files, Path(self._files.name))
        request = msgspec.structs.replace(job.order.request, config=config)
        self._order = msgspec.structs.replace(job.order, request=request)
        self._slots: list[_Slot] = []
        self._free: list[_Slot] = []
        self._last_used = time.monotonic()

    @property
    def is_abandoned(self) -> bool:
        """Whether it has built nothing for so long that its driver is gone, perhaps."""
        is_idle = len(self._free) == len(self._slots)
        return is_idle and time.monotonic() - self._last_used > MAX_IDLE_SECONDS

    def take_slot(self) -> _Slot:
        """Return a process that is free, or a new one."""
        if not self._free:
            self._free.append(_Slot(self._order, self._job))
            self._slots.append(self._free[0])
        return self._free.pop()

    def give_back(self, slot: _Slot) -> None:
        """Say that a process is free again."""
        self._last_used = time.monotonic()
        self._free.append(slot)

    def stop(self) -> None:
        """End all processes: all are asked to before the first is waited for."""
        for slot in self._slots:
            slot.worker.dismiss()
        for slot in self._slots:
            slot.worker.stop()
        self._files.cleanup()


class _Slot:
    """A worker process, for one part at a time."""

    def __init__(self, order: PartOrder, job: PartJob) -> None:
        self._place = FolderPlace(Path(job.folder, order.request.output_folder))
        self._known = job.part.known
        self.worker = Worker(RunnerJob(order, self._claim_stem, 1, job.debug, folder=job.folder))

    def build(self, part: Part) -> tuple[Made, ...]:
        self._known = part.known
        return tuple(self.worker.build(part))

    def _claim_stem(self, proposal: StemProposal) -> str:
        """Return the stem that the source had if that still fits its title, else a free one; as the manifest does."""
        for entry in self._known:
            is_same = entry.label == proposal.label or entry.content == proposal.content
            if is_same and entry.has_stem_of(proposal.stem):
                return entry.stem
        try:
            return claim_free_stem(self._place.claim_stem, proposal.stem, proposal.label)
        except OSError as error:
            cause, remedy = describe_error(error, "SystemError"), "Choose another folder with -o."
            raise OutputError("choosing a name", proposal.stem, cause, remedy) from error


_runs: dict[str, _Run] = {}  # of this Dask worker, by the ID of the run
_ended: set[str] = set()
_lock = threading.Lock()


def _open_run(job: PartJob) -> _Run:
    """Return the run of a job; the first time, check that this worker fits it."""
    run_id = job.order.request.run_id
    if run_id in _ended:
        raise EOFError
    if run_id not in _runs:
        _check_worker(job)
        for other in [other for other, run in _runs.items() if run.is_abandoned]:
            _runs.pop(other).stop()
        _forget_nanny()
        _runs[run_id] = _Run(job)
        _stop_profiler()
    return _runs[run_id]


def _forget_nanny() -> None:
    """Let processes that are started from now on not inherit what the nanny set for Dask's own."""
    for name, value in _NANNY_VARIABLES.items():
        if os.environ.get(name) == value:
            del os.environ[name]


def _check_worker(job: PartJob) -> None:
    from distributed import get_worker  # noqa: PLC0415  an extra; here it has long been imported

    state = describe_worker(job.folder, job.mark)
    if words := explain_mismatch(state, job.version, job.folder, str(job.order.request.output_folder)):
        raise make_mismatch(get_worker().address, words)


def _stop_profiler() -> None:
    """Stop Dask's profiler: it looks at the threads every 10 ms, and sees them wait for our processes."""
    from distributed import get_worker  # noqa: PLC0415  as above

    worker = get_worker()
    for callback in _list_profilers(worker):
        worker.loop.add_callback(callback.stop)


def _list_profilers(dask_worker: Any) -> list[Any]:
    """Return the periodic callbacks of the profiler; empty where Dask's configuration turned it off."""
    callbacks = dask_worker.periodic_callbacks
    return [callbacks[name] for name in ("profile", "profile-cycle") if name in callbacks]
