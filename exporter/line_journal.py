"""A file of lines that several processes append to and read at the same time, and that one of them may rewrite."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from exporter.output import write_whole


class LineJournal:
    """The lines of a file: `read_new` returns those that were appended since the last call.

    A line is written with a line break before it, since an interrupted process may have left half a line.
    """

    def __init__(self, path: Path, lock_path: Path) -> None:
        self._path = path
        self._lock_path = lock_path
        self._end = 0
        self._inode = 0

    def read_new(self) -> list[bytes]:
        """Return the lines after those that were read before; all of them if another process has rewritten the file."""
        try:
            state = self._path.stat()
            if (state.st_ino, state.st_size) == (self._inode, self._end):
                return []
            with self._path.open("rb") as file:
                inode = os.fstat(file.fileno()).st_ino
                if inode != self._inode:
                    self._end, self._inode = 0, inode
                file.seek(self._end)
                data = file.read()
        except OSError:
            return []
        self._end += len(data)
        return [line for line in data.split(b"\n") if line.strip()]

    def append(self, lines: Iterable[bytes]) -> None:
        """Append lines; call it within `lock`, after `read_new`. Raises `OSError`."""
        data = b"".join(b"\n" + line for line in lines)
        with self._path.open("ab") as file:
            file.write(data)
            file.flush()
            self._inode = os.fstat(file.fileno()).st_ino
        self._end += len(data)

    def rewrite(self, lines: Iterable[bytes]) -> None:
        """Replace all lines; call it within `lock`, after `read_new`. Raises `OutputError`."""
        data = b"".join(b"\n" + line for line in lines)
        write_whole(self._path, data)
        self._end, self._inode = len(data), _inode_of(self._path)

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


def _inode_of(path: Path) -> int:
    return path.stat().st_ino
