"""Bookmarks in HTML: what browsers export (the Netscape form), and the lists of Pocket and Instapaper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.markup import damaged_error

_HEAD_BYTES = 2048
_EXPORT_MARK = re.compile(
    rb"<!doctype\s+netscape-bookmark-file|<title>\s*(?:pocket export|instapaper: export)\s*</title>", re.IGNORECASE
)


def recognises(document: Document) -> bool:
    """Whether it says of itself that it is such a list."""
    return bool(_EXPORT_MARK.search(document.data[:_HEAD_BYTES]))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield each bookmark of a page on the web, in order."""
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415  only bookmarks pay for it

    root = document_fromstring(document.data, parser=HTMLParser(encoding=document.charset or "utf-8"))
    links = [link for link in root.iter("a") if link.get("href", "").lower().startswith(("http://", "https://"))]
    if not links:
        raise damaged_error(document.name, ValueError("it lists no pages on the web"))
    for link in links:
        title = " ".join("".join(link.itertext()).split())
        tags = tuple(filter(None, (tag.strip() for tag in link.get("tags", "").split(","))))
        address = link.get("href")
        yield LinkedPage(address, "" if title == address else title, tags=tags)
