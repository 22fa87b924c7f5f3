"""The state of a file, by which a later run sees whether it has changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec


class FileStamp(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The state of a file: its size in bytes, the time of its last change in nanoseconds, a digest of its content.

    `path` is relative to the folder of the manifest, with slashes. The size of a missing file is -1. An empty digest
    means that it was not computed. Of an object (`object_store`), `changed` is a number made from its version.
    """

    path: str
    size: int
    changed: int
    digest: str = ""

    @classmethod
    def of(cls, folder: Path, path: str, with_digest: bool = False) -> FileStamp:
        """Return the state of a file; `path` is relative to `folder`."""
        file = os.path.join(folder, path)  # noqa: PTH118  called for every source: a Path takes as long as the question
        try:
            state = os.stat(file)  # noqa: PTH116  as above
            digest = compute_file_digest(Path(file)) if with_digest else ""
        except OSError:
            return cls(path, -1, 0)
        return cls(path, state.st_size, state.st_mtime_ns, digest)

    def is_unchanged(self, folder: Path) -> bool:
        """Whether the file is as it was: same size, and same time of change or, after a copy, same content."""
        now = FileStamp.of(folder, self.path)
        if now.size != self.size:
            return False
        return now.changed == self.changed or self.is_copy(folder / self.path)

    def is_copy(self, file: Path) -> bool:
        """Whether a file has the content of this one; False if its digest was not computed."""
        try:
            return bool(self.digest) and compute_file_digest(file) == self.digest
        except OSError:
            return False


def compute_file_digest(path: Path) -> str:
    """Compute the digest of a file's content; raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=8)).hexdigest()
