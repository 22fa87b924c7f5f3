"""The navigation document: the table of contents and the landmarks (EPUB 3.3, section 7)."""

from __future__ import annotations

from exporter.ebook.package import ContentsEntry, Landmark
from exporter.ebook.xhtml import EPUB_TYPE, Element, add_element, begin_page, clean_title, serialize
from exporter.ui_strings import load_strings


def write_nav(toc: tuple[ContentsEntry, ...], landmarks: tuple[Landmark, ...], language: str, style: str) -> bytes:
    """Write the navigation document, `nav.xhtml` beside the package document."""
    strings = load_strings(language)
    html, body = begin_page(strings.contents, language, style)
    nav = add_element(body, "nav", id="toc", role="doc-toc")
    nav.set(EPUB_TYPE, "toc")
    add_element(nav, "h1", strings.contents)
    _write_entries(nav, toc)
    landmark_nav = add_element(body, "nav", id="landmarks", aria_label="landmarks", hidden="hidden")
    landmark_nav.set(EPUB_TYPE, "landmarks")
    entries = add_element(landmark_nav, "ol")
    for landmark in landmarks:
        link = add_element(add_element(entries, "li"), "a", landmark.title, href=landmark.href)
        link.set(EPUB_TYPE, landmark.epub_type)
    return serialize(html)


def _write_entries(parent: Element, entries: tuple[ContentsEntry, ...]) -> None:
    element = add_element(parent, "ol")
    for entry in entries:
        item = add_element(element, "li")
        add_element(item, "a", clean_title(entry.title), href=entry.href)
        if entry.children:
            _write_entries(item, entry.children)
        item.tail = "\n"
