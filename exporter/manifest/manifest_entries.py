"""The entries of a manifest, as they are written and as they are read: also those of earlier versions."""

from __future__ import annotations

import os
import re
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import Literal

import msgspec

from exporter.document import Document
from exporter.facts import Facts
from exporter.output_folder.file_stamps import FileStamp
from exporter.output_folder.output_places import OutputPlace
from exporter.output_folder.source_labels import label_name
from exporter.pipeline import Outcome

_UNSAFE_STEM = re.compile(r"(?:^|/)(?:[./]|$)|[\\\0]|^[A-Za-z]:")
"""What no stem has: a part that is empty or hidden (so no step upwards), a separator or a drive of Windows."""

_OUTSIDE = re.compile(r"^/|(?:^|/)\.\.(?:/|$)|[\\\0]|^[A-Za-z]:", re.MULTILINE)
"""What leads out of a folder, in paths on lines: a root, a step upwards, a separator or a drive of Windows."""


EntryKind = Literal["article", "bound", "digest"]


class ManifestEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finished source: its `label` (`exporter.output_folder.source_labels`), what it was made from, and its files.

    `key` is the digest of its document, `content` that of its bytes alone, `settings` that of all else that decides the
    result. `stem` is that of its files, with the folders they lie in. `others` are files that earlier runs made of the
    same document, and this one did not. `source_stamp` is the state of its file, None for all other sources. `id` is a
    UUID for life, `added` the time (UTC, whole seconds) at which the work first came into the folder; no two entries
    have the same. Both are empty in the entries of earlier versions. `is_evicted` means that its files were removed to
    make room (`exporter.publishing.eviction`): it has none, and is made again only if its source changes.
    """

    label: str
    key: str
    stem: str
    inputs: tuple[FileStamp, ...]
    outcome: Outcome
    outputs: tuple[FileStamp, ...]
    settings: str = ""
    source_stamp: FileStamp | None = None
    id: str = ""
    added: str = ""
    facts: Facts | None = None
    others: tuple[FileStamp, ...] = ()
    content: str = ""
    is_evicted: bool = False

    @property
    def kind(self) -> EntryKind:
        """What it is made of: one source, several that were bound, or what was new in the folder."""
        start = self.label.partition(":")[0]
        return "bound" if start == "bound" else "digest" if start == "digest" else "article"

    @property
    def address(self) -> str:
        """The article's URL; empty if it has none."""
        return self.facts.address if self.facts else ""

    def has_stem_of(self, stem: str) -> bool:
        """Whether its files are called as a title suggests by a `stem`, perhaps with a digest behind it."""
        return stem in (self.stem, self.stem.rpartition("-")[0])

    def is_current(self, settings: str, place: OutputPlace) -> bool:
        """Whether the settings are those of this entry, and its files at a place and its inputs are unchanged.

        One that was evicted is always current.
        """
        if self.is_evicted:
            return True
        if self.settings != settings:
            return False
        are_inputs_same = all(stamp.is_unchanged(place.sources) for stamp in self.inputs)
        return are_inputs_same and all(map(place.is_unchanged, self.outputs))

    def restore_outcome(self, source: str, place: OutputPlace, kept: bool = True) -> Outcome:
        """Return the outcome that it notes; `source` is what the user calls its source."""
        written = tuple(place.name_file(stamp.path) for stamp in self.outputs)
        return msgspec.structs.replace(self.outcome, source=source, written=written, facts=self.facts, kept=kept)


def make_entry(folder: Path, outcome: Outcome, *, label: str, key: str, stem: str, settings: str) -> ManifestEntry:
    """Make the entry of a finished source, whose files and other inputs are in `folder`; it has no ID yet."""
    return ManifestEntry(
        label=label,
        key=key,
        settings=settings,
        stem=stem,
        inputs=tuple(FileStamp.of(folder, label_name(path, folder), with_digest=True) for path in outcome.inputs),
        outputs=tuple(FileStamp.of(folder, _relative(path, folder), with_digest=True) for path in outcome.written),
        outcome=msgspec.structs.replace(outcome, source="", written=(), inputs=(), facts=None),
        facts=outcome.facts,
    )


def digest_document(document: Document) -> str:
    """Return a digest of a document, wherever its file lies."""
    digest = blake2b(document.data, digest_size=16)
    name = PurePath(document.name).name
    for part in document.parts:
        digest.update(part.data)
    parts = tuple(msgspec.structs.replace(part, data=b"") for part in document.parts)
    rest = msgspec.structs.replace(
        document, data=b"", name=name, folder=None, notices=(), parts=parts, seconds_left=None
    )
    digest.update(repr(rest).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _relative(path: str, folder: Path) -> str:
    return PurePath(os.path.relpath(path, folder)).as_posix()


class _StampKeys(msgspec.Struct, frozen=True, array_like=True, gc=False):
    path: str
    size: int


class _FactsKeys(msgspec.Struct, frozen=True, gc=False):
    address: str = ""


class EntryKeys(msgspec.Struct, frozen=True, gc=False):
    """What an entry is found by; the rest of its line is not decoded, which takes a third of the time."""

    label: str
    key: str
    id: str = ""
    added: str = ""
    content: str = ""
    source_stamp: _StampKeys | None = None
    facts: _FactsKeys | None = None

    @classmethod
    def of(cls, entry: ManifestEntry) -> EntryKeys:
        """Return those of an entry."""
        stamp = entry.source_stamp
        file = _StampKeys(stamp.path, stamp.size) if stamp else None
        return cls(entry.label, entry.key, entry.id, entry.added, entry.content, file, _FactsKeys(entry.address))


_DECODER = msgspec.json.Decoder(ManifestEntry)
_KEYS_DECODER = msgspec.json.Decoder(EntryKeys)


def decode_keys(line: bytes) -> EntryKeys | None:
    """Decode what the entry of a line is found by; None for a line that is not an entry."""
    try:
        return _KEYS_DECODER.decode(line)
    except msgspec.DecodeError:
        return None


def decode_entry(line: bytes, folder: Path) -> ManifestEntry | None:
    """Decode a line of the manifest of `folder`.

    Returns None for a line that is not an entry (an interrupted run, or another program, wrote it), and for one whose
    files are not in the folder.
    """
    try:
        entry = _DECODER.decode(line)
    except msgspec.DecodeError:
        return None
    if _UNSAFE_STEM.search(entry.stem):
        return None
    if not entry.id:
        entry = _convert_old(entry, folder)
    paths = "\n".join([stamp.path for stamp in (*entry.outputs, *entry.others)])  # one search for all: it is faster
    return None if _OUTSIDE.search(paths) else entry


def _convert_old(entry: ManifestEntry, folder: Path) -> ManifestEntry:
    """Convert an entry of a version whose paths were as the user typed them; it is never current."""
    outputs = (msgspec.structs.replace(stamp, path=_shorten(stamp.path, entry.stem)) for stamp in entry.outputs)
    return msgspec.structs.replace(
        entry, label=label_name(entry.label, folder), settings="", inputs=(), outputs=tuple(outputs)
    )


def _shorten(path: str, stem: str) -> str:
    """Return the end of a typed path from the name that begins with the stem: a file, or the folder of its clips."""
    names = path.replace("\\", "/").split("/")
    begin = next((place for place, name in enumerate(names) if name.startswith(stem)), len(names) - 1)
    return "/".join(names[begin:])
