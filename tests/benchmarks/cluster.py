"""A Dask cluster on this machine, to be measured against the local batch on the same cores."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Command

WORKERS = 2
WORDS = "alder birch cedar daisy elm fern gorse hazel iris jasmine kale lily maple nettle oak pine reed sage".split()
_START_SECONDS = 60.0


@contextlib.contextmanager
def start_cluster(folder: Path) -> Iterator[Path]:
    """Start a scheduler and two workers of one thread each; gives the scheduler's file, and ends them all."""
    import distributed  # noqa: PLC0415  only with Dask

    file = folder / "scheduler.json"
    quiet = ("--host", "127.0.0.1", "--no-dashboard")
    commands = [("scheduler", "--port", "0", "--scheduler-file", str(file), *quiet)]
    local = ("--local-directory", str(folder / "dask"))
    commands += [("worker", "--scheduler-file", str(file), "--nthreads", "1", *quiet, *local)] * WORKERS
    processes = [
        subprocess.Popen([sys.executable, "-m", "dask", *command], cwd=folder, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        end = time.monotonic() + _START_SECONDS
        while not file.exists() and time.monotonic() < end:
            time.sleep(0.05)
        with distributed.Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=_START_SECONDS)
        yield file
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait()


def write_articles(folder: Path, count: int, words: int) -> Path:
    """Fill a folder with articles of so many words each, in paragraphs of forty; none is like another."""
    folder.mkdir(parents=True)
    for number in range(count):
        chance = random.Random(number)
        chosen = chance.choices(WORDS, k=words)
        paragraphs = [" ".join(chosen[start : start + 40]) + "." for start in range(0, words, 40)]
        (folder / f"{number:05}.md").write_text(f"# Note {number}\n\n" + "\n\n".join(paragraphs) + "\n", "utf-8")
    return folder


def clock(command: Command) -> float:
    """Wall seconds of a command alone; `measure.run` would wait for the cluster too, which is a child of ours."""
    start = time.perf_counter()
    subprocess.run(list(map(str, command)), check=True, capture_output=True)
    return time.perf_counter() - start


def equal_files(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files, byte by byte, beside the hidden ones."""
    return _read_files(one) == _read_files(other)


def _read_files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.startswith(".")}
