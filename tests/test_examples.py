"""The examples, from the command line to every kind of result: what they are understood as, and how they are said."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

NAMES = ("harbour-bridge.txt", "tide-mill.html", "reading-by-ear.md")
Golden = Callable[[str, str], None]


def run(*words: str | Path, folder: Path) -> str:
    """Run `exporter` in a folder; returns what it prints."""
    command = [sys.executable, "-m", "exporter", *map(str, words)]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120).stdout.decode()


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_understood(name: str, examples: Path, golden: Golden) -> None:
    golden(f"examples/{name}.tree", run("show", name, folder=examples))


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_said(name: str, examples: Path, golden: Golden) -> None:
    golden(f"examples/{name}.script", run("script", name, folder=examples))


def test_the_main_job_writes_a_book_a_script_and_an_episode_of_each(examples: Path, tmp_path: Path) -> None:
    written = run("batch", examples, "--to", "epub,script,audio", "--output", tmp_path / "out", folder=tmp_path)
    paths = [Path(line) for line in written.splitlines()]
    assert sorted(path.suffix for path in paths) == sorted([".epub", ".txt", ".mp3"] * len(NAMES))
    for path in paths:
        data = path.read_bytes()
        match path.suffix:
            case ".epub":
                assert zipfile.ZipFile(path).namelist()[0] == "mimetype"
            case ".mp3":
                assert data[:3] == b"ID3"
            case _:
                assert data.decode().strip()


def test_the_same_book_twice_is_the_same_bytes(examples: Path, tmp_path: Path) -> None:
    for name in ("a.epub", "b.epub"):
        run("epub", "tide-mill.html", "-o", tmp_path / name, folder=examples)
    assert (tmp_path / "a.epub").read_bytes() == (tmp_path / "b.epub").read_bytes()
