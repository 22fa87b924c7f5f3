"""The shelf: the works of an output folder as its manifest lists them, newest first, and what publishing remembers.

A work whose main file was deleted is not on the shelf. `ShelfState` is kept in ``.shelf.json``.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import msgspec

from exporter.errors import Notice, SourceError
from exporter.facts import Facts
from exporter.manifest.manifest import FILE_NAME, read_manifest
from exporter.manifest.manifest_entries import EntryKind, ManifestEntry
from exporter.output import write_whole
from exporter.output_folder.file_stamps import FileStamp

STATE_NAME = ".shelf.json"

SOUND_TYPES = {
    ".mp3": "audio/mpeg",
    ".m4b": "audio/mp4",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
}
"""Media types of episodes by suffix, in the order of preference; ``audio/x-m4b`` is not known to players."""

_FACTS_DECODER = msgspec.msgpack.Decoder(Facts)

BOOK_SUFFIXES = (".epub", ".kepub.epub", ".readaloud.epub")
"""Suffixes of books, the plain one first: catalogue readers take the first link of an entry."""


class ShelvedFile(msgspec.Struct, frozen=True, gc=False):
    """A file of a work: its name in the folder, its size in bytes, its last change in nanoseconds since 1970."""

    name: str
    size: int
    changed: int


class ShelvedWork(msgspec.Struct, frozen=True):
    """A work: its UUID and the time at which it was added, its facts, and its files by suffix.

    `stem` is what the names of its files have in common. `key` is a digest of all of it. `label` is what its source is
    called in the manifest, `kind` whether it is an article, a bound edition or a digest. The facts are encoded: decoded
    ones, with chapters and links, take three times the memory.
    """

    id: str
    added: datetime
    stem: str
    encoded_facts: bytes
    files: Mapping[str, ShelvedFile]
    key: bytes
    label: str = ""
    kind: EntryKind = "article"

    @property
    def facts(self) -> Facts:
        """Its facts."""
        return _FACTS_DECODER.decode(self.encoded_facts)

    @property
    def urn(self) -> str:
        """Its UUID as a URN."""
        return f"urn:uuid:{self.id}"

    @property
    def sound(self) -> ShelvedFile | None:
        """The episode; None without one."""
        for suffix in SOUND_TYPES:
            if file := self.files.get(suffix):
                return file
        return None

    @property
    def sound_type(self) -> str:
        """The media type of the episode; empty without one."""
        return next((kind for suffix, kind in SOUND_TYPES.items() if suffix in self.files), "")

    @property
    def changed(self) -> datetime:
        """The last change of any of its files, in whole seconds."""
        newest = max(file.changed for file in self.files.values())
        return datetime.fromtimestamp(newest // 1_000_000_000, UTC)


class Shelf(msgspec.Struct, frozen=True):
    """The works of a folder, newest first, and the notices of reading its manifest."""

    folder: Path
    works: tuple[ShelvedWork, ...]
    notices: tuple[Notice, ...] = ()


class ShelfState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What publishing remembers of a folder.

    `guid` is that of the podcast, for life. `key` is the secret part of the address under which the folder is served.
    `last_digest` is the time up to which works went into a digest, `missed` are the IDs of those that it could not
    read, and that the next one tries once more. `pages` are digests of what the pages of feeds were
    made from, by name. `delivered` are the files that were delivered, by destination and name.
    """

    guid: str = ""
    key: str = ""
    last_digest: str = ""
    missed: tuple[str, ...] = ()
    pages: dict[str, str] = {}
    delivered: dict[str, dict[str, FileStamp]] = {}


def open_shelf(folder: Path) -> Shelf:
    """Return the shelf of a folder; raises `SourceError` for a folder without a manifest."""
    if not (folder / FILE_NAME).is_file():
        cause = "NoManifest: no batch has written into it" if folder.is_dir() else "NotFound: there is no such folder"
        raise SourceError("publishing", str(folder), cause, f"Fill it first: exporter batch SOURCE... -o {folder}")
    files = _Files(folder)
    works, notices = [], []
    for entry in read_manifest(folder):
        if entry.facts is None or not entry.id:
            text = "an earlier version made it, and noted no facts: run the batch again"
            notices.append(Notice(entry.label, text))
        elif entry.outputs and (found := dict(files.find(entry))):
            works.append(_make_work(entry, entry.facts, found))
    return Shelf(folder, tuple(reversed(works)), tuple(reversed(notices)))


def _make_work(entry: ManifestEntry, facts: Facts, files: Mapping[str, ShelvedFile]) -> ShelvedWork:
    stated = (entry.id, datetime.fromisoformat(entry.added), entry.stem, msgspec.msgpack.encode(facts), files)
    key = blake2b(msgspec.msgpack.encode(stated), digest_size=12).digest()
    return ShelvedWork(*stated, key=key, label=entry.label, kind=entry.kind)


class _Files:
    """The files of a folder and of the folders in it; links are left out, since they may lead out of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = os.path.realpath(folder)
        self._are_inside: dict[str, bool] = {}  # by the folders of stems

    def find(self, entry: ManifestEntry) -> Iterator[tuple[str, ShelvedFile]]:
        """Yield suffix and state of the files of an entry that still exist; nothing if the main one does not."""
        place, start = f"{self._folder}/", f"{entry.stem}."
        for number, stamp in enumerate((*entry.outputs, *entry.others)):
            name = stamp.path
            if not name.startswith(start) or "/" in name[len(start) :] or not self._is_inside(entry.stem):
                continue
            try:
                state = os.lstat(place + name)  # a Path takes as long as the call
            except OSError:
                state = None
            if state and stat.S_ISREG(state.st_mode):
                yield name[len(start) - 1 :], ShelvedFile(name, state.st_size, state.st_mtime_ns)
            elif number == 0:
                return

    def _is_inside(self, stem: str) -> bool:
        """Whether the folders of a stem are folders, not links."""
        folders = stem.rpartition("/")[0]
        if folders not in self._are_inside:
            place = f"{self._root}/{folders}".rstrip("/")
            self._are_inside[folders] = os.path.realpath(place) == place
        return self._are_inside[folders]


def read_state(folder: Path) -> ShelfState:
    """Return what publishing remembers of a folder; the defaults if that is missing or damaged."""
    try:
        return msgspec.json.decode((folder / STATE_NAME).read_bytes(), type=ShelfState)
    except (OSError, msgspec.DecodeError):
        return ShelfState()


def write_state(folder: Path, state: ShelfState) -> None:
    """Write what publishing remembers of a folder; raises `OutputError`."""
    write_whole(folder / STATE_NAME, msgspec.json.encode(state))
