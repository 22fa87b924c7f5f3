"""Writes what is published: a file only if its bytes differ, a page only if what it is made from differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path

import msgspec

from exporter.output import write_whole


class ShelfWriter:
    """Writes files into one folder.

    `pages` are the digests of what the pages of the last time were made from, by name; those of this time are added.
    """

    def __init__(self, folder: Path, pages: dict[str, str]) -> None:
        self.folder = folder
        self.pages = dict(pages)
        self.changed: list[str] = []

    def write(self, name: str, data: bytes) -> None:
        """Write a file unless it holds these bytes, so that clients see no change where there is none.

        Raises `OutputError`.
        """
        path = self.folder / name
        try:
            is_same = path.stat().st_size == len(data) and path.read_bytes() == data
        except OSError:
            is_same = False
        if not is_same:
            write_whole(path, data)
            self.changed.append(name)

    def write_page(self, name: str, source: object, render: Callable[[], bytes]) -> None:
        """Write a page unless it was made from the same `source` (values that MessagePack can encode) before."""
        self._write_changed(name, source, lambda: self.write(name, render()))

    def write_archive(self, name: str, source: object, write: Callable[[Path], None]) -> None:
        """Let `write` make a file at a path, unless it was made from the same `source` before."""

        def make() -> None:
            write(self.folder / name)
            self.changed.append(name)

        self._write_changed(name, source, make)

    def _write_changed(self, name: str, source: object, make: Callable[[], None]) -> None:
        key = blake2b(msgspec.msgpack.encode(source), digest_size=12).hexdigest()
        if self.pages.get(name) != key or not self.has(name):
            make()
            self.pages[name] = key

    def has(self, name: str) -> bool:
        """Whether a file exists."""
        return (self.folder / name).is_file()

    def forget_pages(self, prefix: str, names: Iterable[str]) -> None:
        """Remove the pages with a prefix that are not among `names`: those of works that are no longer there."""
        for name in [name for name in self.pages if name.startswith(prefix) and name not in set(names)]:
            del self.pages[name]
            (self.folder / name).unlink(missing_ok=True)
