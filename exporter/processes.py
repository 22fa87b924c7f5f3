"""Worker processes: one protocol for those that build articles (`exporter.runners.local`) and those that speak.

A worker is a fresh Python process that exchanges *frames* with its parent over its standard input and output: four
bytes of length (big-endian), then so many bytes, which its two ends encode as they like. It imports neither the command
line nor the user's main module, so it starts in a tenth of a second and can be started from any program. A worker that
crashes, or sends nothing for too long and is ended for that, costs its parent an `EOFError`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from importlib import import_module
from types import FrameType
from typing import IO, TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import subprocess

PIPE_BYTES = 1 << 20
"""Size of the pipe that a worker sends by, where the system allows it: it works on while its parent is busy."""

_LENGTH_BYTES = 4


class FramePipe:
    """The frames that this process receives from another, and sends to it; any thread may send."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source = source
        self._target = target
        self._lock = threading.Lock()

    def send(self, frame: bytes) -> None:
        """Send a frame; raises `OSError` if the other process has ended."""
        with self._lock:
            self._target.write(len(frame).to_bytes(_LENGTH_BYTES, "big"))
            self._target.write(frame)
            self._target.flush()

    def receive(self) -> bytes:
        """Wait for the next frame; raises `EOFError` if the other process has ended, perhaps in the middle of one."""
        return self._read(int.from_bytes(self._read(_LENGTH_BYTES), "big"))

    def close(self) -> None:
        """Close both ends."""
        for pipe in (self._source, self._target):
            with contextlib.suppress(OSError):
                pipe.close()

    def _read(self, size: int) -> bytes:
        data = self._source.read(size)
        if len(data) < size:
            raise EOFError
        return data


class WorkerProcess:
    """A worker, as its parent sees it, started at once; one thread sends and receives, any may `stop` it.

    `main` is the function that it runs, as "module:name", which takes a `FramePipe`. `memory` is the most bytes that it
    may allocate, where the system can limit that; 0 means any number. With `has_own_group` it leads a process group: it
    gets no Ctrl-C, and the processes that it started end with it. With `debug` it writes to standard error. `folder` is
    its working folder, empty for that of this process.
    """

    def __init__(
        self, main: str, *, memory: int = 0, has_own_group: bool = False, debug: bool = False, folder: str = ""
    ) -> None:
        import subprocess  # noqa: PLC0415  6 ms, which the workers themselves do not need

        # A worker gets the import path of this process, and imports nothing from the working folder.
        code = (
            f"import sys; sys.path[:] = {sys.path!r}; from exporter.processes import run_worker; "
            f"run_worker({main!r}, {memory})"
        )
        self._process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603  our own interpreter and code
            [sys.executable, "-I", "-S", "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if debug else subprocess.DEVNULL,
            process_group=0 if has_own_group else None,
            cwd=folder or None,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("a process that was started with pipes has none")
        self._has_own_group = has_own_group
        _enlarge_pipe(self._process.stdout)
        self._pipe = FramePipe(self._process.stdout, self._process.stdin)
        self.is_timed_out = False

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, frame: bytes) -> None:
        """Send a frame; raises `OSError` if the process has ended."""
        self._pipe.send(frame)

    def receive(self, patience: float) -> bytes:
        """Wait for the next frame; raises `EOFError` if the process has ended.

        If it sends none for `patience` seconds, it is killed, and `is_timed_out` is set.
        """
        _watchdog.watch(self, time.monotonic() + patience)
        try:
            return self._pipe.receive()
        finally:
            _watchdog.dismiss(self)

    def expire(self) -> None:
        """Kill the process because it sent nothing for too long."""
        self.is_timed_out = True
        self._kill()

    def ask_to_end(self) -> None:
        """Ask the process to end, without waiting for it."""
        self._process.terminate()

    def stop(self, grace: float = 0.0) -> int:
        """End the process, and its group; returns its exit code. It has `grace` seconds to clean up."""
        import subprocess  # noqa: PLC0415  as above

        if grace:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(grace)
        self._kill()
        code = self._process.wait()
        self._pipe.close()
        return code

    def _kill(self) -> None:
        if self._has_own_group and hasattr(os, "killpg"):  # Windows has none
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()


class _Watchdog:
    """Kills the processes whose time is up: one thread for all, which sleeps until the earliest of those moments."""

    def __init__(self) -> None:
        self._deadlines: dict[WorkerProcess, float] = {}
        self._changed = threading.Condition()
        self._wakes_at = 0.0
        self._is_running = False

    def watch(self, process: WorkerProcess, deadline: float) -> None:
        """Kill a process at a moment of `time.monotonic`, unless it is dismissed before."""
        with self._changed:
            self._deadlines[process] = deadline
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, daemon=True, name="watchdog").start()
            elif deadline < self._wakes_at:
                self._changed.notify()

    def dismiss(self, process: WorkerProcess) -> None:
        """Watch a process no more."""
        with self._changed:
            self._deadlines.pop(process, None)

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for process in [process for process, deadline in self._deadlines.items() if deadline <= now]:
                    del self._deadlines[process]
                    process.expire()
                self._wakes_at = min(self._deadlines.values(), default=now + threading.TIMEOUT_MAX)
                self._changed.wait(min(self._wakes_at - now, threading.TIMEOUT_MAX))


_watchdog = _Watchdog()


def run_worker(main: str, memory: int) -> NoReturn:
    """Be a worker process: run its function until the parent closes the pipe, then end at once."""
    signal.signal(signal.SIGTERM, _exit_on_signal)
    if memory:
        _limit_memory(memory)
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not damage a frame
    module, _, function = main.partition(":")
    with contextlib.suppress(EOFError):
        getattr(import_module(module), function)(FramePipe(sys.stdin.buffer, target))
    os._exit(0)


def _exit_on_signal(number: int, _frame: FrameType | None) -> None:
    """End with all clean-up; a second signal does not interrupt that."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(0)


def _limit_memory(limit: int) -> None:
    """Limit the bytes of addresses that this process, and each that it starts, may have."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no limits, macOS none of this kind
        import resource  # noqa: PLC0415  Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _enlarge_pipe(pipe: IO[bytes]) -> None:
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415  the module exists on Unix only

        with contextlib.suppress(OSError):  # the system may allow less
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
