"""Which files exporter made: an output never replaces another.

For a batch, the names of its files are kept in its folder, in ``.exporter/files``, one a line; for single commands, in
the cache. A name is noted before its file appears, so that a run may replace what a killed one left.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from exporter.cache import Cache, make_key
from exporter.config import CacheSettings
from exporter.errors import OutputError
from exporter.output_folder.stem_claims import STATE_FOLDER

Permit = Callable[[Path], None]
"""Allows a file to be written and notes its name, or raises `OutputError`."""

_CACHE_KIND = "outputs"


@lru_cache(maxsize=2)
def permit_in_folder(folder: Path, overwrite: bool = False) -> Permit:
    """Return the permit of a batch into `folder`: made once, since it remembers the names that it has read.

    With `overwrite`, every file may be replaced.
    """
    known: set[bytes] = set()

    def permit(path: Path) -> None:
        name = os.fsencode(os.path.relpath(path, folder))
        if name in known or name.startswith(b".."):  # a temporary file elsewhere
            return
        if path.is_file():
            known.update(read_notes(folder))
            if name not in known and not overwrite:
                raise make_foreign_file_error(str(path))
        note_files(folder, [name])
        known.add(name)

    return permit


def note_files(folder: Path, names: list[bytes]) -> None:
    """Note the names of files of a batch; raises `OSError`."""
    notes = folder / STATE_FOLDER / "files"
    notes.parent.mkdir(parents=True, exist_ok=True)
    with notes.open("ab") as file:
        file.write(b"".join(name + b"\n" for name in names))


def permit_by_cache(folder: Path, settings: CacheSettings, overwrite: bool = False, label: str = "") -> Permit:
    """Return the permit of a single command into `folder`: it remembers its files by the hash of their paths.

    A file of a batch may be replaced too, and with `overwrite` every file. `label` is that of the source, which
    `find_source` returns in later runs.
    """
    cache = Cache(settings)

    def permit(path: Path) -> None:
        if folder not in path.parents:  # a temporary file elsewhere
            return
        key, maker = _make_path_key(path), os.fsencode(label)
        known = cache.get(_CACHE_KIND, key)
        if known == maker:
            return
        is_foreign = known is None and os.fsencode(os.path.relpath(path, folder)) not in read_notes(folder)
        if is_foreign and path.is_file() and not overwrite:
            raise make_foreign_file_error(str(path))
        with contextlib.suppress(OutputError):
            cache.put(_CACHE_KIND, key, maker)

    return permit


def find_source(path: Path, settings: CacheSettings) -> str:
    """Return the label of the source of which a single command made a file; empty if that is not known."""
    return os.fsdecode(Cache(settings).get(_CACHE_KIND, _make_path_key(path)) or b"") if path.is_file() else ""


def _make_path_key(path: Path) -> str:
    return make_key(os.fsencode(os.path.realpath(path)))


def read_notes(folder: Path) -> list[bytes]:
    """Return the names of the files that batches made in a folder, relative to it."""
    try:
        return (folder / STATE_FOLDER / "files").read_bytes().splitlines()
    except OSError:
        return []


def make_foreign_file_error(name: str) -> OutputError:
    """Make the error for a file that may not be replaced."""
    return OutputError(
        "writing",
        name,
        "NotOurs: there is a file of that name that exporter did not make",
        "Move it, choose another name or folder with -o, or allow it with --overwrite.",
    )
