"""Time whole processes from outside, two commands in turn, and compare their medians."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Run:
    """One finished process and its children: seconds on the clock, seconds of processor, peak memory in MB."""

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
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)), stderr=errors.decode())
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(
    ours: Command, theirs: Command, rounds: int, before: Callable[[], None] = lambda: None
) -> tuple[float, float]:
    """Median wall seconds of two commands, run A B A B ... after one round that does not count."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for command, found in zip((ours, theirs), times, strict=True):
            before()
            seconds = run(command).wall
            if number:
                found.append(seconds)
    return statistics.median(times[0]), statistics.median(times[1])


def empty(folder: Path) -> Path:
    """Make a folder, empty whatever it held."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
