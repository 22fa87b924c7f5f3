"""The index of a manifest: finds its entries by label, content, address and file, and the ID and time of each work.

The entries themselves stay in the file: a million of them take 100 MB here, and a few microseconds to read one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Hashable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path, PurePath
from uuid import NAMESPACE_URL, uuid4, uuid5

import msgspec

from exporter.manifest.line_journal import LineJournal
from exporter.manifest.manifest_entries import EntryKeys, ManifestEntry, decode_entry, decode_keys
from exporter.manifest.offset_table import OffsetTable
from exporter.output_folder.source_labels import is_source_gone

_SECOND = timedelta(seconds=1)
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"

_KINDS = _LABEL, _ID, _CONTENT, _ADDRESS, _FILE, _BOUND = range(6)
"""The kinds of texts in the table: the last is the key of a bound edition."""


class EntryIndex:
    """The entries of the manifest of a folder, in the lines of `journal`, or held in memory (those of shards).

    The newest entry with a label counts, unless a newer one with its ID has another label: its source was moved.
    `owners` are the labels by stem of the entries of earlier versions, which made no markers (`stem_claims`).
    """

    def __init__(self, folder: Path, journal: LineJournal) -> None:
        self._folder = folder
        self._journal = journal
        self._table = OffsetTable(len(_KINDS))
        self._held: list[ManifestEntry] = []  # the place of the first is -1
        self._latest = datetime.fromtimestamp(0, UTC)
        self.owners: dict[str, str] = {}
        self.lines, self.labels = 0, 0

    def read_first(self) -> list[ManifestEntry]:
        """Read all lines of the journal, and count `lines` and `labels`; returns the entries of earlier versions.

        A line that is not an entry is left out.
        """
        add, latest = self._table.add_first, ""
        old: list[ManifestEntry] = []
        for place, line in self._journal.read_new():
            self.lines += 1
            keys = decode_keys(line)
            if keys is None:
                continue
            if keys.id:
                add(_hash_keys(keys), place)
                if keys.added > latest:  # noqa: PLR1730  max() is a call for each of a million lines
                    latest = keys.added
            elif entry := decode_entry(line, self._folder):
                old.append(entry)
                self.owners[entry.stem] = entry.label
                self._held.append(entry)
                add(_hash_keys(EntryKeys.of(entry)), -len(self._held))
        self.labels = self._table.count_first(_LABEL)
        self._note_time(latest)
        return old

    def read_new(self) -> None:
        """Read the lines that other processes have added since; all again if one of them has rewritten the journal."""
        if self._journal.was_rewritten():
            self._table, held, self._held = OffsetTable(len(_KINDS)), self._held, []
            self.read_first()
            for entry in held:
                self.hold(entry)
        for place, line in self._journal.read_new():
            if (keys := decode_keys(line)) and keys.id:
                self._add(keys, place)

    def add(self, entry: ManifestEntry, place: int) -> None:
        """Add the entry of the line at a place."""
        self._add(EntryKeys.of(entry), place)

    def hold(self, entry: ManifestEntry) -> None:
        """Add an entry that is in no line of the journal."""
        self._held.append(entry)
        self._add(EntryKeys.of(entry), -len(self._held))

    def find(self, label: str) -> ManifestEntry | None:
        """Return the entry with a label; None if there is none."""
        for place in self._table.find(_LABEL, label)[:1]:
            entry = self._load(place)
            if entry and entry.label == label and self._is_newest(entry, place):
                return entry
        return None

    def find_by_content(self, content: str) -> list[ManifestEntry]:
        """Return the entries with a digest of bytes, the newest first."""
        return [entry for entry in self._load_all(_CONTENT, content) if entry.content == content]

    def find_by_address(self, address: str) -> ManifestEntry | None:
        """Return the newest entry with a URL."""
        return next((entry for entry in self._load_all(_ADDRESS, address) if entry.address == address), None)

    def find_bound(self, key: str) -> list[ManifestEntry]:
        """Return the entries of bound editions with a key, the newest first."""
        return [entry for entry in self._load_all(_BOUND, key) if entry.key == key]

    def find_by_file(self, name: str, size: int) -> list[ManifestEntry]:
        """Return the entries of sources whose file has a name, wherever it lies, and a size in bytes."""
        return [
            entry
            for entry in self._load_all(_FILE, (name, size))
            if (stamp := entry.source_stamp)
            and (PurePath(stamp.path).name, stamp.size) == (name, size)
            and self.find(entry.label) == entry
        ]

    def list_entries(self) -> Iterator[ManifestEntry]:
        """Yield all entries that count, in the order in which they were added; one at a time is in memory."""
        journal = LineJournal(self._journal.path, self._journal.path)
        lines = ((place, decode_keys(line)) for place, line in journal.read_new())
        held = ((-number, EntryKeys.of(entry)) for number, entry in enumerate(self._held, 1))
        places = [
            (keys.added, place)
            for place, keys in chain(held, lines)
            if keys and (keys.id or place < 0) and self._is_newest(keys, place)
        ]
        places.sort(key=lambda pair: pair[0])
        yield from filter(None, (self._load(place) for _, place in places))

    def take_over(self, entries: Iterable[ManifestEntry]) -> list[ManifestEntry]:
        """Add the entries of shards, which did not see each other's; returns them, with IDs and times of their own."""
        taken = []
        for entry in sorted(entries, key=lambda entry: entry.added):
            known = self.find(entry.label)
            owner = self._find_owner(entry.id) or entry.label
            if owner != entry.label and not is_source_gone(owner, self._folder):
                fresh = msgspec.structs.replace(entry, id="", added="")
            elif known and known.id == entry.id:
                fresh = msgspec.structs.replace(entry, added=known.added)
            else:
                added = max(datetime.fromisoformat(entry.added), self._latest + _SECOND)
                fresh = msgspec.structs.replace(entry, added=added.strftime(_TIME_FORMAT))
            taken.append(fresh if fresh.id else self.identify(fresh, None))
            self.hold(taken[-1])
        return taken

    def identify(self, entry: ManifestEntry, earlier: ManifestEntry | None) -> ManifestEntry:
        """Return an entry with its ID and its time: those of the earlier entry of the same work, or new ones.

        Times rise strictly, so that the order of works is certain.
        """
        if earlier is not None and earlier.id:
            same = msgspec.structs.replace(entry, id=earlier.id, added=earlier.added)
            return _carry_files(same, earlier) if (same.key, same.stem) == (earlier.key, earlier.stem) else same
        names = filter(None, (entry.address, entry.label, f"{entry.label}#{entry.stem}"))
        urns = (str(uuid5(NAMESPACE_URL, name.encode("utf-8", "replace").decode())) for name in names)
        identifier = next((urn for urn in urns if self._find_owner(urn) in ("", entry.label)), str(uuid4()))
        added = max(datetime.now(UTC).replace(microsecond=0), self._latest + _SECOND)
        return msgspec.structs.replace(entry, id=identifier, added=added.strftime(_TIME_FORMAT))

    def _add(self, keys: EntryKeys, place: int) -> None:
        self._table.add(_hash_keys(keys), place)
        self._note_time(keys.added)

    def _note_time(self, added: str) -> None:
        with contextlib.suppress(ValueError):
            self._latest = max(self._latest, datetime.fromisoformat(added))

    def _load(self, place: int) -> ManifestEntry | None:
        return self._held[-place - 1] if place < 0 else decode_entry(self._journal.read_at(place), self._folder)

    def _load_all(self, kind: int, text: Hashable) -> Iterator[ManifestEntry]:
        return filter(None, map(self._load, self._table.find(kind, text)))

    def _is_newest(self, entry: ManifestEntry | EntryKeys, place: int) -> bool:
        """Whether no newer entry has its label, and none has its ID."""
        places = [self._table.find(_LABEL, entry.label)]
        if entry.id:
            places.append(self._table.find(_ID, entry.id))
        return all(found[:1] == [place] for found in places)

    def _find_owner(self, identifier: str) -> str:
        """Return the label of the entry with an ID; empty if there is none."""
        found = self._load_all(_ID, identifier)
        return next((entry.label for entry in found if entry.id == identifier), "")


def _hash_keys(keys: EntryKeys) -> tuple[int, ...]:
    """Return the hashes of what an entry is found by, in the order of the kinds."""
    label, stamp, facts = keys.label, keys.source_stamp, keys.facts
    return (
        hash(label),
        hash(keys.id),
        hash(keys.content),
        hash(facts.address if facts else ""),
        hash((stamp.path.rpartition("/")[2], stamp.size)) if stamp else 0,
        hash(keys.key) if label.startswith("bound:") else 0,
    )


def _carry_files(entry: ManifestEntry, earlier: ManifestEntry) -> ManifestEntry:
    """Return an entry with the files of an earlier one of the same document that were not made again."""
    made = {stamp.path for stamp in entry.outputs}
    others = tuple(stamp for stamp in (*earlier.outputs, *earlier.others) if stamp.path not in made)
    facts = entry.facts
    if others and facts and earlier.facts and not facts.seconds:
        sound = {name: getattr(earlier.facts, name) for name in ("seconds", "narrators", "chapters")}
        facts = msgspec.structs.replace(facts, **sound)
    return msgspec.structs.replace(entry, others=others, facts=facts)
