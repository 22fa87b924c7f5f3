"""What a book is before it is a file: its documents, their order, its contents and the facts about it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from exporter.errors import Notice

XHTML_TYPE = "application/xhtml+xml"

Fragment = tuple[str, float, float]
"""An anchor of the article and when it sounds: begin and end in seconds."""


class Overlay(msgspec.Struct, frozen=True):
    """The sound of one article: where its audio is, how long it lasts (seconds) and what it says when.

    `fragments` are in the order in which they sound; their anchors are those of the article's sentences and blocks, or
    ``title``, ``byline`` and ``date`` for its head.
    """

    audio: Path | bytes
    media_type: str
    duration: float
    fragments: tuple[Fragment, ...]
    narrators: tuple[str, ...] = ()


class PackageItem(msgspec.Struct, frozen=True):
    """One file of the book: `href` is its place in the package folder, `overlay` the uid of its media overlay."""

    uid: str
    href: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    overlay: str = ""


class ContentsEntry(msgspec.Struct, frozen=True):
    """A line of the table of contents, and those below it."""

    title: str
    href: str
    children: tuple[ContentsEntry, ...] = ()


class Fact(msgspec.Struct, frozen=True):
    """One element of the package metadata: a Dublin Core element (`dc:title`), or EPUB's `meta` or `link`."""

    name: str
    value: str | None
    attributes: dict[str, str] = {}


class Landmark(msgspec.Struct, frozen=True):
    """A place that reading systems offer by name; `kind` is a term of the EPUB structural semantics vocabulary."""

    kind: str
    title: str
    href: str


class Package(msgspec.Struct, frozen=True):
    """A whole book: `spine` and the items' `overlay` name items by uid; `modified` is UTC, ISO 8601 with a Z.

    `largest` is how many bytes its devices take, 0 where there is no limit.
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
    options: bytes = b""
    largest: int = 0
    notices: tuple[Notice, ...] = ()
