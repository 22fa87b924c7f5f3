"""Time whole processes from outside, two commands in turn, and compare their medians."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Run:
    """One finished process and its children, also those that outlive it.

    Seconds on the clock, seconds of processor, peak memory of the largest process in MB.
    """

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Ratio:
    """What was measured: `value` is to be at most (or, where `least`, at least) `target`."""

    name: str
    value: float
    target: float
    detail: str
    least: bool = False

    @property
    def reached(self) -> bool:
        """Whether the target is reached."""
        return self.value >= self.target if self.least else self.value <= self.target


def run(command: Command) -> Run:
    """Run a command to its end, its output thrown away; raises `CalledProcessError` where it fails."""
    _adopt_orphans()
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)), stderr=errors.decode())
    usages = [usage]
    with contextlib.suppress(ChildProcessError):
        while True:
            usages.append(os.wait4(-1, 0)[2])
    seconds = sum(one.ru_utime + one.ru_stime for one in usages)
    return Run(wall, seconds, max(one.ru_maxrss for one in usages) / 1024)


def _adopt_orphans() -> None:
    """Become the parent of processes whose parent ends, so that their processor time can be counted; Linux only.

    The program ends without waiting for its workers, which end when their pipes close.
    """
    if sys.platform == "linux":
        set_child_subreaper = 36  # PR_SET_CHILD_SUBREAPER of <linux/prctl.h>
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def in_turn(
    ours: Command,
    theirs: Command,
    rounds: int,
    before: Callable[[], None] = lambda: None,
    clock: Callable[[Command], float] = lambda command: run(command).wall,
) -> tuple[float, float]:
    """Median wall seconds of two commands, run A B A B ... after one round that does not count."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for command, found in zip((ours, theirs), times, strict=True):
            before()
            seconds = clock(command)
            if number:
                found.append(seconds)
    return statistics.median(times[0]), statistics.median(times[1])


def empty(folder: Path) -> Path:
    """Make a folder, empty whatever it held."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
