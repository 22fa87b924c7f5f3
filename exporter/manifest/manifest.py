"""The manifest of an output folder: its works, their files, facts and IDs, so that a second run makes only the rest.

It is a file of JSON lines; the last line about a source counts. A line is added when a source is finished, so an
interrupted run loses nothing. An entry is current while its source, the settings, the version of exporter, the other
input files and the output files are all unchanged. All paths are relative to the folder, so it can be copied and moved.

Shards of one batch (`shards`), perhaps on many machines, each add their lines to a file of their own, which
the next whole run moves into the manifest.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path, PurePath

import msgspec

from exporter import __version__
from exporter.config import CacheSettings, PublishSettings, RunnerSettings, ServeSettings
from exporter.document import Document
from exporter.manifest.line_journal import LineJournal
from exporter.manifest.manifest_entries import ManifestEntry, decode_entry, digest_document
from exporter.manifest.manifest_index import EntryIndex
from exporter.output_folder.file_stamps import FileStamp
from exporter.output_folder.own_files import note_files
from exporter.output_folder.source_labels import is_source_gone
from exporter.output_folder.stem_claims import STATE_FOLDER, claim_free_stem
from exporter.pipeline import BuildRequest, Outcome

FILE_NAME = ".exporter.jsonl"

SHARDS_PATH = f"{STATE_FOLDER}/shards"
"""The folder of what shards add, within an output folder."""

_MIN_COMPACT_LINES = 1000
"""A manifest of fewer lines is not compacted; chosen: it is read in a few milliseconds."""


class Manifest:
    """The entries of one folder, for a batch that writes into it."""

    def __init__(self, request: BuildRequest, shard: str = "") -> None:
        self.folder = request.output_folder
        self.place = request.open_place()
        self.settings = _settings_key(request)
        self._journal = _open_journal(self.folder)
        self._index = EntryIndex(self.place.sources, self._journal)
        self._used: set[str] = set()
        self._predecessors: dict[str, ManifestEntry] = {}
        if old := self._index.read_first():  # a version that did not yet note which files it made
            with contextlib.suppress(OSError):
                note_files(self.folder, [os.fsencode(stamp.path) for entry in old for stamp in entry.outputs])
        if self._index.lines:
            self.place.remember_states()
        self._is_shard = bool(shard)
        if shard:
            self._index.take_over(_read_shards(self.folder))
            self._journal = _open_shard(self.folder, shard)
            return
        self._merge_shards()
        if self._index.lines > max(_MIN_COMPACT_LINES, 2 * self._index.labels):
            self._compact()

    def find_unread(self, label: str, stamp: FileStamp, name: str) -> Outcome | None:
        """Return the outcome of an earlier run for a file that still has this stamp, so that it need not be read."""
        entry = self._index.find(label)
        if entry is None or entry.source_stamp != stamp or not entry.is_current(self.settings, self.place):
            return None
        return self._keep(entry, label, name)

    def find_known(self, label: str, stamp: FileStamp | None, document: Document | None) -> tuple[ManifestEntry, ...]:
        """Return the entries that may be those of a source: by its label, or of a file that was moved.

        What was moved is recognised by its bytes, or, if it is not opened, by the name and size of its file. Of a part
        of a web archive, they are those of all its pages.
        """
        entry = self._index.find(label)
        if entry is None and document is not None:
            entry = self._find_moved(blake2b(document.data, digest_size=16).hexdigest())
        if entry or document:
            return (entry,) if entry else ()
        same_files = self._index.find_by_file(PurePath(label).name, stamp.size) if stamp else ()
        return tuple(entry for entry in same_files if entry.source_stamp == stamp or self._is_left(entry))

    def find_current(self, label: str, document: Document) -> ManifestEntry | None:
        """Return the entry of a document if it is current, else None; nothing is noted."""
        entry = self._index.find(label)
        if entry is None or entry.key != digest_document(document) or not entry.is_current(self.settings, self.place):
            return None
        return entry

    def claim(self, label: str, stem: str, address: str = "", content: str = "") -> str:
        """Return the file stem of a source: the one it had if that still fits its title, else a free one.

        A source with the same address (URL) and stem as an earlier one is that, and takes its place. Raises `OSError`.
        """
        entry = self._index.find(label) or self._find_by_address(address, stem) or self._find_moved(content)
        if entry is not None:
            self._predecessors[label] = entry
            self._used.add(entry.label)
        self._used.add(label)
        if entry is not None and entry.has_stem_of(stem):
            return entry.stem
        return claim_free_stem(self.place.claim_stem, stem, label, self._index.owners)

    def add(self, entries: Sequence[ManifestEntry]) -> None:
        """Add the entries of finished sources, each with the ID and the time of the earlier one of the same work."""
        if not entries:
            return
        with contextlib.suppress(OSError), self._journal.lock():
            self._index.read_new()
            for entry in entries:
                earlier = self._index.find(entry.label) or self._predecessors.get(entry.label)
                identity = self._index.identify(entry, earlier)
                with contextlib.suppress(UnicodeEncodeError):  # a name that is not Unicode is made again each time
                    place = self._journal.append(msgspec.json.encode(identity))
                    if self._is_shard:
                        self._index.hold(identity)
                    else:
                        self._index.add(identity, place)

    def keep(self, entry: ManifestEntry) -> None:
        """Note that an entry is that of a source which was read, and perhaps moved, since it was made."""
        earlier = self._index.find(entry.label)
        if earlier != entry:
            moved = (known for known in self._index.find_by_content(entry.content) if known.id == entry.id)
            self._predecessors[entry.label] = earlier or next(moved, entry)
            self.add([entry])
        self._used.add(entry.label)

    def flush(self) -> None:
        """Do nothing: what was added is where it belongs."""

    def close(self) -> None:
        """Do nothing, as `flush`."""

    def find_bound(self, key: str) -> Outcome | None:
        """Return the outcome of an earlier run that bound the same documents (`key` is their digest), or None."""
        entries = self._index.find_bound(key)
        entry = next((entry for entry in entries if entry.is_current(self.settings, self.place)), None)
        return self._keep(entry, entry.label, entry.facts.title if entry.facts else entry.stem) if entry else None

    def _keep(self, entry: ManifestEntry, label: str, source: str) -> Outcome:
        self._used |= {entry.label, label}
        return entry.restore_outcome(source, self.place)

    def _find_moved(self, content: str) -> ManifestEntry | None:
        """Return the entry of a source with the same bytes that is no longer where it was."""
        entries = self._index.find_by_content(content) if content else ()
        return next((entry for entry in entries if self._is_left(entry)), None)

    def _is_left(self, entry: ManifestEntry) -> bool:
        return entry.label not in self._used and is_source_gone(entry.label, self.place.sources)

    def _find_by_address(self, address: str, stem: str) -> ManifestEntry | None:
        entry = self._index.find_by_address(address) if address else None
        if entry is None or entry.label in self._used:
            return None
        if self._is_shard and not is_source_gone(entry.label, self.place.sources):
            return None  # it is a source of its own, perhaps of another shard
        return entry if entry.has_stem_of(stem) else None

    def _merge_shards(self) -> None:
        """Move what shards noted in files of their own into the manifest."""
        with contextlib.suppress(OSError):
            if not any(_list_shards(self.folder)):
                return
            with self._journal.lock():
                paths = _list_shards(self.folder)
                self._index.read_new()
                for entry in self._index.take_over(_read_shards(self.folder)):
                    self._journal.append(msgspec.json.encode(entry))
                for path in paths:
                    path.unlink()
                self._open_again()

    def _compact(self) -> None:
        """Rewrite the manifest without the lines that no longer count."""
        with contextlib.suppress(Exception), self._journal.lock() as is_safe:
            if is_safe:
                self._index.read_new()
                self._journal.rewrite(map(msgspec.json.encode, self._index.list_entries()))
                self._open_again()

    def _open_again(self) -> None:
        """Read the manifest anew, so that what is in its lines is not held in memory too."""
        self._journal = _open_journal(self.folder)
        self._index = EntryIndex(self.place.sources, self._journal)
        self._index.read_first()


def read_manifest(folder: Path) -> Iterator[ManifestEntry]:
    """Yield the entries of a folder, in the order in which they were added; none if it has no manifest."""
    index = EntryIndex(folder, _open_journal(folder))
    index.read_first()
    index.take_over(_read_shards(folder))
    return index.list_entries()


def add_entries(folder: Path, entries: Sequence[ManifestEntry]) -> None:
    """Add entries to the manifest of a folder, in the place of those with the same labels; raises `OSError`."""
    journal = _open_journal(folder)
    with journal.lock():
        for entry in entries:
            journal.append(msgspec.json.encode(entry))


def _list_shards(folder: Path) -> list[Path]:
    return sorted((folder / SHARDS_PATH).glob("*.jsonl"))


def _read_shards(folder: Path) -> list[ManifestEntry]:
    """Read what shards noted that is not yet in the manifest; the last line about a source in each file counts."""
    found: list[ManifestEntry] = []
    for path in _list_shards(folder):
        lines = LineJournal(path, path).read_new()
        latest = {entry.label: entry for _, line in lines if (entry := decode_entry(line, folder)) and entry.added}
        found.extend(latest.values())
    return found


def _open_shard(folder: Path, name: str) -> LineJournal:
    """Open the file of a shard, which it alone writes; the manifest itself exists from now on, perhaps empty."""
    path = folder / SHARDS_PATH / f"{name}.jsonl"
    with contextlib.suppress(OSError):  # an output folder that cannot be written is reported for each source
        path.parent.mkdir(parents=True, exist_ok=True)
        (folder / FILE_NAME).touch()
    return LineJournal(path, folder / STATE_FOLDER / "lock")


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
