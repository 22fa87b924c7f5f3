"""A file of lines that several processes append to and read at the same time, and that one of them may rewrite."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from exporter.output import whole_file

_BUFFER_BYTES = 1 << 15
"""Bytes that are read at a time: so a gigabyte takes a third of a second, by the usual 8 kB twice that."""


class LineJournal:
    """The lines of a file, each at a place (bytes from its begin): `read_new` yields those that were appended.

    A line is written with a line break before it, since an interrupted process may have left half a line. The file
    stays open for `read_at`, so places hold also when another process has rewritten it, until `read_new` is called.
    """

    def __init__(self, path: Path, lock_path: Path) -> None:
        self.path = path
        self._lock_path = lock_path
        self._end = 0
        self._inode = 0
        self._file: IO[bytes] | None = None

    def was_rewritten(self) -> bool:
        """Whether the file is no longer that which was read: then the places of its lines are others."""
        try:
            return self.path.stat().st_ino != self._inode
        except OSError:
            return False

    def read_new(self) -> Iterator[tuple[int, bytes]]:
        """Yield the lines after those that were read before, with their places; all if the file `was_rewritten`."""
        try:
            if self._file is None or self.was_rewritten():
                self._file = self.path.open("rb", _BUFFER_BYTES)
                self._end, self._inode = 0, os.fstat(self._file.fileno()).st_ino
            self._file.seek(self._end)
            for line in self._file:
                place, self._end = self._end, self._end + len(line)
                if content := line.strip():
                    yield place, content
        except OSError:
            return

    def read_at(self, place: int) -> bytes:
        """Return the line at a place; empty if there is none."""
        try:
            if self._file is None:
                return b""
            self._file.seek(place)
            return self._file.readline()
        except OSError:
            return b""

    def append(self, line: bytes) -> int:
        """Append a line, and return its place; call it within `lock`, after `read_new`. Raises `OSError`."""
        with self.path.open("ab", buffering=0) as file:
            if self._file is None:
                self._file, self._inode = self.path.open("rb", _BUFFER_BYTES), os.fstat(file.fileno()).st_ino
            file.write(b"\n" + line)
            place, self._end = file.tell() - len(line), file.tell()
        return place

    def rewrite(self, lines: Iterable[bytes]) -> None:
        """Replace all lines, which `read_new` yields again; call it within `lock`. Raises `OutputError`."""
        with whole_file(self.path) as temporary, temporary.open("wb") as file:
            file.writelines(b"\n" + line for line in lines)

    @contextlib.contextmanager
    def lock(self) -> Iterator[bool]:
        """Keep other processes from writing; yields whether that is possible here. Raises `OSError`."""
        try:
            import fcntl  # noqa: PLC0415  Windows has none
        except ImportError:
            yield False
            return
        with self._open_lock() as file:
            is_locked = False
            with contextlib.suppress(OSError):  # a file system without locks
                fcntl.flock(file, fcntl.LOCK_EX)
                is_locked = True
            yield is_locked

    def _open_lock(self) -> IO[bytes]:
        try:
            return self._lock_path.open("ab")
        except FileNotFoundError:
            self._lock_path.parent.mkdir(parents=True, exist_ok=True)
            return self._lock_path.open("ab")
