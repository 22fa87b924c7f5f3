"""wallabag's export in JSON: each entry with its content, as the reading list fetched it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.markup import ContainerFacts, build_page, damaged_error

_HEAD_BYTES = 4096
_ENTRY_KEYS = re.compile(rb'"(?:is_archived|is_starred)"\s*:')


class _WallabagTag(msgspec.Struct):
    label: str = ""


class _WallabagEntry(msgspec.Struct):
    """What we read of an entry (wallabag 2)."""

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
    """Whether it is a JSON list of wallabag's entries."""
    head = document.data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head[:1] == b"[" and head[1:].lstrip()[:1] == b"{" and bool(_ENTRY_KEYS.search(document.data))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield each entry: its content where it was fetched, else the link."""
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
    return SourceError("reading an export", name, "EmptySource: the entry has no text and no link", "Read the others.")


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
