"""The navigation document: table of contents and landmarks."""

from __future__ import annotations

from exporter.ebook.package import ContentsEntry, Landmark
from exporter.ebook.ui_strings import words
from exporter.ebook.xhtml import TYPE, Element, add, page, titled, written


def document(toc: tuple[ContentsEntry, ...], landmarks: tuple[Landmark, ...], language: str, style: str) -> bytes:
    """Write `nav.xhtml`, which stands at the top of the package folder."""
    said = words(language)
    html, body = page(said.contents, language, style)
    nav = add(body, "nav", id="toc", role="doc-toc")
    nav.set(TYPE, "toc")
    add(nav, "h1", said.contents)
    _list(nav, toc)
    guide = add(body, "nav", id="landmarks", aria_label="landmarks", hidden="hidden")
    guide.set(TYPE, "landmarks")
    entries = add(guide, "ol")
    for landmark in landmarks:
        add(add(entries, "li"), "a", landmark.title, href=landmark.href).set(TYPE, landmark.kind)
    return written(html)


def _list(parent: Element, entries: tuple[ContentsEntry, ...]) -> None:
    listing = add(parent, "ol")
    for entry in entries:
        item = add(listing, "li")
        add(item, "a", titled(entry.title), href=entry.href)
        if entry.children:
            _list(item, entry.children)
        item.tail = "\n"
