"""Labels: what a source is called in the manifest of an output folder, the same however the user spells its name.

A page of the web is its URL. A file is its path relative to the output folder, links resolved, so that a folder that
holds sources and outputs can be copied, moved, or reached by another name. What a container holds has the label of the
container, and its name in it (``saved.zip:a.html``). Standard input is a digest of what came in.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
from pathlib import Path, PurePath

from exporter.document import Document

STDIN_NAME = "-"

_URL_MARK = "://"


def label_document(document: Document, folder: Path) -> str:
    """Return the label of a document for the outputs in `folder`."""
    if document.name == STDIN_NAME:
        return f"{STDIN_NAME}{hashlib.blake2b(document.data, digest_size=8).hexdigest()}"
    return label_name(document.name, folder)


def label_name(name: str, folder: Path) -> str:
    """Return the label of a file, a URL, or a part of a container; a name that is none of them stays as it is."""
    if _URL_MARK in name:
        return name
    container, part = _split_container(name)
    if not container:
        return name
    parent, file = os.path.split(container)
    base = _relate(os.path.abspath(parent), os.path.abspath(folder))  # noqa: PTH100  called for every source
    return (file if base == "." else f"{base}/{file}") + part


def is_source_gone(label: str, folder: Path) -> bool:
    """Whether the file of a label no longer exists; of a page of the web or standard input this is not asked: False."""
    if _URL_MARK in label or label.startswith(STDIN_NAME):
        return False
    return not any((folder / place).exists() for place in (label, *_list_containers(label)))


def _split_container(name: str) -> tuple[str, str]:
    """Split a name into that of an existing file and the rest, the name of its part; empty if none exists."""
    for place in (name, *_list_containers(name)):
        try:
            if os.path.lexists(place):
                return place, name[len(place) :]
        except ValueError:  # no file can be called so
            return "", name
    return "", name


def _list_containers(name: str) -> list[str]:
    """Return the names of containers that a name may stand for: what is before its colons, longest first."""
    return [name[:place] for place in range(len(name) - 1, 0, -1) if name[place] == ":"]


@functools.lru_cache(maxsize=1024)
def _relate(place: str, folder: str) -> str:
    """Return the path of a folder relative to another, links resolved; itself if they are on two drives.

    It is found once: on a network file system, each part of a path is a request.
    """
    place = os.path.realpath(place)
    with contextlib.suppress(ValueError):
        place = os.path.relpath(place, os.path.realpath(folder))
    return PurePath(place).as_posix()
