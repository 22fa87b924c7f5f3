"""A content-addressed cache on disk: what was made from the same inputs in an earlier run is not made again.

An entry is a file, named by the hash of its inputs, in the folder of its kind: ``clips`` (`exporter.clip_cache`),
``paces`` (`exporter.speech_rate`), ``loudness`` and ``mp3`` (`exporter.mastering`), ``covers``
(`exporter.episode_file`), ``pages`` (`exporter.sources.http_client`), ``outputs`` (`own_files`). Its last
bytes hold its length, so that a file that a power cut has shortened is not taken for an entry.

The folder carries a marker (``CACHEDIR.TAG``, https://bford.info/cachedir/), which backup programs know too. A folder
without it that holds anything else is refused, and only files with the names of entries are ever removed: what a wrong
setting points at is safe.

An entry is written whole or not at all, and two writers of one key write the same bytes, so any number of processes may
share the folder. Reading an entry renews its time of last use; `trim` removes those that were unused longest. It runs
as the cache grows: a batch would fill the disk before it ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from exporter.config import CacheSettings
from exporter.errors import Notice, OutputError, describe_error

MIN_TRIM_AGE_SECONDS = 3600
"""An entry that was used more recently than this many seconds ago is kept if there is room: a run may still need it."""

MAX_RECENT_BYTES = 2_000_000_000
"""By so much such entries may make the cache larger than its limit; chosen: the sound of ten hours or so."""

TRIM_EVERY_BYTES = 256_000_000
"""After so many bytes that a process has written it trims the cache again; chosen: the sound of two hours or so."""

SEAL_BYTES = 8
"""Bytes behind the data of an entry that hold its length (little-endian)."""


MARKER = "CACHEDIR.TAG"
"""Name of the file that marks a folder as a cache."""

_MARKER_TEXT = b"""Signature: 8a477f597d28d172789f06886806bc55
# This folder is the cache of exporter: everything in it can be made again. It may be removed at any time.
"""

_bytes_since_trim: dict[Path, int] = {}  # that this process wrote, by folder

_KIND_NAME = re.compile(r"[a-z0-9]{1,16}")
_ENTRY_NAME = re.compile(r"[0-9a-f]{32}(?:\.[0-9]+-[0-9]+\.part)?")  # an entry, or what a killed writer left of one


class Usage(NamedTuple):
    """Number of entries of a kind, and their `size` in bytes."""

    kind: str
    entries: int
    size: int


class Cache:
    """The cache in the folder of the settings, or in the user's cache folder."""

    def __init__(self, settings: CacheSettings) -> None:
        self.folder = Path(settings.folder) if settings.folder else _find_default_folder()
        self._max_bytes = settings.largest

    def path(self, kind: str, key: str) -> Path:
        """Return the path of an entry, whether it exists or not."""
        return self.folder / kind / key[:2] / key

    def get(self, kind: str, key: str, size: int = -1) -> bytes | None:
        """Return the data of an entry, or None if it is missing or damaged, and renew its time of last use.

        With a `size`, return at most so many bytes of its file, without a check: compare the length that they promise
        with `Cache.size`.
        """
        path = f"{self.folder}/{kind}/{key[:2]}/{key}"
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123  read thousands of times: a Path takes as long as the reading
                data = file.read(size)
            os.utime(path)
        except OSError:
            return None
        if size >= 0:
            return data
        return data[:-SEAL_BYTES] if data[-SEAL_BYTES:] == _encode_seal(len(data) - SEAL_BYTES) else None

    def size(self, kind: str, key: str) -> int:
        """Return the length of an entry's data in bytes, if it is whole; raises `OSError` if it is missing."""
        return os.stat(f"{self.folder}/{kind}/{key[:2]}/{key}").st_size - SEAL_BYTES  # noqa: PTH116  as above

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Write an entry; raises `OutputError` if that fails."""
        path = f"{self.folder}/{kind}/{key[:2]}/{key}"
        temporary = f"{path}.{os.getpid()}-{threading.get_ident()}.part"
        try:
            try:
                file = open(temporary, "xb", buffering=0)  # noqa: PTH123, SIM115  as above; closed below
            except FileNotFoundError:
                self._mark()
                os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120  as above
                file = open(temporary, "xb", buffering=0)  # noqa: PTH123, SIM115
            with file:
                for part in (data, _encode_seal(len(data))):
                    view = memoryview(part)
                    while view:
                        view = view[file.write(view) :]
            os.replace(temporary, path)  # noqa: PTH105  as above
            self._count_written(len(data))
        except OSError as error:
            raise OutputError(
                "writing to the cache",
                str(self.folder),
                describe_error(error, "SystemError"),
                "Make room on its disk, or choose another folder with cache.folder.",
            ) from error
        finally:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108  as above

    def _count_written(self, size: int) -> None:
        """Trim the cache if this process has written enough since it last did."""
        written = _bytes_since_trim.get(self.folder, 0) + size
        _bytes_since_trim[self.folder] = written % TRIM_EVERY_BYTES
        if written >= TRIM_EVERY_BYTES:
            self.trim()

    def usage(self) -> tuple[Usage, ...]:
        """Return number and size of the entries of each kind, sorted by kind."""
        found: dict[str, Usage] = {}
        for kind, _, state in self._entries():
            before = found.get(kind, Usage(kind, 0, 0))
            found[kind] = Usage(kind, before.entries + 1, before.size + state.st_size)
        return tuple(found[kind] for kind in sorted(found))

    def clear(self) -> None:
        """Remove every entry; raises `OutputError` for a folder that is not a cache."""
        if not self.folder.exists():
            return
        self._mark()
        for _, path, _ in list(self._entries()):
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108  as above
                os.rmdir(os.path.dirname(path))  # noqa: PTH106, PTH120  as above; only an empty one goes

    def _mark(self) -> None:
        """Write the marker; raises `OutputError` for a folder that has none and holds other things than entries."""
        marker = self.folder / MARKER
        if marker.exists():
            return
        # The marker itself may stand among them by now: two workers that start together both come here.
        if any(entry.name != MARKER and not _is_kind_folder(entry) for entry in _list(str(self.folder))):
            raise OutputError(
                "using the cache",
                str(self.folder),
                "NotACache: this folder holds other files, so nothing in it is written or removed",
                "Choose an empty folder with cache.folder, or with EXPORTER_CACHE_FOLDER.",
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        marker.write_bytes(_MARKER_TEXT)

    def trim(self) -> None:
        """Remove the entries unused longest until the rest fits `cache.largest`.

        Those used within the last hour may exceed it by `MAX_RECENT_BYTES`.
        """
        entries = [(state.st_mtime, state.st_size, path) for _, path, state in self._entries()]
        excess = sum(size for _, size, _ in entries) - self._max_bytes
        if excess <= 0:
            return
        newest = time.time() - MIN_TRIM_AGE_SECONDS
        for used, size, path in sorted(entries):
            if excess <= (MAX_RECENT_BYTES if used > newest else 0):
                return
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108  as above
            excess -= size

    def _entries(self) -> Iterator[tuple[str, str, os.stat_result]]:
        """Yield kind, path and status of every entry, except those that another process removes meanwhile."""
        for kind in filter(_is_kind_folder, _list(str(self.folder))):
            for shard in _list(kind.path):
                for entry in _list(shard.path) if shard.is_dir(follow_symlinks=False) else ():
                    if _ENTRY_NAME.fullmatch(entry.name) and entry.name.startswith(shard.name):
                        with contextlib.suppress(FileNotFoundError):
                            yield kind.name, entry.path, entry.stat(follow_symlinks=False)


@contextlib.contextmanager
def writable_settings(settings: CacheSettings) -> Iterator[tuple[CacheSettings, Notice | None]]:
    """Yield settings whose folder can be written: a temporary one, with a notice, where the user's cannot.

    A home that is read-only (a container, a locked account) then costs time, and not the episode.
    """
    folder = Cache(settings).folder
    nearest = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK):
        yield settings, None
        return
    import tempfile  # noqa: PLC0415  3 ms, only a cache that cannot be written needs it

    text = (
        "the cache cannot be written, so this run uses a temporary one: name another folder with EXPORTER_CACHE_FOLDER"
    )
    with tempfile.TemporaryDirectory(prefix="exporter-cache-", ignore_cleanup_errors=True) as temporary:
        yield replace(settings, folder=temporary), Notice(str(folder), text)


def make_key(*parts: bytes) -> str:
    """Return the key of an entry made from these parts: a hash of them and of their lengths."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.hexdigest()


def _encode_seal(length: int) -> bytes:
    """Encode the length of an entry's data; a negative one, of a file that is too short, as 0."""
    return max(0, length).to_bytes(SEAL_BYTES, "little")


def _list(path: str) -> list[os.DirEntry[str]]:
    """Return what a folder holds; empty for one that is missing or cannot be read."""
    try:
        with os.scandir(path) as found:
            return list(found)
    except OSError:
        return []


def _is_kind_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of the cache's folder is that of a kind: a folder of shards, and no link to one."""
    if not _KIND_NAME.fullmatch(entry.name) or not entry.is_dir(follow_symlinks=False):
        return False
    return all(len(shard.name) == 2 and shard.is_dir(follow_symlinks=False) for shard in _list(entry.path))


_ON_LINUX = sys.platform == "linux"


def _find_default_folder() -> Path:
    if _ON_LINUX:  # the same folder as platformdirs returns, which takes 12 ms to import
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "exporter"
    from platformdirs import user_cache_path  # noqa: PLC0415  12 ms, only macOS and Windows need it

    return user_cache_path("exporter", appauthor=False)
