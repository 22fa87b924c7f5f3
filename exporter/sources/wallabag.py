"""The JSON export of wallabag, a reading list: its entries with the content that wallabag fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.markup import BEFORE_MARKUP, ContainerFacts, build_page, damaged_error, empty_entry_error

_HEAD_BYTES = 4096  # far more than a byte order mark and white space before the list
_ENTRY_KEYS = re.compile(rb'"(?:is_archived|is_starred)"\s*:')


class _WallabagTag(msgspec.Struct):
    label: str = ""


class _WallabagEntry(msgspec.Struct):
    """The fields of an entry that are read (wallabag 2); None or empty if not given."""

    url: str | None = None
    title: str | None = None
    content: str | None = None
    language: str | None = None
    domain_name: str | None = None
    preview_picture: str | None = None
    published_at: str | None = None
    published_by: tuple[str | None, ...] | str | None = None
    tags: tuple[_WallabagTag | str, ...] = ()


def recognises(document: Document) -> bool:
    """Whether the document is a JSON list of objects with keys that only wallabag's entries have."""
    head = document.data[:_HEAD_BYTES].lstrip(BEFORE_MARKUP)
    return head[:1] == b"[" and head[1:].lstrip()[:1] == b"{" and bool(_ENTRY_KEYS.search(document.data))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield each entry: the article if its content was fetched, else the link to its page."""
    try:
        entries = msgspec.json.decode(document.data.removeprefix(b"\xef\xbb\xbf"), type=list[_WallabagEntry])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise damaged_error(document.name, error) from error
    for number, entry in enumerate(entries, 1):
        yield _convert_entry(entry, f"{document.name} ({number})")


def _convert_entry(entry: _WallabagEntry, name: str) -> Document | LinkedPage | SourceError:
    tags = tuple(filter(None, (tag if isinstance(tag, str) else tag.label for tag in entry.tags)))
    if entry.content and entry.content.strip():
        facts = _gather_facts(entry, tags)
        data = build_page(facts, entry.content)
        return Document(entry.url or name, data, url=entry.url, media_type="text/html", tags=tags, whole=True)
    if entry.url:
        return LinkedPage(entry.url, entry.title or "", entry.published_at, tags)
    return empty_entry_error(name)


def _gather_facts(entry: _WallabagEntry, tags: tuple[str, ...]) -> ContainerFacts:
    people = (entry.published_by,) if isinstance(entry.published_by, str) else entry.published_by or ()
    return ContainerFacts(
        title=entry.title or "",
        authors=tuple(name for name in people if name),
        published=entry.published_at,
        url=entry.url or "",
        language=(entry.language or "").replace("_", "-"),
        tags=tags,
        picture=entry.preview_picture or "",
    )
