"""The manifest of a folder in object storage, in a copy on this machine that one run works with.

Objects cannot be appended to. So a run puts what it adds to the manifest there every few seconds, in objects of their
own that are written once: they have the names and the form of the files of shards (`manifest`), and the next
whole run moves them into the manifest. That is replaced only as the version that was read; whoever is late leaves it
alone. So runs at the same time lose nothing, and a folder that is copied to a machine is one like any other.
"""

from __future__ import annotations

import secrets
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import msgspec

from exporter.concurrency import share_work
from exporter.manifest.manifest import FILE_NAME, SHARDS_PATH, Manifest
from exporter.output_folder.object_store import ObjectFolder
from exporter.pipeline import BuildRequest

UPLOAD_SECONDS = 5.0
"""So many seconds of work are made again after a run was killed; chosen: an hour makes 720 objects at most."""

_READERS = 16
"""Objects that are read at the same time: a request takes some 30 ms, most of it waiting."""


class ManifestCopy(Manifest):
    """The copy of the manifest at the address of a request, in a temporary `folder`; all methods raise `OutputError`.

    What earlier runs added is moved into the manifest there first, but not by a shard, which others accompany.
    """

    def __init__(self, request: BuildRequest, shard: str = "") -> None:
        self._objects = objects = ObjectFolder(request.address, request.config.input.timeout)
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="exporter-")))

            def fetch(key: str) -> None:
                objects.fetch(key, folder / key)

            # Whoever moves them meanwhile replaces the manifest first and removes them then: so they are read first.
            added = [key for key, _ in objects.list_states(SHARDS_PATH)]
            (folder / SHARDS_PATH).mkdir(parents=True)
            share_work(added, [fetch] * _READERS)
            version = objects.fetch(FILE_NAME, folder / FILE_NAME)
            super().__init__(msgspec.structs.replace(request, folder=str(folder)), shard)
            is_moved = not shard and added and not any((folder / SHARDS_PATH).iterdir())
            if is_moved and objects.replace(FILE_NAME, folder / FILE_NAME, version):
                objects.remove(added)
            self._end = self._measure()  # of what has been put there, in the journal
            self._next_upload = time.monotonic() + UPLOAD_SECONDS
            self._exit = stack.pop_all()

    def flush(self) -> None:
        """Put there what was added, if that is due."""
        if time.monotonic() >= self._next_upload:
            self._upload()
            self._next_upload = time.monotonic() + UPLOAD_SECONDS

    def close(self) -> None:
        """Put there what was added last, and remove the copy."""
        with self._exit:
            self._upload()

    def _upload(self) -> None:
        if self._measure() == self._end:
            return
        with self._journal.path.open("rb") as file:
            file.seek(self._end)
            lines = file.read()
        key = f"{SHARDS_PATH}/{time.time_ns():020}-{secrets.token_hex(4)}.jsonl"  # in the order of time
        self._objects.create(key, lines)
        self._end += len(lines)

    def _measure(self) -> int:
        return self._journal.path.stat().st_size if self._journal.path.exists() else 0
