"""What is the user's stays as it was, and no control character of a page reaches the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

FILES = ("Photos/2019/deep/b.jpg", "Photos/2019/a.jpg", "Letters/old/l.txt", "top.txt", "clips/ab/mine.txt")
THREE_DAYS_AGO = 1_000_000_000

HOSTILE_PAGE = (
    "<title>A &#27;[31mred title</title><article><h1>A &#27;[31mred title</h1><p>The mill &#7; turned "
    "&#27;]0;owned&#7; again, \u202eit was said\u202c, for \x1b[31mthe 1st time in 1995, and it turns to this day."
    "<p>A second \x9b31m paragraph of it says where the weir was, and who kept it in those years.</article>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article, and one with files of the user's that are old enough to be trimmed."""
    (tmp_path / "mill.md").write_text("# The Tide Mill\n\nIt turned in 1995.\n")
    for name in FILES:
        path = tmp_path / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        os.utime(path, (THREE_DAYS_AGO, THREE_DAYS_AGO))
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "exporter", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "EXPORTER_CACHE_FOLDER": str(folder / "cache")},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ("cache", "clear"),
        ("audio", "mill.md", "--engine", "silence", "--set", "cache.largest=0"),
        ("batch", "mill.md", "--to", "audio", "--engine", "silence", "--set", "cache.largest=0", "-o", "out"),
    ],
)
def test_a_folder_of_the_users_is_no_cache(folder: Path, words: tuple[str, ...]) -> None:
    done = run(folder, *words, "--set", "cache.folder=mine")
    assert done.returncode == 5
    assert "NotACache: " in done.stderr
    mine = folder / "mine"
    assert {str(path.relative_to(mine)) for path in mine.rglob("*") if path.is_file()} == set(FILES)
    assert all((mine / name).read_text() == name for name in FILES)


@pytest.mark.parametrize(
    "words",
    [
        ("script", "page.html"),
        ("script", "page.html", "-o", "-", "--format", "md"),
        ("script", "page.html", "--format", "ssml"),
        ("show", "page.html"),
        ("show", "page.html", "--verbose"),
        ("normalize", "a \x1b[31m b \x07 \u202e c"),
        ("normalize", "--explain", "a \x1b[31m 1995 \u202e c"),
        ("epub", "page.html", "no \x1b[31m such.html"),
    ],
)
def test_no_control_character_reaches_the_terminal(folder: Path, words: tuple[str, ...]) -> None:
    (folder / "page.html").write_text(HOSTILE_PAGE, encoding="utf-8")
    done = run(folder, *words)
    assert not {char for char in done.stdout + done.stderr if char < " " and char not in "\n\t"}
    assert not set(done.stdout + done.stderr) & {"\x7f", "\x9b", "\u202e", "\u202c", "\u2066"}
    assert done.stdout
