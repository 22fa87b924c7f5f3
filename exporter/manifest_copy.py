"""The manifest of a folder in object storage, in a copy on this machine that one run works with.

Objects cannot be appended to. So a run puts what it adds to the manifest there every few seconds, in objects of their
own that are written once: they have the names and the form of the files of shards (`exporter.manifest`), and the next
whole run moves them into the manifest. That is replaced only as the version that was read; whoever is late leaves it
alone. So runs at the same time lose nothing, and a folder that is copied to a machine is one like any other.
"""

from __future__ import annotations

import secrets
import tempfile
import time
from pathlib import Path

from exporter.concurrency import share_work
from exporter.manifest import FILE_NAME, SHARDS_PATH, Manifest
from exporter.object_store import ObjectFolder

UPLOAD_SECONDS = 5.0
"""So many seconds of work are made again after a run was killed; chosen: an hour makes 720 objects at most."""

_READERS = 16
"""Objects that are read at the same time: a request takes some 30 ms, most of it waiting."""


class ManifestCopy:
    """The copy of the manifest at an address, in the temporary `folder`. All methods raise `OutputError`."""

    def __init__(self, address: str, timeout_seconds: float) -> None:
        self._objects = objects = ObjectFolder(address, timeout_seconds)
        self._temporary = tempfile.TemporaryDirectory(prefix="exporter-")
        self.folder = Path(self._temporary.name)
        self._journal = self.folder / FILE_NAME
        self._end = 0  # of what has been put there, in the journal
        self._next_upload = 0.0
        # Whoever moves them meanwhile replaces the manifest first and removes them then: so they are read first.
        self._added = [key for key, _ in objects.list_states(SHARDS_PATH)]
        (self.folder / SHARDS_PATH).mkdir(parents=True)
        share_work(self._added, [self._fetch_added] * _READERS)
        self._version = objects.fetch(FILE_NAME, self._journal)

    def follow(self, manifest: Manifest, is_whole: bool) -> None:
        """Put there what will be added to a manifest that was read from the folder.

        With `is_whole` (not for a shard, which others accompany), the manifest that was read is put there first, with
        all that earlier runs added.
        """
        is_moved = bool(self._added) and not any((self.folder / SHARDS_PATH).iterdir())
        if is_whole and is_moved and self._objects.replace(FILE_NAME, self._journal, self._version):
            self._objects.remove(self._added)
        self._journal = manifest.journal_path
        self._end = self._journal.stat().st_size if self._journal.exists() else 0
        self._next_upload = time.monotonic() + UPLOAD_SECONDS

    def upload(self, is_last: bool = False) -> None:
        """Put there what was added, if that is due, or if it `is_last`."""
        if not is_last and time.monotonic() < self._next_upload:
            return
        self._next_upload = time.monotonic() + UPLOAD_SECONDS
        if not self._journal.exists():
            return
        with self._journal.open("rb") as file:
            file.seek(self._end)
            lines = file.read()
        if lines:
            key = f"{SHARDS_PATH}/{time.time_ns():020}-{secrets.token_hex(4)}.jsonl"  # in the order of time
            self._objects.create(key, lines)
            self._end += len(lines)

    def close(self) -> None:
        """Put there what was added last, and remove the copy."""
        with self._temporary:
            self.upload(is_last=True)

    def _fetch_added(self, key: str) -> None:
        self._objects.fetch(key, self.folder / key)
