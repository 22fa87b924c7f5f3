"""Kills a command at a random moment, runs it again, and compares what is there with an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.sound.sound_builders import decode

EXPORTER = Path(sys.executable).with_name("exporter")
WORDS = "the river rose in the night and nobody knew how far it would go before the bridge was closed".split()
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
MAX_END_SECONDS = 60.0
"""For the processes of a command that was killed to end; a busy machine needs some."""


class Reference(NamedTuple):
    """An undisturbed run: what to compare with, and how long it took."""

    content: dict[str, object]
    seconds: float


def write_sources(folder: Path, articles: int, paragraphs: int) -> Path:
    """Write articles of random words."""
    folder.mkdir()
    for number in range(articles):
        chance = random.Random(number)
        texts = (" ".join(chance.choices(WORDS, k=30)).capitalize() + "." for _ in range(paragraphs))
        (folder / f"{number}.md").write_text(f"# Day {number}\n\n" + "\n\n".join(texts) + "\n", encoding="utf-8")
    return folder


def make_command(kind: str, sources: Path, out: Path) -> list[str]:
    """Return a command line of the kind `batch` or `audio`."""
    if kind == "batch":
        forms = ["--to", "epub,script,audio", "--jobs", "2"]
        return [str(EXPORTER), "batch", str(sources), *forms, "--engine", "system", "-o", str(out)]
    return [str(EXPORTER), "audio", str(sources), "--engine", "system", "-o", f"{out}/"]


def run_undisturbed(kind: str, sources: Path, folder: Path) -> Reference:
    """Run a command to its end in an empty folder."""
    start = time.monotonic()
    subprocess.run(make_command(kind, sources, folder / "out"), check=True, env=_make_environment(folder), **_QUIET)
    return Reference(read_folder(folder / "out"), time.monotonic() - start)


def kill_and_rerun(kind: str, sources: Path, folder: Path, reference: Reference, seed: int) -> str:
    """Kill a command at a random moment and run it again; returns what is wrong afterwards, or empty."""
    chance = random.Random(seed)
    command, environment = make_command(kind, sources, folder / "out"), _make_environment(folder)
    process = subprocess.Popen(command, start_new_session=True, env=environment, **_QUIET)
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0, reference.seconds))
    process.send_signal(chance.choice(SIGNALS))
    process.wait()
    if orphans := _await_session_end(process.pid):
        return f"processes live on: {orphans}"
    again = subprocess.run(command, check=False, env=environment, **_QUIET)
    if again.returncode:
        return f"the second run ended with code {again.returncode}"
    content = read_folder(folder / "out")
    differing = [name for name in {*content, *reference.content} if content.get(name) != reference.content.get(name)]
    return f"other than without a kill: {sorted(differing)}" if differing else ""


def read_folder(folder: Path) -> dict[str, object]:
    """Return the content of each file of a folder: sound decoded, of exporter's notes only that they are there."""
    paths = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: "" if name.startswith(".exporter") else _read_file(path) for name, path in paths.items()}


def _read_file(path: Path) -> object:
    if path.suffix == ".mp3":
        samples, rate = decode(path)
        return samples.tobytes(), rate
    return path.read_bytes()


def _await_session_end(session: int) -> list[int]:
    """Wait until no process of a session lives; returns those that do after all that time."""
    end = time.monotonic() + MAX_END_SECONDS
    while (found := list(_iter_session(session))) and time.monotonic() < end:
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(["tail", f"--pid={found[0]}", "-f", os.devnull], check=False, timeout=MAX_END_SECONDS)
    return found


def _iter_session(session: int) -> Iterator[int]:
    """Yield the live processes of a session (Linux's `/proc/PID/stat`: state and session are fields 3 and 6)."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                yield int(path.parent.name)


def _make_environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "EXPORTER_CACHE_FOLDER": str(folder / "cache")}


_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
