"""What is served of a folder: its works' files, and the feeds and pages that publishers make for one address.

Feeds hold the address by which they were asked for: a phone cannot play what is at ``localhost``. They are made in
memory, so that serving changes nothing in the folder.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from exporter import registry
from exporter.config import PublishSettings
from exporter.manifest.manifest import FILE_NAME
from exporter.publishing import Publisher, Site
from exporter.publishing.artwork import PODCAST_STEM
from exporter.publishing.shelf import Shelf, open_shelf
from exporter.publishing.shelf_writer import ShelfWriter

_PUBLISHERS = {
    "feed": "podcast",
    "artwork": "podcast",
    "opds": "opds",
    "index": "site",
    "search": "site",
    "playlist": "playlist",
}
"""The publisher that makes a document, by what its name begins with."""

_ARTWORK_NAME = re.compile(r"(.+)-[0-9a-f]{8}\.jpg")


class _MemoryWriter(ShelfWriter):
    """Keeps what publishers write in memory; archives are not made."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, {})
        self.documents: dict[str, bytes] = {}

    def write(self, name: str, data: bytes) -> None:
        self.documents[name] = data

    def write_page(self, name: str, source: object, render: Callable[[], bytes]) -> None:  # noqa: ARG002
        self.documents[name] = render()

    def write_archive(self, name: str, source: object, write: Callable[[Path], None]) -> None:
        """Do nothing."""

    def has(self, name: str) -> bool:
        """Whether a file exists, or need not be made: the artwork of works is drawn by `exporter publish` only."""
        return super().has(name) or not name.startswith(PODCAST_STEM)

    def forget_pages(self, prefix: str, names: Iterable[str]) -> None:
        """Do nothing."""


class _State(msgspec.Struct, frozen=True):
    """The shelf at one time, its files' names, and the documents by publisher and address."""

    signature: tuple[int, ...]
    shelf: Shelf
    names: frozenset[str]
    stems: frozenset[str]
    documents: dict[tuple[str, str], Mapping[str, bytes]]


class ServedShelf:
    """The files of one folder and the documents made of it; both follow the folder as it changes."""

    def __init__(self, folder: Path, settings: PublishSettings, guid: str) -> None:
        self._folder = folder
        self._settings = settings
        self._guid = guid
        self._state = self._open()

    @property
    def changed(self) -> float:
        """When the manifest last changed, in seconds since 1970."""
        return (self._folder / FILE_NAME).stat().st_mtime

    def find_document(self, name: str, address: str) -> bytes | None:
        """Return a feed or a page for the address of the folder, or None for any other name."""
        publisher = _PUBLISHERS.get(re.split("[-.]", name, maxsplit=1)[0])
        if publisher is None:
            return None
        state = self._refresh()
        made_for = (publisher, address)
        if made_for not in state.documents:
            state.documents[made_for] = self._render(state.shelf, *made_for)
        return state.documents[made_for].get(name)

    def find_file(self, name: str) -> tuple[Path, os.stat_result] | None:
        """Return the path and the state of a work's file or artwork; None for any other file, and for links."""
        state = self._refresh()
        artwork = _ARTWORK_NAME.fullmatch(name)
        if name not in state.names and not (artwork and artwork[1] in state.stems):
            return None
        path = self._folder / name
        try:
            found = path.lstat()
        except OSError:
            return None
        return (path, found) if stat.S_ISREG(found.st_mode) else None

    def _refresh(self) -> _State:
        if self._sign() != self._state.signature:
            self._state = self._open()
        return self._state

    def _open(self) -> _State:
        signature, shelf = self._sign(), open_shelf(self._folder)
        names = (file.name for work in shelf.works for file in work.files.values() if not file.name.startswith("."))
        stems = (work.stem for work in shelf.works)
        return _State(signature, shelf, frozenset(names), frozenset((PODCAST_STEM, *stems)), {})

    def _sign(self) -> tuple[int, ...]:
        """Return what differs after a batch, or when a file was removed."""
        states = [path.stat() for path in (self._folder, self._folder / FILE_NAME) if path.exists()]
        return tuple(value for state in states for value in (state.st_mtime_ns, state.st_size))

    def _render(self, shelf: Shelf, publisher: str, address: str) -> Mapping[str, bytes]:
        settings = msgspec.structs.replace(self._settings, url=address)
        site = Site(settings, settings.title, address, self._guid, tuple(dict.fromkeys(_PUBLISHERS.values())))
        writer = _MemoryWriter(self._folder)
        member: Publisher = registry.load("publishers", publisher)
        member.publish(shelf, site, writer)
        return writer.documents
