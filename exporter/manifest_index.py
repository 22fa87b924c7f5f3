"""The index of a manifest: its entries by label, content, address and stem, and the ID and time of each work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid4, uuid5

import msgspec

from exporter.manifest_entries import ManifestEntry, decode_entry
from exporter.source_labels import is_source_gone

_SECOND = timedelta(seconds=1)
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class EntryIndex:
    """The entries of a manifest by label, content, address and stem."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.by_label: dict[str, ManifestEntry] = {}
        self.by_key: dict[str, list[ManifestEntry]] = {}
        self.by_content: dict[str, list[ManifestEntry]] = {}
        self.by_address: dict[str, ManifestEntry] = {}
        self.owners: dict[str, str] = {}
        self._labels: dict[str, str] = {}  # by ID
        self._latest = datetime.fromtimestamp(0, UTC)

    def add_lines(self, lines: Iterable[bytes]) -> list[ManifestEntry]:
        """Add the entries of some lines, and return them; a line that is not an entry is left out."""
        entries = [entry for line in lines if (entry := decode_entry(line, self._folder))]
        for entry in entries:
            self.add(entry)
        return entries

    def add(self, entry: ManifestEntry) -> None:
        """Add an entry: it takes the place of that with its label, and of that with its ID."""
        former = self._labels.get(entry.id, entry.label) if entry.id else entry.label
        if former != entry.label:
            self.by_label.pop(former, None)
        self.by_label[entry.label] = entry
        self.by_key.setdefault(entry.key, []).insert(0, entry)
        if entry.content:
            self.by_content.setdefault(entry.content, []).insert(0, entry)
        self.owners[entry.stem] = entry.label
        if entry.id:
            self._labels[entry.id] = entry.label
        if entry.address:
            self.by_address[entry.address] = entry
        if entry.added:
            with contextlib.suppress(ValueError):
                self._latest = max(self._latest, datetime.fromisoformat(entry.added))

    def take_over(self, entries: Iterable[ManifestEntry]) -> list[ManifestEntry]:
        """Add the entries of shards, which did not see each other's; returns them, with IDs and times of their own."""
        taken = []
        for entry in sorted(entries, key=lambda entry: entry.added):
            known = self.by_label.get(entry.label)
            owner = self._labels.get(entry.id, entry.label)
            if owner != entry.label and not is_source_gone(owner, self._folder):
                fresh = msgspec.structs.replace(entry, id="", added="")
            elif known and known.id == entry.id:
                fresh = msgspec.structs.replace(entry, added=known.added)
            else:
                added = max(datetime.fromisoformat(entry.added), self._latest + _SECOND)
                fresh = msgspec.structs.replace(entry, added=added.strftime(_TIME_FORMAT))
            taken.append(fresh if fresh.id else self.identify(fresh, None))
            self.add(taken[-1])
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
        identifier = next((urn for urn in urns if self._labels.get(urn, entry.label) == entry.label), str(uuid4()))
        added = max(datetime.now(UTC).replace(microsecond=0), self._latest + _SECOND)
        return msgspec.structs.replace(entry, id=identifier, added=added.strftime(_TIME_FORMAT))


def _carry_files(entry: ManifestEntry, earlier: ManifestEntry) -> ManifestEntry:
    """Return an entry with the files of an earlier one of the same document that were not made again."""
    made = {stamp.path for stamp in entry.outputs}
    others = tuple(stamp for stamp in (*earlier.outputs, *earlier.others) if stamp.path not in made)
    facts = entry.facts
    if others and facts and earlier.facts and not facts.seconds:
        sound = {name: getattr(earlier.facts, name) for name in ("seconds", "narrators", "chapters")}
        facts = msgspec.structs.replace(facts, **sound)
    return msgspec.structs.replace(entry, others=others, facts=facts)
