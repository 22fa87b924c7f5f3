"""The navigation document: table of contents and landmarks."""

from __future__ import annotations

from exporter.ebook.package import ContentsEntry, Landmark
from exporter.ebook.ui_strings import load_strings
from exporter.ebook.xhtml import EPUB_TYPE, Element, add_element, begin_page, clean_title, serialize


def write_nav(toc: tuple[ContentsEntry, ...], landmarks: tuple[Landmark, ...], language: str, style: str) -> bytes:
    """Write `nav.xhtml`, which stands at the top of the package folder."""
    said = load_strings(language)
    html, body = begin_page(said.contents, language, style)
    nav = add_element(body, "nav", id="toc", role="doc-toc")
    nav.set(EPUB_TYPE, "toc")
    add_element(nav, "h1", said.contents)
    _write_entries(nav, toc)
    guide = add_element(body, "nav", id="landmarks", aria_label="landmarks", hidden="hidden")
    guide.set(EPUB_TYPE, "landmarks")
    entries = add_element(guide, "ol")
    for landmark in landmarks:
        add_element(add_element(entries, "li"), "a", landmark.title, href=landmark.href).set(EPUB_TYPE, landmark.kind)
    return serialize(html)


def _write_entries(parent: Element, entries: tuple[ContentsEntry, ...]) -> None:
    listing = add_element(parent, "ol")
    for entry in entries:
        item = add_element(listing, "li")
        add_element(item, "a", clean_title(entry.title), href=entry.href)
        if entry.children:
            _write_entries(item, entry.children)
        item.tail = "\n"
