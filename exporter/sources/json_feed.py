"""JSON Feed (jsonfeed.org, versions 1 and 1.1): its items, each decoded by itself, so that one damages no other."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers.page.html_encoding import decode_html
from exporter.sources.feed_text import wrap_paragraphs
from exporter.sources.markup import ContainerFacts, damaged_error


class _Author(msgspec.Struct):
    name: str | None = None


class _Item(msgspec.Struct):
    """The fields of an item that are read; None if not given."""

    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    image: str | None = None
    banner_image: str | None = None
    date_published: str | None = None
    author: _Author | None = None
    authors: tuple[_Author, ...] | None = None
    tags: tuple[str, ...] | None = None
    language: str | None = None


class _Feed(msgspec.Struct):
    items: tuple[msgspec.Raw, ...]
    title: str | None = None
    language: str | None = None


class JsonFeedEntry(msgspec.Struct, frozen=True):
    """An item: what is known of it, its text as HTML and its summary; each may be empty."""

    facts: ContainerFacts
    content: str
    summary: str


def read_entries(document: Document) -> Iterator[JsonFeedEntry | SourceError]:
    """Yield every item, or its error; raises `SourceError` if the feed is damaged."""
    data = decode_html(document.data, document.charset).encode("utf-8", "replace")
    try:
        feed = msgspec.json.decode(data, type=_Feed)
    except (msgspec.DecodeError, RecursionError) as error:
        raise damaged_error(document.name, error) from error
    for number, raw in enumerate(feed.items, 1):
        try:
            yield _convert_item(msgspec.json.decode(raw, type=_Item, strict=False), feed)
        except (msgspec.DecodeError, RecursionError) as error:
            yield damaged_error(f"{document.name} ({number})", error)


def _convert_item(item: _Item, feed: _Feed) -> JsonFeedEntry:
    people = item.authors or ((item.author,) if item.author else ())
    content = item.content_html or wrap_paragraphs(item.content_text or "")
    facts = ContainerFacts(
        title=item.title or "",
        authors=tuple(person.name for person in people if person.name),
        published=item.date_published or None,
        url=item.url or ("" if content else item.external_url) or "",  # the other page is only what it is about
        site=feed.title or "",
        language=item.language or feed.language or "",
        tags=item.tags or (),
        picture=item.image or item.banner_image or "",
    )
    return JsonFeedEntry(facts, content, wrap_paragraphs(item.summary or ""))
