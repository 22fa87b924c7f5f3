"""What a folder holds already: for each source the files that were made of it, so that a rerun makes only the rest.

The manifest is a file of JSON lines in the output folder, the last line about a source counting; a line is added when a
source is finished, so a run that is cut off loses nothing. What was made is up to date while the source's content, the
settings, the version, the other files that went in and the files that came out are all the same.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from exporter import __version__
from exporter.config import CacheSettings
from exporter.document import Document
from exporter.output import make_unique
from exporter.pipeline import BuildRequest, Outcome

FILE_NAME = ".exporter.jsonl"


class FileStamp(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was: bytes, and the time of its last change in nanoseconds."""

    path: str
    size: int
    changed: int

    @classmethod
    def of(cls, path: str) -> FileStamp:
        """Look at a file; one that is not there has the size -1."""
        try:
            state = Path(path).stat()
        except OSError:
            return cls(path, -1, 0)
        return cls(path, state.st_size, state.st_mtime_ns)


class ManifestEntry(msgspec.Struct, frozen=True):
    """One finished source: what it was made from (`key`), the `stem` of its files, what went in, what came out.

    `label` is the source's name, made unique where it was named more than once in a run.
    """

    label: str
    key: str
    stem: str
    inputs: tuple[FileStamp, ...]
    outcome: Outcome
    outputs: tuple[FileStamp, ...]

    def holds(self, key: str) -> bool:
        """Whether everything is still as it was."""
        return self.key == key and all(FileStamp.of(stamp.path) == stamp for stamp in (*self.inputs, *self.outputs))


class Manifest:
    """The manifest of one folder, and the names that are taken in it."""

    def __init__(self, order: BuildRequest) -> None:
        self._path = Path(order.folder, FILE_NAME)
        self._entries = _read_entries(self._path)
        self._settings = _settings_key(order)
        self._taken = {entry.stem for entry in self._entries.values()}

    def kept(self, label: str, document: Document) -> Outcome | None:
        """Return what an earlier run made of a document, where it is whole and up to date."""
        entry = self._entries.get(label)
        if entry is None or not entry.holds(self.key(document)):
            return None
        return msgspec.structs.replace(entry.outcome, kept=True)

    def claim(self, label: str, stem: str) -> str:
        """Give a source its file stem: the one it had where that still fits its title, else one that is free."""
        entry = self._entries.get(label)
        if entry is not None and (entry.stem == stem or entry.stem.rpartition("-")[0] == stem):
            return entry.stem
        return make_unique(stem, self._taken)

    def add(self, label: str, document: Document, stem: str, outcome: Outcome) -> None:
        """Note that a document is finished."""
        inputs = tuple(map(FileStamp.of, outcome.inputs))
        outputs = tuple(map(FileStamp.of, outcome.written))
        entry = ManifestEntry(label, self.key(document), stem, inputs, outcome, outputs)
        with contextlib.suppress(UnicodeEncodeError, OSError):  # then it is made again next time
            line = b"\n" + msgspec.json.encode(entry)  # begins with its end: the line before it may be cut off
            with self._path.open("ab") as file:
                file.write(line)

    def key(self, document: Document) -> str:
        """Name the content of a document together with the settings and the version."""
        digest = hashlib.blake2b(self._settings, digest_size=16)
        digest.update(document.data)
        digest.update(repr(msgspec.structs.replace(document, data=b"")).encode("utf-8", "backslashreplace"))
        return digest.hexdigest()


def _read_entries(path: Path) -> dict[str, ManifestEntry]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return {}
    found: dict[str, ManifestEntry] = {}
    for line in lines:
        try:
            entry = msgspec.json.decode(line, type=ManifestEntry)
        except msgspec.DecodeError:
            continue  # a run was cut off here, or another version wrote it
        found[entry.label] = entry
    return found


def _settings_key(order: BuildRequest) -> bytes:
    """Everything beside the source that decides the result: settings, the files they name, the version."""
    files = [FileStamp.of(name) for name in _list_named_files(msgspec.to_builtins(order.config))]
    config = msgspec.structs.replace(order.config, cache=CacheSettings(), jobs=0)  # they change no result
    return repr((__version__, order.exporters, config, files)).encode("utf-8", "backslashreplace")


def _list_named_files(tree: object) -> Iterable[str]:
    """Yield every setting that is the name of a file that is there."""
    if isinstance(tree, Mapping):
        tree = tuple(tree.values())
    if isinstance(tree, tuple | list):
        for value in tree:
            yield from _list_named_files(value)
    elif isinstance(tree, str) and tree and Path(tree).is_file():
        yield tree
