"""What a page states of itself, gathered once: its meta names, its linked data, its address."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import dropwhile, islice
from typing import Any
from urllib.parse import urlsplit

import msgspec

from exporter.language_tags import parse_language_tag
from exporter.readers.page import jsonld
from exporter.readers.page.dom import Element, collapse_space, text_of
from exporter.readers.page.jsonld import Node
from exporter.readers.page.prose import text_key

_MIN_BODY_PARAGRAPH_CHARS = 200
"""Characters of a paragraph of the text, which byline and date stand above."""

_MAX_BODY_PARAGRAPHS = 3
_MAX_TITLE_HOLDERS = 3
"""Elements that may hold a title together with what stands over it."""

_MAX_ELEMENTS_BEFORE_TITLE, _MAX_ELEMENTS_AFTER_TITLE = 20_000, 2_000
"""Elements from the top of a page among which its title stands, and those after it that may be looked at."""


class PageMetadata(msgspec.Struct, frozen=True):
    """A page's statements about itself, gathered once."""

    root: Element
    metas: dict[str, list[str]]
    article: Node
    others: list[Node]
    index: dict[str, Node]
    url: str = ""
    carried: str = ""
    dated: str | None = None
    heading: Element | None = None

    @property
    def host(self) -> str:
        """The name of the page's server, without www."""
        address = self.url or canonical_url(self.root) or self.meta("og:url")
        try:
            return (urlsplit(address).hostname or "").removeprefix("www.")
        except ValueError:
            return ""

    @property
    def beside(self) -> Iterator[Element]:
        """The elements around the title in which byline and date stand: on from it, up to the third paragraph."""
        paragraphs = 0
        elements = islice(self.root.iter(), _MAX_ELEMENTS_BEFORE_TITLE)
        if self.heading is not None:
            elements = islice(
                dropwhile(lambda element: element is not self.heading, elements), 1, _MAX_ELEMENTS_AFTER_TITLE
            )
        for element in elements:
            if element.tag in {"p", "li"} and len(text_of(element)) > _MIN_BODY_PARAGRAPH_CHARS:
                paragraphs += 1
                if paragraphs == _MAX_BODY_PARAGRAPHS:
                    return
            yield element

    @property
    def above(self) -> Iterator[Element]:
        """What stands directly over the title: the short neighbours before it, and before what holds it."""
        holder = self.heading
        for _ in range(_MAX_TITLE_HOLDERS):
            if holder is None or holder.tag in {"body", "main"}:
                return
            for neighbour in holder.itersiblings(preceding=True):
                if len(text_of(neighbour)) <= _MIN_BODY_PARAGRAPH_CHARS:
                    yield from neighbour.iter()
            holder = holder.getparent()

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
        """The first stated of these meta names."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")

    def stated(self, *keys: str) -> str:
        """The first of these keys in the linked data of the article."""
        return next((clean_value(text) for key in keys if (text := jsonld.value_text(self.find(key)))), "")

    def find(self, key: str) -> Any:
        """A value of the article's linked data, its references followed."""
        value = self.article.get(key)
        if isinstance(value, list):
            return [jsonld.resolve_reference(item, self.index) for item in value]
        return jsonld.resolve_reference(value, self.index)


def gather_metadata(root: Element, url: str, carried: str = "", dated: str | None = None) -> PageMetadata:
    """Gather what a page states of itself; `carried` and `dated` are what a feed or a book calls and dates it."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = meta.get("content")
        for name in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if name and content:
                metas.setdefault(name.strip().lower(), []).append(clean_value(content))
    found = jsonld.find_objects(root)
    index = jsonld.index_by_id(found)
    article = _choose_article_object(found, root, url)
    return PageMetadata(root, metas, article, found, index, url, carried, dated)


def clean_value(text: str) -> str:
    """Characters of a stated fact as a reader would see them: entities decoded, white space collapsed, no markup."""
    plain = html.unescape(html.unescape(text)) if "&" in text else text
    return collapse_space(re.sub(r"<[^<>]{1,200}>", " ", plain) if "<" in plain else plain)


def canonical_url(root: Element) -> str:
    """The address that a page gives as its own, if it is a whole one."""
    for link in root.iter("link"):
        if "canonical" in link.get("rel", "").lower().split() and link.get("href", "").startswith(
            ("http://", "https://")
        ):
            return str(link.get("href")).strip()
    return ""


def _choose_article_object(found: list[Node], root: Element, url: str) -> Node:
    """The object that describes this page's article: of an article's type, and about this address."""
    here = {address.rstrip("/") for address in (url, canonical_url(root)) if address}
    told = [letters for element in root.iter("title", "h1") if (letters := text_key(text_of(element)))]
    best: Node = {}
    most = 0.0
    for node in found:
        kinds = jsonld.types_of(node)
        rank = 4.0 if kinds & jsonld.ARTICLE_TYPES else 1.0 if kinds & jsonld.PAGE_TYPES else 0.0
        if not rank or ("headline" not in node and "name" not in node and "datePublished" not in node):
            continue
        about = {jsonld.value_text(node.get(key)).rstrip("/") for key in ("url", "@id", "mainEntityOfPage")}
        main = node.get("mainEntityOfPage")
        if isinstance(main, dict):
            about.add(str(main.get("@id", "")).rstrip("/"))
        rank += (
            2 * bool(here & about)
            + 0.5 * ("author" in node)
            + 0.5 * ("datePublished" in node)
            + 0.5 * ("headline" in node)
            + any(
                text_key(jsonld.value_text(node.get("headline"))) in letters for letters in told if "headline" in node
            )
        )
        if rank > most:
            best, most = node, rank
    return best
