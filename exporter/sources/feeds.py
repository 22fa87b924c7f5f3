"""Feeds: RSS 0.9 to 2.0, Atom, and JSON Feed.

An entry that holds the whole article becomes a document; one that holds only its beginning becomes a link to the page,
and its own text is what is read if the page cannot be had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage, json_feed
from exporter.sources.feed_entries import FeedEntry
from exporter.sources.feed_text import is_whole, make_item_document
from exporter.sources.files import empty_error
from exporter.sources.item_selection import ListItem, select_items
from exporter.sources.markup import (
    ContainerFacts,
    empty_entry_error,
    is_web_address,
    local_name,
    parse_xml,
    read_head,
)

_XML_HEAD_BYTES = 4096  # the root element follows the XML declaration, stylesheets and comments
_HTML_HEAD_BYTES = 200  # a page about feeds begins with its own root element
_JSON_HEAD_BYTES = 16_384  # the version is recommended, but not required, to come first
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_PREFIXED_ROOT = re.compile(rb"<\w+:feed\s[^>]*http://www\.w3\.org/2005/Atom")
_FEED_AFTER_WORDS = re.compile(rb"<\?xml[^<>]*\?>\s*(?:<[!?][^<>]*>\s*){0,20}<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_FEED_END = re.compile(rb"</(?:rss|feed|rdf:RDF)\s*>\s*\Z", re.IGNORECASE)
_JSON_FEED_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')

MIN_CONTENT_CHARS = 300
"""Characters from which the content of an entry is taken for the whole article; chosen, not measured."""

MIN_SUMMARY_CHARS = 1500
"""Characters from which a summary is taken for the whole article: some feeds have no other field; chosen likewise."""


def recognises(document: Document) -> bool:
    """Whether the document begins with the root element of a feed, or is JSON with the version of JSON Feed.

    Before a whole feed there may be words: warnings of the program that makes it.
    """
    head = read_head(document.data, _XML_HEAD_BYTES)
    if head.startswith(b"<") and (_FEED_ROOT.search(head) or _PREFIXED_ROOT.search(head)):
        return b"<html" not in head[:_HTML_HEAD_BYTES].lower()
    if head.startswith(b"{"):
        return bool(_JSON_FEED_VERSION.search(document.data[:_JSON_HEAD_BYTES]))
    return bool(_FEED_AFTER_WORDS.search(head)) and bool(_FEED_END.search(document.data[-_XML_HEAD_BYTES:]))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield each entry: the article if the feed holds all of it, else the link to its page."""
    is_json = read_head(document.data, _HTML_HEAD_BYTES).startswith(b"{")
    return select_items(_read_json_feed(document) if is_json else _read_xml_feed(document), settings)


def _read_json_feed(document: Document) -> Iterator[ListItem | SourceError]:
    for number, item in enumerate(json_feed.read_entries(document), 1):
        if isinstance(item, SourceError):
            yield item
        else:
            yield _convert_entry(item.facts, item.content, item.summary, f"{document.name} ({number})")


def _read_xml_feed(document: Document) -> Iterator[ListItem | SourceError]:
    root = parse_xml(document.data, document.name, document.charset)
    channel = next((child for child in root if local_name(child) == "channel"), root)
    about = FeedEntry(channel, document.url or "").gather_facts("", "")
    own_language = next((child.text for child in channel if local_name(child) == "language" and child.text), "")
    language = " ".join(own_language.split()) or root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    entries = [element for element in root.iter() if local_name(element) in ("item", "entry") and len(element)]
    if not entries:
        raise empty_error(document.name, "the feed has no entries")
    base = about.url or document.url or ""
    for number, element in enumerate(entries, 1):
        entry = FeedEntry(element, base)
        facts = entry.gather_facts(about.title, language)
        yield _convert_entry(facts, entry.content(), entry.summary(), f"{document.name} ({number})")


def _convert_entry(facts: ContainerFacts, content: str, summary: str, name: str) -> ListItem | SourceError:
    """Return the article of an entry, or the link to it; an error if it has neither."""
    whole = content if is_whole(content, MIN_CONTENT_CHARS) else summary if is_whole(summary, MIN_SUMMARY_CHARS) else ""
    text = whole or content or summary
    document = make_item_document(facts, text, name) if text.strip() else None
    if not whole and is_web_address(facts.url):
        link = LinkedPage(facts.url, facts.title, facts.published, facts.tags, fallback=document)
        return ListItem(link, facts.published, facts.tags)
    return ListItem(document, facts.published, facts.tags) if document else empty_entry_error(name)
