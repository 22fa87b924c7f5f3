"""Files appear whole or not at all, under names that are safe everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextvars import copy_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import OutputError
from exporter.output import (
    MAX_STEM_CHARS,
    MAX_TEMPORARY_AGE_SECONDS,
    get_run_id,
    join_run,
    make_stem,
    make_unique,
    permit_files,
    sweep_temporary_files,
    whole_file,
    write_whole,
)
from tests.conftest import CHECKOUT


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_a_file_appears_with_its_folder(tmp_path: Path) -> None:
    written = write_whole(tmp_path / "new" / "book.epub", b"whole")
    assert written.read_bytes() == b"whole"
    assert left_over(tmp_path) == ["book.epub", "new"]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, ValueError])
def test_what_breaks_off_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, interruption: type[BaseException]
) -> None:
    path = write_whole(tmp_path / "book.epub", b"old")

    def break_off() -> None:
        with whole_file(path) as temporary:
            temporary.write_bytes(b"ha")
            raise interruption

    with pytest.raises(interruption):
        break_off()
    assert path.read_bytes() == b"old"
    assert left_over(tmp_path) == ["book.epub"]


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    real = write_whole(tmp_path / "real.txt", b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_device_is_written_to_and_stays_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, b"through the pipe")
        assert os.read(reader, 100) == b"through the pipe"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_the_umask_decides_who_may_read(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        path = write_whole(tmp_path / "book.epub", b"")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_place_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"")
    with pytest.raises(OutputError, match="-o"):
        write_whole(tmp_path / "file" / "book.epub", b"")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Tide Mill", "the-tide-mill"),
        ("Müller's Café: 3 < 4 / 5?", "mullers-cafe-3-4-5"),
        ("Straße", "strasse"),
        ("CON", "con-"),
        ("com1.txt", "com1-txt"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "article"),
        ("?!", "article"),
        ("Приливная мельница", "приливная-мельница"),
        ("潮の水車", "潮の水車"),
        ("a" * 200, "a" * MAX_STEM_CHARS),
        ("word " * 40, "-".join(["word"] * 16)),
    ],
)
def test_names_are_made_from_titles(title: str, name: str) -> None:
    assert make_stem(title) == name


@given(st.text())
def test_any_title_gives_a_name_that_is_safe_everywhere(title: str) -> None:
    name = make_stem(title)
    assert 0 < len(name) <= MAX_STEM_CHARS + 1
    assert not set(name) & set('<>:"/\\|?*.\0 ')
    assert not any(ord(letter) < 32 for letter in name)
    assert name.split(".", maxsplit=1)[0] not in {"con", "prn", "aux", "nul"}


def test_a_name_is_given_once_in_a_run() -> None:
    taken: set[str] = set()
    assert [make_unique("mill", taken) for _ in range(3)] == ["mill", "mill-2", "mill-3"]
    assert make_unique("mill-2", taken) == "mill-2-2"


def test_thousands_of_files_may_have_one_name() -> None:
    """One number after the other would take hours."""
    taken: set[str] = set()
    names = [make_unique("image", taken) for _ in range(60_000)]
    assert names[-1] == "image-60000"
    assert len(set(names)) == 60_000


def test_a_sweep_removes_what_this_run_left_and_what_is_a_day_old(tmp_path: Path) -> None:
    kept = [".a.epub.0123abcd-0123456789abcdef.part", "a.epub", ".notes.part", f"b.epub.{get_run_id()}-0a.part"]
    swept = [f".a.epub.{get_run_id()}-0a.part", f".two\nlines.mp3.{get_run_id()}-0b.part", ".c.txt.4711-1.part"]
    for name in (*kept, *swept):
        (tmp_path / name).touch()
    os.utime(tmp_path / swept[-1], (0, time.time() - MAX_TEMPORARY_AGE_SECONDS - 1))
    os.utime(tmp_path / kept[1], (0, 0))
    sweep_temporary_files(tmp_path)
    assert left_over(tmp_path) == sorted(kept)


def test_a_sweep_leaves_what_another_run_is_writing(tmp_path: Path) -> None:
    other_run = copy_context()
    other_run.run(join_run, "0123abcd")
    writing = whole_file(tmp_path / "a.txt")
    temporary = other_run.run(writing.__enter__)
    temporary.write_bytes(b"whole")
    sweep_temporary_files(tmp_path)
    writing.__exit__(None, None, None)
    assert (tmp_path / "a.txt").read_bytes() == b"whole"
    assert left_over(tmp_path) == ["a.txt"]


KILLED_WRITER = """
import os, sys
from pathlib import Path
from exporter.output import whole_file

with whole_file(Path(sys.argv[1], "a.txt")):
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not say which kernel it is")
def test_a_sweep_removes_what_a_killed_run_was_writing(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED_WRITER, tmp_path], cwd=CHECKOUT, check=False)
    assert len(left_over(tmp_path)) == 1
    sweep_temporary_files(tmp_path)
    assert not left_over(tmp_path)


def test_two_writers_of_one_name_do_not_share_a_temporary_file(tmp_path: Path) -> None:
    """Names from process numbers would: in containers those are small and equal."""
    with whole_file(tmp_path / "a.txt") as one, whole_file(tmp_path / "a.txt") as other:
        assert one != other


def test_a_file_that_is_not_permitted_is_not_written(tmp_path: Path) -> None:
    def refuse(path: Path) -> None:
        raise OutputError("writing", path.name, "NotOurs: no", "No.")

    with permit_files(refuse), pytest.raises(OutputError, match="NotOurs"):
        write_whole(tmp_path / "a.txt", b"")
    assert not left_over(tmp_path)
    write_whole(tmp_path / "a.txt", b"")
    assert left_over(tmp_path) == ["a.txt"]


def test_a_folder_that_is_not_there_is_clean(tmp_path: Path) -> None:
    sweep_temporary_files(tmp_path / "none")
