"""Entries of RSS and Atom: their fields by qualified name, so that a picture's description is not the entry's."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from exporter.sources import feed_text
from exporter.sources.markup import ContainerFacts, is_web_address, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATOM_NAMESPACES = frozenset({"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"})
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
    **dict.fromkeys(_ATOM_NAMESPACES, "atom"),
}
"""The usual prefixes of namespaces; a feed may use others."""

_CONTENT_NAMES = ("content:encoded", "content", "atom:content", "xhtml:body", "xhtml:div")
_SUMMARY_NAMES = ("description", "summary", "atom:summary", "dc:description", "itunes:summary")
_AUTHOR_NAMES = ("dc:creator", "author", "atom:author", "itunes:author")
_DATE_NAMES = (
    *("pubdate", "published", "atom:published", "dc:date", "issued", "dcterms:issued", "date"),
    *("updated", "modified", "atom:updated"),
)
_XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"


class FeedEntry:
    """An ``item`` or ``entry``; `base` is the URL that its addresses are relative to, or empty."""

    def __init__(self, element: _Element, base: str) -> None:
        self._element = element
        self._base = base
        core = element.tag.rpartition("}")[0].lstrip("{")
        self._is_atom = core in _ATOM_NAMESPACES
        self._fields: dict[str, list[_Element]] = {}
        for child in element:
            if name := _qualified_name(child, core):
                self._fields.setdefault(name, []).append(child)

    def content(self) -> str:
        """Return the field for the whole article as HTML; empty without it."""
        return self._first_markup(_CONTENT_NAMES)

    def summary(self) -> str:
        """Return the field for a summary as HTML; empty without it. Many feeds put the whole article there."""
        return self._first_markup(_SUMMARY_NAMES)

    def gather_facts(self, site: str, language: str) -> ContainerFacts:
        """Return the facts about the entry; `site` and `language` are those of the feed."""
        titles = self._find("title", "atom:title", "dc:title", "media:title")
        return ContainerFacts(
            title=feed_text.read_title(titles[0], is_atom=self._is_atom) if titles else "",
            authors=tuple(dict.fromkeys(self._iter_authors())),
            published=parse_date(next(iter(self._texts(*_DATE_NAMES)), "")),
            url=self._find_link(),
            site=site,
            language=self._element.get(f"{_XML_NAMESPACE}lang") or language,
            tags=tuple(dict.fromkeys(filter(None, map(_category_name, self._find("category", "dc:subject"))))),
            picture=self._find_picture(),
        )

    def _find(self, *names: str) -> list[_Element]:
        return [element for name in names for element in self._fields.get(name, ())]

    def _texts(self, *names: str) -> Iterator[str]:
        """Yield the texts of fields that are not empty, on one line each."""
        yield from filter(None, (" ".join("".join(element.itertext()).split()) for element in self._find(*names)))

    def _first_markup(self, names: tuple[str, ...]) -> str:
        found = (
            feed_text.read_markup(element, is_atom=self._is_atom or element.tag.startswith("{http://www.w3.org/2005"))
            for element in self._find(*names)
        )
        return next((html for html in found if html.strip()), "")

    def _iter_authors(self) -> Iterator[str]:
        for person in self._find(*_AUTHOR_NAMES):
            named = next((child for child in person if local_name(child) == "name"), person)
            name = " ".join("".join(named.itertext()).split())
            # RSS 2.0 prescribes an address with the name in parentheses: "ann@example.org (Ann Lee)".
            if "@" in name and name.endswith(")"):
                name = name.partition("(")[2].rstrip(")").strip()
            if name and "@" not in name:
                yield name

    def _find_link(self) -> str:
        links = [
            child.get("href") or child.text or ""
            for child in self._find("link", "atom:link")
            if child.get("rel", "alternate") == "alternate"
        ]
        guids = [child.text or "" for child in self._find("guid") if child.get("isPermaLink") != "false"]
        for address in filter(None, map(str.strip, (*links, *guids))):
            with contextlib.suppress(ValueError):  # its host is not valid
                if is_web_address(found := urljoin(self._base, address)):
                    return found
        return ""

    def _find_picture(self) -> str:
        """Return the address of an entry's picture (RSS enclosure or Media RSS), or empty."""
        for child in self._element.iter():
            name, kind = local_name(child), child.get("type") or child.get("medium") or ""
            if name == "thumbnail" or (name in ("enclosure", "content") and kind.startswith("image")):
                return str(child.get("url", ""))
        return ""


def _qualified_name(element: _Element, core: str) -> str:
    """Return the name of a field in lower case: bare in the entry's own namespace, else with the usual prefix."""
    if not isinstance(element.tag, str):
        return ""
    namespace, _, name = element.tag.rpartition("}")
    namespace = namespace.lstrip("{")
    if namespace in ("", core):
        return name.lower()  # of an undeclared prefix, the parser leaves the prefix in the name
    return f"{_PREFIXES.get(namespace, element.prefix or '?')}:{name}".lower()


def _category_name(element: _Element) -> str:
    return " ".join((element.get("label") or element.get("term") or element.text or "").split())


def parse_date(text: str) -> str | None:
    """Return a date of RFC 822 or ISO 8601 as ISO 8601, or None for any other text."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  28 ms, only RSS needs it

    if not text or text[:4].isdigit():
        return text or None
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, OverflowError):
        return None
