"""Feeds: RSS 0.9 to 2.0, Atom, and JSON Feed.

An entry that holds the whole article becomes a document; one that holds only its beginning becomes a link to the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import TYPE_CHECKING

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.files import empty_error
from exporter.sources.markup import (
    BEFORE_MARKUP,
    ContainerFacts,
    build_page,
    damaged_error,
    empty_entry_error,
    inner_markup,
    is_web_address,
    local_name,
    parse_xml,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_HEAD_BYTES = 4096  # the root element follows the XML declaration, stylesheets and comments
_HTML_HEAD_BYTES = 200  # a page about feeds begins with its own root element
_JSON_HEAD_BYTES = 16_384  # the version is recommended, but not required, to come first
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_JSON_FEED_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_TAG = re.compile(r"<[^>]*>")
_TRUNCATION = re.compile(
    r"(?:\[?(?:…|\.{3})\]?|read (?:more|on|the (?:full|rest)[\w ]*)|continue reading[^.]*"
    r"|weiterlesen|lire la suite|leer más)"
    r"[\s→»>.…]*$",
    re.IGNORECASE,
)

MIN_CONTENT_CHARS = 300
"""Characters from which the content of an entry is taken for the whole article; chosen, not measured."""

MIN_SUMMARY_CHARS = 1500
"""Characters from which a summary is taken for the whole article: some feeds have no other field; chosen likewise."""

_TRUNCATION_TAIL_CHARS = 80  # where the marks of a shortened text are searched


def recognises(document: Document) -> bool:
    """Whether the document begins with the root element of a feed, or is JSON with the version of JSON Feed."""
    head = document.data[:_XML_HEAD_BYTES].lstrip(BEFORE_MARKUP)
    if head.startswith(b"<"):
        return bool(_FEED_ROOT.search(head)) and b"<html" not in head[:_HTML_HEAD_BYTES].lower()
    return head.startswith(b"{") and bool(_JSON_FEED_VERSION.search(document.data[:_JSON_HEAD_BYTES]))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield each entry: the article if the feed holds all of it, else the link to its page."""
    if document.data.lstrip(BEFORE_MARKUP).startswith(b"{"):
        yield from _read_json_feed(document)
    else:
        yield from _read_xml_feed(document)


def _read_xml_feed(document: Document) -> Iterator[Document | LinkedPage | SourceError]:
    root = parse_xml(document.data, document.name, document.charset)
    channel = next((child for child in root if local_name(child) == "channel"), root)
    site = _child_text(channel, "title")
    language = _child_text(channel, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    entries = [element for element in root.iter() if local_name(element) in ("item", "entry")]
    if not entries:
        raise empty_error(document.name, "the feed has no entries")
    for number, entry in enumerate(entries, 1):
        facts = _gather_facts(entry, site, language)
        content = next((html for name in ("encoded", "content") if (html := _child_markup(entry, name))), "")
        summary = _child_markup(entry, "description") or _child_markup(entry, "summary")
        yield _convert_entry(facts, content, summary, f"{document.name} ({number})")


def _read_json_feed(document: Document) -> Iterator[Document | LinkedPage | SourceError]:
    try:
        feed = msgspec.json.decode(document.data.lstrip(b"\xef\xbb\xbf"), type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise damaged_error(document.name, error) from error
    for number, item in enumerate(feed.items, 1):
        people = item.authors or ((item.author,) if item.author else ())
        facts = ContainerFacts(
            title=item.title,
            authors=tuple(person.name for person in people if person.name),
            published=item.date_published or None,
            url=item.url or item.external_url,
            site=feed.title,
            language=item.language or feed.language,
            tags=item.tags,
            picture=item.image or item.banner_image,
        )
        content = item.content_html or _wrap_paragraphs(item.content_text)
        yield _convert_entry(facts, content, item.summary, f"{document.name} ({number})")


class _JsonFeedAuthor(msgspec.Struct):
    name: str = ""


class _JsonFeedItem(msgspec.Struct):
    """An item of a JSON feed (jsonfeed.org, versions 1 and 1.1)."""

    url: str = ""
    external_url: str = ""
    title: str = ""
    content_html: str = ""
    content_text: str = ""
    summary: str = ""
    image: str = ""
    banner_image: str = ""
    date_published: str = ""
    author: _JsonFeedAuthor | None = None
    authors: tuple[_JsonFeedAuthor, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""


class _JsonFeed(msgspec.Struct):
    items: tuple[_JsonFeedItem, ...]
    title: str = ""
    language: str = ""


def _convert_entry(facts: ContainerFacts, content: str, summary: str, name: str) -> Document | LinkedPage | SourceError:
    """Return the article of an entry, or the link to it; an error if it has neither."""
    whole = (
        content if _is_whole(content, MIN_CONTENT_CHARS) else summary if _is_whole(summary, MIN_SUMMARY_CHARS) else ""
    )
    if not whole and facts.url:
        return LinkedPage(facts.url, facts.title, facts.published, facts.tags)
    whole = whole or content or summary
    if not whole.strip():
        return empty_entry_error(name)
    return Document(
        facts.url or name,
        build_page(facts, whole),
        url=facts.url or None,
        media_type="text/html",
        title=facts.title,
        published=facts.published,
        tags=facts.tags,
        whole=True,
    )


def _is_whole(html: str, min_chars: int) -> bool:
    text = " ".join(_TAG.sub(" ", html).split())
    return len(text) >= min_chars and not _TRUNCATION.search(text[-_TRUNCATION_TAIL_CHARS:])


def _gather_facts(entry: _Element, site: str, language: str) -> ContainerFacts:
    return ContainerFacts(
        title=" ".join(_TAG.sub("", unescape(_child_text(entry, "title"))).split()),
        authors=tuple(dict.fromkeys(_iter_authors(entry))),
        published=_parse_date(
            _child_text(entry, "pubdate") or _child_text(entry, "published") or _child_text(entry, "date")
        ),
        url=_find_link(entry),
        site=site,
        language=language,
        tags=tuple(dict.fromkeys(filter(None, map(_category_name, _find_children(entry, "category"))))),
        picture=_find_picture(entry),
    )


def _find_children(entry: _Element, name: str) -> list[_Element]:
    return [child for child in entry if local_name(child) == name]


def _child_text(entry: _Element, name: str) -> str:
    found = next(iter(_find_children(entry, name)), None)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _child_markup(entry: _Element, name: str) -> str:
    """Return the content of a child element as HTML: from escaped text or from elements; empty without it."""
    # Elements of other namespaces (media:content) may have the same name; they hold no text.
    for found in _find_children(entry, name):
        if found.get("type") == "xhtml" or len(found):
            return inner_markup(found)
        if text := (found.text or "").strip():
            return text if "<" in text else unescape(text) if "&lt;" in text else _wrap_paragraphs(unescape(text))
    return ""


def _iter_authors(entry: _Element) -> Iterator[str]:
    for person in (*_find_children(entry, "creator"), *_find_children(entry, "author")):
        name = _child_text(person, "name") or "".join(person.itertext()).strip()
        # RSS 2.0 prescribes an address with the name in parentheses: "ann@example.org (Ann Lee)".
        if found := re.fullmatch(r"\S+@\S+\s*\((.+)\)", name):
            name = found[1]
        if name and "@" not in name:
            yield " ".join(name.split())


def _find_link(entry: _Element) -> str:
    links = [
        (child.get("rel", "alternate"), child.get("href") or child.text or "")
        for child in _find_children(entry, "link")
    ]
    found = next((address for rel, address in links if rel == "alternate" and address.strip()), "")
    if not found:
        found = next(
            (child.text or "" for child in _find_children(entry, "guid") if child.get("isPermaLink") != "false"), ""
        )
    return found.strip() if is_web_address(found.strip()) else ""


def _find_picture(entry: _Element) -> str:
    """Return the address of an entry's picture (RSS enclosure or Media RSS), or empty."""
    for child in entry.iter():
        name, kind = local_name(child), child.get("type") or child.get("medium") or ""
        if name == "thumbnail" or (name in ("enclosure", "content") and kind.startswith("image")):
            return str(child.get("url", ""))
    return ""


def _category_name(element: _Element) -> str:
    return " ".join((element.get("term") or element.text or "").split())


def _parse_date(text: str) -> str | None:
    """Return a date of RFC 822 or ISO 8601 as ISO 8601, or None for any other text."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  28 ms, only RSS needs it

    if not text or text[:4].isdigit():
        return text or None
    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None


def _wrap_paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
