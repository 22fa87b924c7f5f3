"""Page metadata, gathered once: ``meta`` elements, JSON-LD objects, URL, and where byline and date may stand."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, islice
from typing import Any
from urllib.parse import urlsplit

import msgspec

from exporter.language_tags import parse_language_tag
from exporter.readers.page import jsonld
from exporter.readers.page.dom import Element, collapse_space, text_of
from exporter.readers.page.jsonld import Node
from exporter.readers.text_tests import text_key

# The numbers were chosen by reading pages; no measurement.

_MIN_BODY_PARAGRAPH_CHARS = 200
"""A longer paragraph is the article's text; byline and date stand above it."""

_MAX_BODY_PARAGRAPHS = 3
"""The search for byline and date ends at this paragraph of the text."""

_MAX_TITLE_HOLDERS = 4
"""Elements, from the title upwards, before which a date may stand."""

_MAX_ELEMENTS_BEFORE_TITLE, _MAX_ELEMENTS_AFTER_TITLE = 20_000, 2_000
"""Bounds of the search for the title, and from the title on: a book in one page has hundreds of thousands."""


class PageMetadata(msgspec.Struct, frozen=True):
    """A page's statements about itself.

    `metas` are the values of ``meta`` elements by name; `objects` all JSON-LD objects, `article` the one that describes
    the article, `objects_by_id` those with an ``@id``. `url` is where the page came from, or empty. `feed_title` and
    `feed_date` are the title and date that a feed or a book gave it.

    `heading` is the element that shows the title, `beside` the elements from it on, up to the third paragraph of the
    text, and `above` those in the short parts before it: byline and date stand among them. `locate_title` adds them.
    """

    root: Element
    metas: dict[str, list[str]]
    article: Node
    objects: list[Node]
    objects_by_id: dict[str, Node]
    url: str = ""
    feed_title: str = ""
    feed_date: str | None = None
    heading: Element | None = None
    beside: Sequence[Element] = ()
    above: Sequence[Element] = ()

    @property
    def host(self) -> str:
        """The host name of the page's URL, without www; empty if the URL is missing or broken."""
        address = self.url or canonical_url(self.root) or self.meta("og:url")
        try:
            return (urlsplit(address).hostname or "").removeprefix("www.")
        except ValueError:
            return ""

    @property
    def language(self) -> str:
        """The page's language as a BCP 47 tag, or empty."""
        for claim in (
            self.root.get("lang"),
            self.root.get("{http://www.w3.org/XML/1998/namespace}lang"),
            self.root.get("xml:lang"),
            jsonld.value_text(self.article.get("inLanguage")),
            self.meta("og:locale", "content-language", "dc.language", "language"),
        ):
            if tag := parse_language_tag((claim or "").strip().split(",")[0]):
                return tag
        return ""

    def meta(self, *names: str) -> str:
        """Return the first value of these ``meta`` names, or empty."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")

    def jsonld_text(self, *keys: str) -> str:
        """Return the text of the first of these keys in the article's JSON-LD object, or empty."""
        return next((clean_value(text) for key in keys if (text := jsonld.value_text(self.jsonld_value(key)))), "")

    def jsonld_value(self, key: str) -> Any:
        """Return a value of the article's JSON-LD object, its references resolved; None if it is missing."""
        value = self.article.get(key)
        if isinstance(value, list):
            return [jsonld.resolve_reference(item, self.objects_by_id) for item in value]
        return jsonld.resolve_reference(value, self.objects_by_id)


def gather_metadata(root: Element, url: str, feed_title: str = "", feed_date: str | None = None) -> PageMetadata:
    """Gather a page's statements; the other arguments are as in `PageMetadata`."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = meta.get("content")
        for name in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if name and content:
                metas.setdefault(name.strip().lower(), []).append(clean_value(content))
    objects = jsonld.find_objects(root)
    article = _choose_article_object(objects, root, url)
    return PageMetadata(root, metas, article, objects, jsonld.index_by_id(objects), url, feed_title, feed_date)


def locate_title(metadata: PageMetadata, heading: Element | None) -> PageMetadata:
    """Return a page's statements with the element that shows its title, and what stands beside and above that."""
    beside, above = tuple(_iter_beside(metadata.root, heading)), tuple(_iter_above(heading))
    return msgspec.structs.replace(metadata, heading=heading, beside=beside, above=above)


def _iter_beside(root: Element, heading: Element | None) -> Iterator[Element]:
    """Yield the elements from the title on, up to the third paragraph of the text."""
    paragraphs = 0
    elements = islice(root.iter(), _MAX_ELEMENTS_BEFORE_TITLE)
    if heading is not None:
        elements = islice(dropwhile(lambda element: element is not heading, elements), 1, _MAX_ELEMENTS_AFTER_TITLE)
    for element in elements:
        if element.tag in {"p", "li"} and len(text_of(element)) > _MIN_BODY_PARAGRAPH_CHARS:
            paragraphs += 1
            if paragraphs == _MAX_BODY_PARAGRAPHS:
                return
        yield element


def _iter_above(heading: Element | None) -> Iterator[Element]:
    """Yield the short preceding siblings of the title and of its ancestors, with all they hold."""
    holder = heading
    for _ in range(_MAX_TITLE_HOLDERS):
        if holder is None or holder.tag in {"body", "main"}:
            return
        for neighbour in holder.itersiblings(preceding=True):
            if len(text_of(neighbour)) <= _MIN_BODY_PARAGRAPH_CHARS:
                yield from neighbour.iter()
        holder = holder.getparent()


def clean_value(text: str) -> str:
    """Return a stated value as a reader would see it: entities decoded, white space collapsed, no markup."""
    plain = html.unescape(html.unescape(text)) if "&" in text else text
    return collapse_space(re.sub(r"<[^<>]{1,200}>", " ", plain) if "<" in plain else plain)


def canonical_url(root: Element) -> str:
    """Return the absolute canonical URL that a page states, or empty."""
    for link in root.iter("link"):
        if "canonical" in link.get("rel", "").lower().split() and link.get("href", "").startswith(
            ("http://", "https://")
        ):
            return str(link.get("href")).strip()
    return ""


def _choose_article_object(objects: list[Node], root: Element, url: str) -> Node:
    """Return the JSON-LD object with the highest rank, the first of equals; empty if the page holds none."""
    urls = {address.rstrip("/") for address in (url, canonical_url(root)) if address}
    titles = [letters for element in root.iter("title", "h1") if (letters := text_key(text_of(element)))]
    best: Node = {}
    most = 0.0
    for node in objects:
        if (rank := _rank_object(node, urls, titles)) > most:
            best, most = node, rank
    return best


def _rank_object(node: Node, urls: set[str], titles: list[str]) -> float:
    """Return how surely an object describes the page's article: by its type, URL, headline and fields; 0 if not."""
    types = jsonld.types_of(node)
    rank = 4.0 if types & jsonld.ARTICLE_TYPES else 1.0 if types & jsonld.PAGE_TYPES else 0.0
    if not rank or ("headline" not in node and "name" not in node and "datePublished" not in node):
        return 0.0
    about = {jsonld.value_text(node.get(key)).rstrip("/") for key in ("url", "@id", "mainEntityOfPage")}
    main = node.get("mainEntityOfPage")
    if isinstance(main, dict):
        about.add(str(main.get("@id", "")).rstrip("/"))
    headline = text_key(jsonld.value_text(node.get("headline")))
    return (
        rank
        + 2 * bool(urls & about)
        + 0.5 * sum(key in node for key in ("author", "datePublished", "headline"))
        + ("headline" in node and any(headline in letters for letters in titles))
    )
