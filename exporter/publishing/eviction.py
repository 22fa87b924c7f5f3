"""Eviction: the oldest works of a folder make room, if `publish.keep` says how many works, or days, to keep.

Only files that exporter made and that are unchanged since are removed. The manifest remembers a work that made room, so
that a batch makes it again only if its source changes, or by `--force`.
"""

from __future__ import annotations

import contextlib
import re
from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from exporter.errors import Notice, OutputError, UsageError, describe_error
from exporter.manifest.manifest import add_entries, read_manifest
from exporter.manifest.manifest_entries import ManifestEntry
from exporter.output_folder.own_files import read_notes

_KEEP = re.compile(r"([1-9][0-9]{0,5})(d?)")

_COMPANION = re.compile(r"(?P<stem>.+)(?:-[0-9a-f]{8}\.jpg|\.notes\.(?:html|md)|\.audiobook)", re.DOTALL)
"""The files that publishers make of one work: its artwork, its notes, its audiobook."""


class Eviction(msgspec.Struct, frozen=True):
    """The works that made room: how many, and the names of their files; and the notices of files that stay."""

    works: int = 0
    removed: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


def evict_works(folder: Path, keep: str, now: datetime) -> Eviction:
    """Remove the files of all works of a folder but those that are to be kept.

    `keep` is a number of works ("200", the newest by the time at which they were added), of days ("90d", counted back
    from `now`), or empty: then all are kept. Raises `UsageError` for anything else, and `OutputError`.
    """
    if not keep:
        return Eviction()
    evicted = _choose_evicted((entry for entry in read_manifest(folder) if entry.outputs and entry.id), keep, now)
    removed: list[str] = []
    notices: list[Notice] = []
    for entry in evicted:
        for stamp in (*entry.outputs, *entry.others):
            if not (folder / stamp.path).exists():
                continue
            if stamp.is_unchanged(folder) and _is_inside(folder, stamp.path):
                removed.append(stamp.path)
            else:
                notices.append(Notice(stamp.path, "it stays, since it was changed after exporter made it"))
    removed += _find_companions(folder, {entry.stem for entry in evicted})
    for name in removed:
        _remove(folder, name)
    add_entries(folder, [msgspec.structs.replace(entry, outputs=(), others=(), is_evicted=True) for entry in evicted])
    return Eviction(len(evicted), tuple(removed), tuple(notices))


def _choose_evicted(entries: Iterable[ManifestEntry], keep: str, now: datetime) -> list[ManifestEntry]:
    """Return the entries that make room; `entries` are in the order in which they were added."""
    match = _KEEP.fullmatch(keep)
    if not match:
        cause = "BadValue: it is neither a number of works nor of days"
        raise UsageError("setting publish.keep", keep, cause, "Write 200 for the newest 200 works, or 90d for 90 days.")
    number, is_days = int(match[1]), bool(match[2])
    if is_days:
        first = now - timedelta(days=number)
        return [entry for entry in entries if datetime.fromisoformat(entry.added) < first]
    newest: deque[ManifestEntry] = deque()
    evicted: list[ManifestEntry] = []
    for entry in entries:
        newest.append(entry)
        if len(newest) > number:
            evicted.append(newest.popleft())
    return evicted


def _find_companions(folder: Path, stems: set[str]) -> Iterable[str]:
    """Return the files that publishers made of works with these stems."""
    names = [name.decode("utf-8", "surrogateescape") for name in read_notes(folder)] if stems else []
    matches = [match for name in dict.fromkeys(names) if (match := _COMPANION.fullmatch(name))]
    return [
        match[0]
        for match in matches
        if match["stem"] in stems and _is_inside(folder, match[0]) and (folder / match[0]).is_file()
    ]


def _is_inside(folder: Path, name: str) -> bool:
    """Whether a name leads to a file in the folder itself or the folders in it, by no link."""
    path = folder / name
    return not path.is_symlink() and path.parent.resolve() == folder.resolve() / Path(name).parent


def _remove(folder: Path, name: str) -> None:
    """Remove a file, and the folder in which it was the last one."""
    path = folder / name
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            "removing", str(path), describe_error(error, "SystemError"), "Let exporter write the folder."
        ) from error
    if path.parent != folder:
        with contextlib.suppress(OSError):
            path.parent.rmdir()
