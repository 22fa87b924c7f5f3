"""Content-addressed files between runs: what was made once from the same things is not made again.

Each entry is one small file, named by the hash of all that went into it, in a folder of its kind (``clips``,
``pieces``). An entry appears whole or not at all, and two writers of one key write the same, so any number of processes
may share the folder. Its last bytes tell its length: one that a power cut has shortened or emptied is none. Reading an
entry makes it young; `trim` removes the oldest until the rest fits.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exporter.config import CacheSettings
from exporter.errors import OutputError, describe_error

MIN_TRIM_AGE_SECONDS = 3600
"""Seconds for which an entry that was used is safe: no run may lose what it is using."""


SEAL_BYTES = 8
"""Bytes after an entry's own, with their number (little-endian)."""


class Usage(NamedTuple):
    """What a kind of entry takes."""

    kind: str
    entries: int
    size: int


class Cache:
    """The folder of the settings, or the user's cache folder."""

    def __init__(self, settings: CacheSettings) -> None:
        self.folder = Path(settings.folder) if settings.folder else _find_default_folder()
        self._largest = settings.largest

    def path(self, kind: str, key: str) -> Path:
        """Where an entry lies, or would lie."""
        return self.folder / kind / key[:2] / key

    def get(self, kind: str, key: str, size: int = -1) -> bytes | None:
        """Return an entry, or None where there is none or it is damaged; it becomes young again.

        With a `size`, return no more than so many bytes of its file: whether the rest is there, `size` tells.
        """
        path = f"{self.folder}/{kind}/{key[:2]}/{key}"
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123  thousands of these: a Path costs as much again
                data = file.read(size)
            os.utime(path)
        except OSError:
            return None
        if size >= 0:
            return data
        return data[:-SEAL_BYTES] if data[-SEAL_BYTES:] == _encode_seal(len(data) - SEAL_BYTES) else None

    def size(self, kind: str, key: str) -> int:
        """How many bytes an entry has, if it is whole; raises `OSError` where there is none."""
        return os.stat(f"{self.folder}/{kind}/{key[:2]}/{key}").st_size - SEAL_BYTES  # noqa: PTH116  as above

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep an entry; raises `OutputError` where it cannot be written."""
        path = f"{self.folder}/{kind}/{key[:2]}/{key}"
        temporary = f"{path}.{os.getpid()}-{threading.get_ident()}.part"
        try:
            try:
                file = open(temporary, "xb", buffering=0)  # noqa: PTH123, SIM115  as above; closed below
            except FileNotFoundError:
                os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120  as above
                file = open(temporary, "xb", buffering=0)  # noqa: PTH123, SIM115
            with file:
                for part in (data, _encode_seal(len(data))):
                    view = memoryview(part)
                    while view:
                        view = view[file.write(view) :]
            os.replace(temporary, path)  # noqa: PTH105  as above
        except OSError as error:
            raise OutputError(
                "keeping sound",
                str(self.folder),
                describe_error(error, "SystemError"),
                "Make room on its disk, or choose another folder with cache.folder.",
            ) from error
        finally:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108  as above

    def usage(self) -> tuple[Usage, ...]:
        """What each kind takes, sorted by kind."""
        found: dict[str, Usage] = {}
        for kind, _, state in self._entries():
            before = found.get(kind, Usage(kind, 0, 0))
            found[kind] = Usage(kind, before.entries + 1, before.size + state.st_size)
        return tuple(found[kind] for kind in sorted(found))

    def clear(self) -> None:
        """Remove every entry."""
        for kind in {kind for kind, _, _ in self._entries()}:
            shutil.rmtree(self.folder / kind, ignore_errors=True)

    def trim(self) -> None:
        """Remove the entries that were longest unused until the rest fits, but none that was used within the hour."""
        entries = [(state.st_mtime, state.st_size, path) for _, path, state in self._entries()]
        excess = sum(size for _, size, _ in entries) - self._largest
        if excess <= 0:
            return
        safe = time.time() - MIN_TRIM_AGE_SECONDS
        for used, size, path in sorted(entries):
            if excess <= 0 or used > safe:
                return
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108  as above
            excess -= size

    def _entries(self) -> Iterator[tuple[str, str, os.stat_result]]:
        """Yield kind, path and state of every entry; one that another process removes meanwhile is none."""
        for kind in _list_folders(str(self.folder)):
            for shard in _list_folders(kind.path):
                with contextlib.suppress(OSError), os.scandir(shard.path) as found:
                    for entry in found:
                        with contextlib.suppress(FileNotFoundError):
                            yield kind.name, entry.path, entry.stat()


def make_key(*parts: bytes) -> str:
    """Make the key of what was made from these parts."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.hexdigest()


def _encode_seal(length: int) -> bytes:
    return max(0, length).to_bytes(SEAL_BYTES, "little")


def _list_folders(path: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as found:
            return [entry for entry in found if entry.is_dir()]
    except OSError:
        return []


_ON_LINUX = sys.platform == "linux"


def _find_default_folder() -> Path:
    if _ON_LINUX:  # what platformdirs would answer, after an import of 12 ms
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "exporter"
    from platformdirs import user_cache_path  # noqa: PLC0415  see above

    return user_cache_path("exporter", appauthor=False)
