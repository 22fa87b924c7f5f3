"""A catalogue for e-readers: ``opds.xml`` (OPDS 1.2), its pages and facets, and ``opds.json`` (OPDS 2.0).

The root is an acquisition feed of the newest works: KOReader's synchronisation and Readest's subscriptions find nothing
in a navigation feed. All links are relative, so that the catalogue works under any address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import blake2b
from uuid import NAMESPACE_URL, uuid5

import msgspec

from exporter.output import make_stem
from exporter.publishing import Published, Site
from exporter.publishing.artwork import ArtworkNames, write_artwork
from exporter.publishing.feed_pages import FeedPage, cut_pages
from exporter.publishing.feed_xml import XML_DECLARATION, cut_text, element, format_utc, link_to, wrap
from exporter.publishing.shelf import BOOK_SUFFIXES, Shelf, ShelvedWork
from exporter.publishing.shelf_writer import ShelfWriter

CATALOGUE_NAME, CATALOGUE_JSON_NAME = "opds.xml", "opds.json"
CATALOGUE_TYPE = "application/atom+xml;profile=opds-catalog;kind=acquisition"
CATALOGUE_JSON_TYPE = "application/opds+json"

PAGE_SIZE = 50
"""Works on a page: what a slow e-reader shows in a moment; chosen by hand."""

MAX_FACETS = 20
"""The most values of a facet (a site, a language, a year), those with most works; chosen: what a menu shows."""

MAX_SUMMARY_BYTES = 2000

_SORT_NEW = "http://opds-spec.org/sort/new"
_ACQUISITION = "http://opds-spec.org/acquisition/open-access"
_IMAGE = "http://opds-spec.org/image"
_NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:opds="http://opds-spec.org/2010/catalog"'
)
_BOOK_TITLES = {".epub": "EPUB", ".kepub.epub": "EPUB for Kobo", ".readaloud.epub": "EPUB, read aloud"}
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Facet(msgspec.Struct, frozen=True):
    """One value of a facet: the name of its group, the value, the stem of its feed, and its works, newest first."""

    group: str
    value: str
    stem: str
    works: tuple[ShelvedWork, ...]


def publish(shelf: Shelf, site: Site, writer: ShelfWriter) -> Published:
    """Write the catalogue and the pages of its facets, and the same works as OPDS 2.0."""
    works = tuple(work for work in shelf.works if work.sound or not work.files.keys().isdisjoint(BOOK_SUFFIXES))
    names = ArtworkNames(writer, works)
    artwork = write_artwork(writer, site.title)
    pictures = {work.id: names.find(work) or artwork for work in works}
    facets = _find_facets(works)
    pages = [(page, "") for page in cut_pages(works, PAGE_SIZE, "opds", ".xml")]
    pages += [(page, facet.stem) for facet in facets for page in cut_pages(facet.works, PAGE_SIZE, facet.stem, ".xml")]
    json_pages = cut_pages(works, PAGE_SIZE, "opds", ".json")
    writer.forget_pages("opds-", [page.name for page, _ in pages] + [page.name for page in json_pages])

    @cache
    def format_entry(place: int) -> str:
        return wrap("entry", *_describe_entry(works[place], pictures[works[place].id]))

    places = {work.id: place for place, work in enumerate(works)}
    for page, stem in pages:
        listed = () if page.is_archive else tuple(facets)
        shown = [(facet.group, facet.value, facet.stem) for facet in listed]
        source = (site, page.key, shown, stem, [pictures[work.id] for work in page.works])
        entries = (format_entry(places[work.id]) for work in page.works)
        writer.write_page(page.name, source, partial(_render, site, page, listed, stem, entries))
    for page in json_pages:
        count = 0 if page.is_archive else len(works)
        counted = (site, page.key, count, [pictures[work.id] for work in page.works])
        writer.write_page(page.name, counted, partial(_render_json, site, page, count, pictures))
    return Published((CATALOGUE_NAME, CATALOGUE_JSON_NAME))


def _find_facets(works: Sequence[ShelvedWork]) -> list[Facet]:
    """Return the facets by which the works differ: those with most works, in the order of the alphabet.

    So a further work of one facet does not change the pages of the others.
    """
    found = []
    for group, find_value in _FACETS.items():
        held: dict[str, list[ShelvedWork]] = {}
        for work in works:
            held.setdefault(find_value(work), []).append(work)
        held.pop("", None)
        for value, chosen in sorted(sorted(held.items(), key=lambda item: (-len(item[1]), item[0]))[:MAX_FACETS]):
            if len(chosen) < len(works):
                digest = blake2b(value.encode("utf-8", "replace"), digest_size=2).hexdigest()
                stem = f"opds-{group.lower()}-{make_stem(value)[:40]}-{digest}"
                found.append(Facet(group, value, stem, tuple(chosen)))
    return found


_FACETS: dict[str, Callable[[ShelvedWork], str]] = {
    "Site": lambda work: work.facts.site,
    "Language": lambda work: work.facts.language,
    "Year": lambda work: (work.facts.published or "")[:4],
}


def _render(site: Site, page: FeedPage, facets: tuple[Facet, ...], stem: str, entries: Iterable[str]) -> bytes:
    parts = "".join((*_describe_feed(site, page, facets, stem), *entries))
    return f"{XML_DECLARATION}<feed {_NAMESPACES}>\n{parts}</feed>\n".encode()


def _describe_feed(site: Site, page: FeedPage, facets: tuple[Facet, ...], stem: str) -> Iterator[str]:
    yield element("id", uuid5(NAMESPACE_URL, f"{site.guid}/{stem or 'opds'}").urn)
    yield element("title", site.title)
    newest = max((work.changed for work in page.works), default=datetime.fromtimestamp(0, UTC))
    yield element("updated", format_utc(newest))
    yield wrap("author", element("name", site.settings.author or site.title))
    yield _link("self", page.name, CATALOGUE_TYPE)
    yield _link("start", CATALOGUE_NAME, CATALOGUE_TYPE)
    yield _link("first", f"{stem or 'opds'}.xml", CATALOGUE_TYPE)
    if page.next:
        yield _link("next", page.next, CATALOGUE_TYPE)
    if page.previous:
        yield _link("previous", page.previous, CATALOGUE_TYPE)
    yield _link(_SORT_NEW, f"{stem or 'opds'}.xml", CATALOGUE_TYPE, {"title": "Newest"})
    for facet in facets:
        stated = {"title": facet.value, "opds:facetGroup": facet.group}
        if facet.stem == stem:
            stated["opds:activeFacet"] = "true"
        yield _link("http://opds-spec.org/facet", f"{facet.stem}.xml", CATALOGUE_TYPE, stated)


def _describe_entry(work: ShelvedWork, picture: str) -> Iterator[str]:
    facts = work.facts
    yield element("title", facts.title)
    yield element("id", work.urn)
    yield element("updated", format_utc(work.changed))
    if published := _format_moment(facts.published or ""):
        yield element("published", published)
    if issued := _DATE.match(facts.published or ""):
        yield element("dcterms:issued", issued[0])
    yield element("dcterms:language", facts.language)
    if facts.site:
        yield element("dcterms:publisher", facts.site)
    for author in facts.authors:
        yield wrap("author", element("name", author))
    for tag in dict.fromkeys(filter(None, (facts.section, *facts.tags))):
        yield element("category", attributes={"term": tag, "label": tag})
    yield element("summary", cut_text(facts.description or facts.title, MAX_SUMMARY_BYTES), {"type": "text"})
    if page := work.files.get(".html"):
        yield _link("alternate", page.name, "text/html")
    elif facts.address:
        yield element("link", attributes={"rel": "alternate", "href": facts.address, "type": "text/html"})
    for relation in (_IMAGE, f"{_IMAGE}/thumbnail"):
        yield _link(relation, picture, "image/jpeg")
    for name, size, media_type, title in _list_acquisitions(work):
        yield _link(_ACQUISITION, name, media_type, {"title": title, "length": str(size)})


def _list_acquisitions(work: ShelvedWork) -> list[tuple[str, int, str, str]]:
    """Return name, size, media type and title of the files to download: the plain book, the others, the episode."""
    books = [(suffix, file) for suffix in BOOK_SUFFIXES if (file := work.files.get(suffix))]
    found = [(file.name, file.size, "application/epub+zip", _BOOK_TITLES[suffix]) for suffix, file in books]
    if sound := work.sound:
        found.append((sound.name, sound.size, work.sound_type, sound.name.rpartition(".")[2].upper()))
    return found


def _render_json(site: Site, page: FeedPage, count: int, pictures: Mapping[str, str]) -> bytes:
    """Render OPDS 2.0, `publications` only: with navigation in the same document, KOReader's synchronisation fails."""
    links = [("self", page.name), ("first", CATALOGUE_JSON_NAME), ("next", page.next), ("previous", page.previous)]
    document = {
        "metadata": {"title": site.title, "itemsPerPage": PAGE_SIZE} | ({"numberOfItems": count} if count else {}),
        "links": [
            {"rel": relation, "href": link_to("", name), "type": CATALOGUE_JSON_TYPE}
            for relation, name in links
            if name
        ],
        "publications": [_describe_publication(work, pictures[work.id]) for work in page.works],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _describe_publication(work: ShelvedWork, picture: str) -> dict[str, object]:
    facts = work.facts
    metadata = {
        "@type": "http://schema.org/Article",
        "identifier": work.urn,
        "title": facts.title,
        "author": list(facts.authors),
        "language": facts.language,
        "modified": format_utc(work.changed),
        "published": _format_moment(facts.published or ""),
        "publisher": facts.site,
        "description": facts.description,
        "subject": [*facts.tags],
        "duration": facts.seconds,
    }
    acquisitions = _list_acquisitions(work)
    return {
        "metadata": {name: value for name, value in metadata.items() if value},
        "links": [
            {"rel": _ACQUISITION, "href": link_to("", name), "type": media_type, "title": title, "size": size}
            for name, size, media_type, title in acquisitions
        ],
        "images": [{"href": link_to("", picture), "type": "image/jpeg"}],
    }


def _format_moment(iso: str) -> str:
    """Format a date, or a date and time, by RFC 3339 as Atom asks; empty for any other."""
    try:
        moment = datetime.fromisoformat(iso)
        return format_utc(moment.astimezone(UTC) if moment.tzinfo else moment)
    except (ValueError, OverflowError):
        return ""


def _link(relation: str, name: str, media_type: str, stated: dict[str, str] | None = None) -> str:
    return element("link", attributes={"rel": relation, "href": link_to("", name), "type": media_type} | (stated or {}))
