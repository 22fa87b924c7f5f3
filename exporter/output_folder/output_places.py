"""Where the files of a batch come to stand: in a folder of this machine, or of object storage.

A place makes sources the owners of stems, and says which files are as an earlier run left them. In object storage, the
files of a source are made in a temporary folder, and put there when all of them are made. Each appears whole.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

from exporter.output_folder.file_stamps import FileStamp, compute_file_digest
from exporter.output_folder.layouts import is_own_place
from exporter.output_folder.own_files import make_foreign_file_error
from exporter.output_folder.stem_claims import claim_stem, name_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.output_folder.object_store import ObjectFolder


class OutputPlace(Protocol):
    """Where files come to stand. The labels of sources are relative to the folder `sources` of this machine."""

    @property
    def sources(self) -> Path:
        """The folder to which the labels of sources and the paths of other inputs are relative."""
        ...

    def remember_states(self) -> None:
        """Ask for the states of all files at once: `is_unchanged` will be asked for many."""
        ...

    def is_unchanged(self, stamp: FileStamp) -> bool:
        """Whether a file is as it was; raises `OutputError` if that cannot be asked."""
        ...

    def claim_stem(self, stem: str, label: str) -> bool:
        """Make a source the owner of a stem, unless another is; returns whether it is the owner now.

        Raises `OSError` or `OutputError`.
        """
        ...

    def open_folder(self) -> AbstractContextManager[Path]:
        """Return the folder in which the files of one source are to be made."""
        ...

    def keep_files(self, folder: Path, paths: Iterable[str], label: str) -> tuple[FileStamp, ...]:
        """Let files stand here that were made of a source in a folder; returns their states. Raises `OutputError`."""
        ...

    def name_file(self, path: str) -> str:
        """Return what the user calls the file of a stamp."""
        ...


class FolderPlace:
    """A folder of this machine, in which files are made where they stand."""

    def __init__(self, folder: Path) -> None:
        self.sources = folder

    def remember_states(self) -> None:
        """Do nothing: to ask for one file is cheap."""

    def is_unchanged(self, stamp: FileStamp) -> bool:
        """Whether a file is as it was."""
        return stamp.is_unchanged(self.sources)

    def claim_stem(self, stem: str, label: str) -> bool:
        """Claim a stem by a marker in the folder."""
        return claim_stem(self.sources, stem, label)

    def open_folder(self) -> AbstractContextManager[Path]:
        """Return the folder itself."""
        return nullcontext(self.sources)

    def keep_files(self, folder: Path, paths: Iterable[str], label: str) -> tuple[FileStamp, ...]:  # noqa: ARG002
        """Return the states of files, which stand here already."""
        return tuple(FileStamp.of(folder, _relate(path, folder), with_digest=True) for path in paths)

    def name_file(self, path: str) -> str:
        """Return the path of a file."""
        return str(self.sources / path)


class ObjectPlace:
    """A folder of object storage. Labels are relative to the working folder.

    `temporary` is the folder of this machine in which the temporary folders are made. With `overwrite`, every object
    may be replaced, without it only those that this program has put there.
    """

    sources = Path()

    def __init__(self, objects: ObjectFolder, temporary: Path, overwrite: bool) -> None:
        self._objects = objects
        self._temporary = temporary
        self._overwrite = overwrite
        self._states: set[int] | None = None  # hashes of path, size and version: a million of them take 60 MB

    def remember_states(self) -> None:
        """List all objects, a thousand with each request."""
        self._states = {hash((path, *state)) for path, state in self._objects.list_states()}

    def is_unchanged(self, stamp: FileStamp) -> bool:
        """Whether an object is as it was; if all states are remembered, whether it was so then."""
        if self._states is not None:
            return hash((stamp.path, stamp.size, stamp.changed)) in self._states
        return self._objects.find_state(stamp.path) == (stamp.size, stamp.changed)

    def claim_stem(self, stem: str, label: str) -> bool:
        """Claim a stem by an object that only one can make."""
        if is_own_place(stem, label):
            return True
        marker, own = name_marker(stem), label.encode("utf-8", "surrogateescape")
        return self._objects.create(marker, own) or self._objects.read(marker) == own

    @contextmanager
    def open_folder(self) -> Iterator[Path]:
        """Yield a folder that is removed afterwards."""
        with tempfile.TemporaryDirectory(dir=self._temporary) as folder:
            yield Path(folder)

    def keep_files(self, folder: Path, paths: Iterable[str], label: str) -> tuple[FileStamp, ...]:
        """Put files there; raises `OutputError` before the first if one would replace an object of others."""
        keys = {path: _relate(path, folder) for path in paths}
        for key in () if self._overwrite else keys.values():
            if self._objects.is_foreign(key):
                raise make_foreign_file_error(self._objects.name(key))
        return tuple(self._put_file(Path(path), key, label) for path, key in keys.items())

    def name_file(self, path: str) -> str:
        """Return the address of an object."""
        return self._objects.name(path)

    def _put_file(self, path: Path, key: str, label: str) -> FileStamp:
        state = self._objects.put_file(key, path, label)
        return FileStamp(key, state.size, state.version, compute_file_digest(path))


@lru_cache(maxsize=2)
def open_objects(address: str, temporary: Path, timeout_seconds: float, overwrite: bool) -> ObjectPlace:
    """Return the place at an address; once for each process, which so keeps its connections. Raises `OutputError`."""
    from exporter.output_folder.object_store import ObjectFolder  # noqa: PLC0415  an extra, and few batches go there

    return ObjectPlace(ObjectFolder(address, timeout_seconds), temporary, overwrite)


def _relate(path: str, folder: Path) -> str:
    return PurePath(os.path.relpath(path, folder)).as_posix()
