"""The manifest of an output folder: the files that were made of each source, so that a second run makes only the rest.

It is a file of JSON lines; the last line about a source counts. A line is added when a source is finished, so an
interrupted run loses nothing. An entry is current while the content of the source, the settings, the version of
exporter, the other input files and the output files are all unchanged.
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
    """The state of a file: its size in bytes, and the time of its last change in nanoseconds."""

    path: str
    size: int
    changed: int

    @classmethod
    def of(cls, path: str) -> FileStamp:
        """Return the state of a file; the size of a missing file is -1."""
        try:
            state = Path(path).stat()
        except OSError:
            return cls(path, -1, 0)
        return cls(path, state.st_size, state.st_mtime_ns)


class ManifestEntry(msgspec.Struct, frozen=True):
    """One finished source: the `key` of what it was made from, the `stem` of its files, input and output files.

    `label` is the name of the source, made unique if it was named more than once in a run.
    """

    label: str
    key: str
    stem: str
    inputs: tuple[FileStamp, ...]
    outcome: Outcome
    outputs: tuple[FileStamp, ...]

    def is_current(self, key: str) -> bool:
        """Whether the key and all files are unchanged."""
        return self.key == key and all(FileStamp.of(stamp.path) == stamp for stamp in (*self.inputs, *self.outputs))


class Manifest:
    """The manifest of one folder, and the file stems that are taken in it."""

    def __init__(self, request: BuildRequest) -> None:
        self._path = Path(request.folder, FILE_NAME)
        self._entries = _read_entries(self._path)
        self._settings = _settings_key(request)
        self._taken = {entry.stem for entry in self._entries.values()}

    def find_kept(self, label: str, document: Document) -> Outcome | None:
        """Return the outcome of an earlier run for a document if it is current, else None."""
        entry = self._entries.get(label)
        if entry is None or not entry.is_current(self.key(document)):
            return None
        return msgspec.structs.replace(entry.outcome, kept=True)

    def claim(self, label: str, stem: str) -> str:
        """Return the file stem of a source: the one it had if that still fits its title, else a free one."""
        entry = self._entries.get(label)
        if entry is not None and (entry.stem == stem or entry.stem.rpartition("-")[0] == stem):
            return entry.stem
        return make_unique(stem, self._taken)

    def add(self, label: str, document: Document, stem: str, outcome: Outcome) -> None:
        """Add the entry of a finished document."""
        inputs = tuple(map(FileStamp.of, outcome.inputs))
        outputs = tuple(map(FileStamp.of, outcome.written))
        entry = ManifestEntry(label, self.key(document), stem, inputs, outcome, outputs)
        with contextlib.suppress(UnicodeEncodeError, OSError):  # then it is made again in the next run
            line = b"\n" + msgspec.json.encode(entry)  # the line break comes first: the line before may be incomplete
            with self._path.open("ab") as file:
                file.write(line)

    def key(self, document: Document) -> str:
        """Return a digest of the document, the settings and the version of exporter."""
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
            continue  # an interrupted run, or another version, wrote it
        found[entry.label] = entry
    return found


def _settings_key(request: BuildRequest) -> bytes:
    """Return everything beside the source that decides the result: settings, the files they name, the version."""
    files = [FileStamp.of(name) for name in _list_named_files(msgspec.to_builtins(request.config))]
    config = msgspec.structs.replace(request.config, cache=CacheSettings(), jobs=0)  # these change no result
    return repr((__version__, request.exporters, config, files)).encode("utf-8", "backslashreplace")


def _list_named_files(tree: object) -> Iterable[str]:
    """Yield every setting that names an existing file."""
    if isinstance(tree, Mapping):
        tree = tuple(tree.values())
    if isinstance(tree, tuple | list):
        for value in tree:
            yield from _list_named_files(value)
    elif isinstance(tree, str) and tree and Path(tree).is_file():
        yield tree
