"""Bookmarks in HTML: what browsers export (Netscape's format), and the reading lists of Pocket and Instapaper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.files import empty_error
from exporter.sources.markup import is_web_address

_HEAD_BYTES = 2048  # the document type and the title are at the beginning
_EXPORT_MARK = re.compile(
    rb"<!doctype\s+netscape-bookmark-file|<title>\s*(?:pocket export|instapaper: export)\s*</title>", re.IGNORECASE
)


def recognises(document: Document) -> bool:
    """Whether the document type or the title says that it is such a list."""
    return bool(_EXPORT_MARK.search(document.data[:_HEAD_BYTES]))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield each bookmark of a page on the web, in order; raises `SourceError` if there are none."""
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415  42 ms, only bookmarks need it

    root = document_fromstring(document.data, parser=HTMLParser(encoding=document.charset or "utf-8"))
    links = [link for link in root.iter("a") if is_web_address(link.get("href", ""))]
    if not links:
        raise empty_error(document.name, "it lists no pages on the web")
    for link in links:
        title = " ".join("".join(link.itertext()).split())
        tags = tuple(filter(None, (tag.strip() for tag in link.get("tags", "").split(","))))
        address = link.get("href")
        yield LinkedPage(address, "" if title == address else title, tags=tags)
