"""Bookmarks in HTML: what browsers export (Netscape's format), and the reading lists of Pocket and Instapaper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.files import empty_error
from exporter.sources.item_selection import ListItem, select_items
from exporter.sources.markup import is_web_address
from exporter.sources.reading_lists import convert_item

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEAD_BYTES = 2048  # the document type and the title are at the beginning
_EXPORT_MARK = re.compile(
    rb"<!doctype\s+netscape-bookmark-file|<title>\s*(?:pocket export|instapaper: export)\s*</title>", re.IGNORECASE
)


def recognises(document: Document) -> bool:
    """Whether the document type or the title says that it is such a list."""
    return bool(_EXPORT_MARK.search(document.data[:_HEAD_BYTES]))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield each bookmark of a page on the web, in order; raises `SourceError` if there are none."""
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415  42 ms, only bookmarks need it

    root = document_fromstring(document.data, parser=HTMLParser(encoding=document.charset or "utf-8"))
    items: list[ListItem | SourceError] = []
    section = ""
    for element in root.iter("a", "h1", "h3"):
        if element.tag != "a":
            section = "".join(element.itertext())
        elif is_web_address(element.get("href", "")) and (item := _convert_link(element, section, document.name)):
            items.append(item)
    if not items:
        raise empty_error(document.name, "it lists no pages on the web")
    return select_items(items, settings)


def _convert_link(link: HtmlElement, section: str, name: str) -> ListItem | None:
    """Return the item of a link; `section` is the heading above it, which may say whether it was read."""
    values = {key.replace("_", ""): value for key, value in link.attrib.items()}
    return convert_item({**values, "title": " ".join("".join(link.itertext()).split()), "folder": section}, name)
