"""The manifest of an output folder: its works, their files, facts and IDs, so that a second run makes only the rest.

It is a file of JSON lines; the last line about a source counts. A line is added when a source is finished, so an
interrupted run loses nothing. An entry is current while its source, the settings, the version of exporter, the other
input files and the output files are all unchanged. All paths are relative to the folder, so it can be copied and moved.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from pathlib import Path, PurePath
from uuid import NAMESPACE_URL, uuid4, uuid5

import msgspec

from exporter import __version__
from exporter.config import CacheSettings, PublishSettings, RunnerSettings, ServeSettings
from exporter.document import Document
from exporter.file_stamps import FileStamp
from exporter.line_journal import LineJournal
from exporter.manifest_entries import ManifestEntry, decode_entry, digest_document
from exporter.own_files import note_files
from exporter.pipeline import BuildRequest, Outcome
from exporter.source_labels import is_source_gone
from exporter.stem_claims import STATE_FOLDER, claim_stem, is_reserved, list_stems

FILE_NAME = ".exporter.jsonl"

_MIN_COMPACT_LINES = 1000
"""A manifest of fewer lines is not compacted; chosen: it is read in a few milliseconds."""

_SECOND = timedelta(seconds=1)


class Manifest:
    """The entries of one folder, for a batch that writes into it."""

    def __init__(self, request: BuildRequest) -> None:
        self.folder = request.output_folder
        self.settings = _settings_key(request)
        self._journal = _open_journal(self.folder)
        self._index = _EntryIndex(self.folder)
        self._used: set[str] = set()
        self._predecessors: dict[str, ManifestEntry] = {}
        lines = self._journal.read_new()
        old = [entry for entry in self._index.add_lines(lines) if not entry.id]
        if old:  # a version that did not yet note which files it made
            with contextlib.suppress(OSError):
                note_files(self.folder, [os.fsencode(stamp.path) for entry in old for stamp in entry.outputs])
        if len(lines) > max(_MIN_COMPACT_LINES, 2 * len(self._index.by_label)):
            self._compact()

    def find_unread(self, label: str, stamp: FileStamp, name: str) -> Outcome | None:
        """Return the outcome of an earlier run for a file that still has this stamp, so that it need not be read."""
        entry = self._index.by_label.get(label)
        if entry is None or entry.source_stamp != stamp or not entry.is_current(self.settings, self.folder):
            return None
        return self._keep(entry, label, name)

    def find_known(self, label: str, stamp: FileStamp | None, content: str = "") -> tuple[ManifestEntry, ...]:
        """Return the entries that may be those of a source: by its label, or of a file that was moved.

        A moved file is recognised by its name and size, or by the digest of its bytes if that is known.
        """
        entry = self._index.by_label.get(label)
        if entry:
            return (entry,)
        if content:
            moved = self._find_moved(content)
            return (moved,) if moved else ()
        moved_here = self._left_files.get((PurePath(label).name, stamp.size), ()) if stamp else ()
        return tuple(entry for entry in moved_here if entry.label not in self._used)

    def list_current_files(self, label: str, document: Document) -> tuple[str, ...]:
        """Return the names of the files of a document if they are current, else none; nothing is noted."""
        entry = self._index.by_label.get(label)
        if entry is None or entry.key != digest_document(document) or not entry.is_current(self.settings, self.folder):
            return ()
        return tuple(stamp.path for stamp in entry.outputs)

    def claim(self, label: str, stem: str, address: str = "", content: str = "") -> str:
        """Return the file stem of a source: the one it had if that still fits its title, else a free one.

        A source with the same address (URL) and stem as an earlier one is that, and takes its place. Raises `OSError`.
        """
        entry = self._index.by_label.get(label) or self._find_by_address(address, stem) or self._find_moved(content)
        if entry is not None:
            self._predecessors[label] = entry
            self._used.add(entry.label)
        self._used.add(label)
        if entry is not None and (entry.stem == stem or entry.stem.rpartition("-")[0] == stem):
            return entry.stem
        self.folder.mkdir(parents=True, exist_ok=True)
        owners = self._index.owners
        stems = (name for name in list_stems(stem, label) if not is_reserved(name))
        free = (name for name in stems if owners.get(name, label) == label)
        return next(name for name in free if claim_stem(self.folder, name, label))

    def add(self, entries: Sequence[ManifestEntry]) -> None:
        """Add the entries of finished sources, each with the ID and the time of the earlier one of the same work."""
        if not entries:
            return
        with contextlib.suppress(UnicodeEncodeError, OSError), self._journal.lock():
            self._index.add_lines(self._journal.read_new())
            lines = []
            for entry in entries:
                earlier = self._index.by_label.get(entry.label) or self._predecessors.get(entry.label)
                identity = self._index.identify(entry, earlier)
                lines.append(msgspec.json.encode(identity))
                self._index.add(identity)
            self._journal.append(lines)

    def keep(self, entry: ManifestEntry) -> None:
        """Note that an entry is that of a source which was read, and perhaps moved, since it was made."""
        earlier = self._index.by_label.get(entry.label)
        if earlier != entry:
            moved = (known for known in self._index.by_content.get(entry.content, ()) if known.id == entry.id)
            self._predecessors[entry.label] = earlier or next(moved, entry)
            self.add([entry])
        self._used.add(entry.label)

    def find_bound(self, key: str) -> Outcome | None:
        """Return the outcome of an earlier run that bound the same documents (`key` is their digest), or None."""
        entries = self._index.by_key.get(key, ())
        entry = next((entry for entry in entries if entry.is_current(self.settings, self.folder)), None)
        return self._keep(entry, entry.label, entry.facts.title if entry.facts else entry.stem) if entry else None

    def _keep(self, entry: ManifestEntry, label: str, source: str) -> Outcome:
        self._used |= {entry.label, label}
        return entry.restore_outcome(source, self.folder)

    @cached_property
    def _left_files(self) -> dict[tuple[str, int], list[ManifestEntry]]:
        """The entries whose files are no longer where they were, by the name and size of those."""
        found: dict[tuple[str, int], list[ManifestEntry]] = {}
        for entry in self._index.by_label.values():
            if (stamp := entry.source_stamp) and self._is_left(entry):
                found.setdefault((PurePath(entry.label).name, stamp.size), []).append(entry)
        return found

    def _find_moved(self, content: str) -> ManifestEntry | None:
        """Return the entry of a source with the same bytes that is no longer where it was."""
        entries = self._index.by_content.get(content, ())
        return next((entry for entry in entries if self._is_left(entry)), None)

    def _is_left(self, entry: ManifestEntry) -> bool:
        return entry.label not in self._used and is_source_gone(entry.label, self.folder)

    def _find_by_address(self, address: str, stem: str) -> ManifestEntry | None:
        entry = self._index.by_address.get(address) if address else None
        if entry is None or entry.label in self._used:
            return None
        return entry if entry.stem == stem or entry.stem.rpartition("-")[0] == stem else None

    def _compact(self) -> None:
        """Rewrite the manifest without the lines that no longer count."""
        with contextlib.suppress(Exception), self._journal.lock() as is_safe:
            if is_safe:
                self._index.add_lines(self._journal.read_new())
                self._journal.rewrite(map(msgspec.json.encode, self._index.by_label.values()))


class _EntryIndex:
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
        return msgspec.structs.replace(entry, id=identifier, added=added.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _carry_files(entry: ManifestEntry, earlier: ManifestEntry) -> ManifestEntry:
    """Return an entry with the files of an earlier one of the same document that were not made again."""
    made = {stamp.path for stamp in entry.outputs}
    others = tuple(stamp for stamp in (*earlier.outputs, *earlier.others) if stamp.path not in made)
    facts = entry.facts
    if others and facts and earlier.facts and not facts.seconds:
        sound = {name: getattr(earlier.facts, name) for name in ("seconds", "narrators", "chapters")}
        facts = msgspec.structs.replace(facts, **sound)
    return msgspec.structs.replace(entry, others=others, facts=facts)


def read_manifest(folder: Path) -> tuple[ManifestEntry, ...]:
    """Return the entries of a folder, in the order in which they were added; empty if it has no manifest."""
    index = _EntryIndex(folder)
    index.add_lines(_open_journal(folder).read_new())
    return tuple(sorted(index.by_label.values(), key=lambda entry: entry.added))


def _open_journal(folder: Path) -> LineJournal:
    return LineJournal(folder / FILE_NAME, folder / STATE_FOLDER / "lock")


def _settings_key(request: BuildRequest) -> str:
    """Return a digest of all beside the sources that decides the result: settings, the files they name, the version."""
    files = [
        FileStamp.of(Path(), name, with_digest=True) for name in _list_named_files(msgspec.to_builtins(request.config))
    ]
    contents = [(stamp.size, stamp.digest) for stamp in files]
    choosing = {"since": "", "limit": 0, "unread": False, "tags": ()}
    changing = msgspec.structs.replace(
        request.config,
        input=msgspec.structs.replace(request.config.input, **choosing),
        cache=CacheSettings(),
        publish=PublishSettings(),
        serve=ServeSettings(),
        runner=RunnerSettings(),
        jobs=0,
    )  # these change no result
    state = repr((__version__, request.exporters, changing, contents)).encode("utf-8", "backslashreplace")
    return blake2b(state, digest_size=16).hexdigest()


def _list_named_files(tree: object) -> Iterable[str]:
    """Yield every setting that names an existing file."""
    if isinstance(tree, Mapping):
        tree = tuple(tree.values())
    if isinstance(tree, tuple | list):
        for value in tree:
            yield from _list_named_files(value)
    elif isinstance(tree, str) and tree and Path(tree).is_file():
        yield tree
