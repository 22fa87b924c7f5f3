"""Reading lists as JSON: Karakeep, Linkwarden, GoodLinks, Omnivore, wallabag, Pinboard, Readwise and others.

Each calls its fields and its list otherwise; the list is found by its items, which have a web address, and tags or a
date (`reading_lists`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.files import empty_error
from exporter.sources.item_selection import ListItem, select_items
from exporter.sources.markup import BEFORE_MARKUP, damaged_error, empty_entry_error
from exporter.sources.reading_lists import convert_item, is_list_item, normalize_names

_HEAD_BYTES = 4096  # far more than a byte order mark and white space before the list
_ADDRESS_FIELD = re.compile(rb'"\w*(?:url|href|link)"\s*:\s*"https?:', re.IGNORECASE)
_LIST_FIELD = re.compile(rb'"(?:tags|labels|is_?archived|saved_?at|added_?at|created_?at)"\s*:', re.IGNORECASE)
_OWN_KEYS = re.compile(rb'"(?:schema"\s*:\s*\d|rss"\s*:)')

_MAX_LIST_DEPTH = 5
"""Levels of lists and objects in which the items are searched; Linkwarden's are three levels deep."""

_MIN_ITEM_SHARE = 0.5
"""Share of the objects in a list that must be items; the others are notes or files."""


def recognises(document: Document) -> bool:
    """Whether a document is JSON with a list of pages, or such a list that is damaged."""
    head = document.data[:_HEAD_BYTES].lstrip(BEFORE_MARKUP)
    if head[:1] not in (b"[", b"{") or _OWN_KEYS.match(head[1:].lstrip()):
        return False
    if not _ADDRESS_FIELD.search(document.data):
        return False
    try:
        return any(True for _ in _iter_items(_decode(document)))
    except (msgspec.DecodeError, RecursionError):
        return bool(_LIST_FIELD.search(head))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield each item, in order: the article if the list holds it, else the link to its page."""
    try:
        items = list(_iter_items(_decode(document)))
    except (msgspec.DecodeError, RecursionError) as error:
        raise damaged_error(document.name, error) from error
    if not items:
        raise empty_error(document.name, "it lists no pages on the web")
    return select_items(_convert_items(items, document.name), settings)


def _convert_items(items: list[Mapping[str, Any]], name: str) -> Iterator[ListItem | SourceError]:
    for number, item in enumerate(items, 1):
        yield convert_item(normalize_names(item), f"{name} ({number})") or empty_entry_error(f"{name} ({number})")


def _decode(document: Document) -> object:
    return msgspec.json.decode(document.data.removeprefix(b"\xef\xbb\xbf"))


def _iter_items(value: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the items of every reading list in decoded JSON."""
    if depth > _MAX_LIST_DEPTH:
        return
    if isinstance(value, list):
        objects = [part for part in value if isinstance(part, Mapping)]
        fitting = sum(is_list_item(normalize_names(part)) for part in objects)
        if fitting and fitting >= _MIN_ITEM_SHARE * len(objects):
            yield from objects
            return
        for part in objects:
            yield from _iter_items(part, depth + 1)
    elif isinstance(value, Mapping):
        objects = [part for part in value.values() if isinstance(part, Mapping)]
        if objects and all(is_list_item(normalize_names(part)) for part in objects):
            yield from objects  # Pocket's list is an object: each item by its number
            return
        for part in value.values():
            yield from _iter_items(part, depth + 1)
