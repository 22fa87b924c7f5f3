"""Runs a program so that whatever it starts ends with it, also when this process is killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence


def run_program(command: Sequence[str], data: bytes, timeout_seconds: float) -> bytes:
    """Run a program with `data` on its standard input; returns its standard output.

    Raises `subprocess.CalledProcessError` if it fails, `subprocess.TimeoutExpired` if it takes too long, and `OSError`
    if it cannot be started. In every case, no process that it has started lives on.
    """
    pipe = subprocess.PIPE
    with (
        _make_group() as group,
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, process_group=group) as process,  # noqa: S603
    ):
        try:
            output, errors = process.communicate(data, timeout_seconds)
        except BaseException:
            _end_processes(process, group)
            raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output, errors)
    return output


@contextlib.contextmanager
def _make_group() -> Iterator[int | None]:
    """Yield the number of a process group that ends with the block, or with this process; None on Windows.

    Its leader is a fork that waits at a pipe. When this process ends, however it does, the pipe closes, and the fork
    kills the group.
    """
    if sys.platform == "win32":
        yield None
        return
    reading, writing = os.pipe()
    leader = os.fork()
    if leader == 0:
        try:
            os.setpgid(0, 0)
            os.close(writing)
            os.read(reading, 1)
            os.killpg(0, signal.SIGKILL)
        finally:
            os._exit(0)  # nothing of the parent's may be cleaned up twice
    os.close(reading)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.setpgid(leader, leader)  # whichever of the two processes comes first
    try:
        yield leader
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)
        os.close(writing)
        os.waitpid(leader, 0)


def _end_processes(process: subprocess.Popen[bytes], group: int | None) -> None:
    """End a program and what it has started."""
    if sys.platform != "win32" and group is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        return
    end_tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
    subprocess.run(end_tree, capture_output=True, check=False)  # noqa: S603  a program of Windows
