"""The EPUB package before it is a file: its items, their order (the spine), its contents and its metadata."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from exporter.errors import Notice

XHTML_TYPE = "application/xhtml+xml"

Fragment = tuple[str, float, float]
"""An anchor of the article, and the begin and the end of its audio in seconds."""


class Overlay(msgspec.Struct, frozen=True):
    """The audio of one article (its bytes or a file), its length in seconds, and when each fragment is spoken.

    `fragments` are in the order of the audio; their anchors are those of the article's sentences and blocks, or
    ``title``, ``byline`` and ``date`` for its header.
    """

    audio: Path | bytes
    media_type: str
    duration: float
    fragments: tuple[Fragment, ...]
    narrators: tuple[str, ...] = ()


class PackageItem(msgspec.Struct, frozen=True):
    """One manifest item: `href` is relative to the package document; `overlay_id` is empty without a media overlay."""

    item_id: str
    href: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    overlay_id: str = ""


class ContentsEntry(msgspec.Struct, frozen=True):
    """An entry of the table of contents, and those below it."""

    title: str
    href: str
    children: tuple[ContentsEntry, ...] = ()


class Fact(msgspec.Struct, frozen=True):
    """One element of the package metadata: a Dublin Core element (`dc:title`), or EPUB's `meta` or `link`."""

    name: str
    value: str | None
    attributes: dict[str, str] = {}


class Landmark(msgspec.Struct, frozen=True):
    """A landmark of the navigation document; `epub_type` is a term of the EPUB structural semantics vocabulary."""

    epub_type: str
    title: str
    href: str


class Package(msgspec.Struct, frozen=True):
    """A whole book: `spine` names items by their ids; `modified` is UTC, ISO 8601 with a Z.

    `display_options` is the file for Apple Books, or empty. `max_bytes` is the largest file that its devices take,
    0 without a limit. `notices` are those of making the package.
    """

    identifier: str
    title: str
    language: str
    direction: Literal["ltr", "rtl"]
    modified: str
    facts: tuple[Fact, ...]
    items: tuple[PackageItem, ...]
    spine: tuple[str, ...]
    toc: tuple[ContentsEntry, ...]
    display_options: bytes = b""
    max_bytes: int = 0
    notices: tuple[Notice, ...] = ()
