"""Layouts: where in the output folder of a batch the files of a source lie. A file stem may have folders before it.

===========  ==============================================================================================
``flat``     ``weekly-notes``: all in one folder, called by their titles
``source``   ``saved/2020/a``: as the source itself lies, seen from the output folder, without leading ``..``
``sharded``  ``3f/a9/weekly-notes-31043e0c``: 65,536 folders, chosen by the digest of the source's label
===========  ==============================================================================================

A sharded stem holds 48 bits of its source's label: no other has it, and it needs no claim (`stem_claims`).
"""

from __future__ import annotations

import re
from hashlib import blake2b

from exporter.config import Layout
from exporter.output import is_device_name

MAX_FLAT_NAMES = 100_000
"""File stems above which one folder is a bad idea: file managers, ``ls``, network file systems and browsers of object
storage become slow. Chosen: a folder of 300,000 files takes more than a second to list."""

_MAX_PART_BYTES = 200  # of a name made from a path: with a suffix, it is below the 255 bytes of common file systems

_SEPARATOR = re.compile(r"[/\\:]+")
_UNSAFE_CHARS = re.compile(r'[<>"|?*\x00-\x1f\x7f]+')
"""What file names of Windows cannot have."""

_SUFFIX = re.compile(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,7}$")

_FOLDERS_CHARS = len("ab/cd/")


def place_stem(layout: Layout, stem: str, label: str) -> str:
    """Return the stem that a source wants in a layout; `stem` is that of its title, `label` its own."""
    if layout == "flat":
        return stem
    return _mirror_path(label) if layout == "source" else _spread_stem(stem, label)


def is_own_place(stem: str, label: str) -> bool:
    """Whether a stem is the sharded one of a source: then no other can have it."""
    return stem == _spread_stem(stem[_FOLDERS_CHARS:].rpartition("-")[0], label)


def digest_text(text: str, size: int) -> str:
    """Return a digest of so many bytes, in hexadecimal digits."""
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=size).hexdigest()


def _spread_stem(stem: str, label: str) -> str:
    folders = digest_text(label, 2)
    return f"{folders[:2]}/{folders[2:]}/{stem}-{digest_text(label, 4)}"


def _mirror_path(label: str) -> str:
    """Return the path of a file, of a part of a container, or of a page on the web (host and path), without suffix."""
    page = label.partition("://")[2]
    parts = [part for part in map(_clean_part, _SEPARATOR.split(page or label)) if part]
    if parts and (len(parts) > 1 or not page):  # else the end of a host, which is no suffix
        parts[-1] = _SUFFIX.sub("", parts[-1])
    return "/".join(parts) or "article"


def _clean_part(part: str) -> str:
    """Return a name that every system allows; empty for ``.`` and ``..``."""
    short = part.encode("utf-8", "replace")[:_MAX_PART_BYTES].decode("utf-8", "ignore")
    name = _UNSAFE_CHARS.sub("-", short).lstrip(". ").rstrip(". ")
    return f"{name}-" if is_device_name(name) else name
