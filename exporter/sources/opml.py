"""OPML: lists of feeds that readers import and export."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.markup import damaged, local, xml

_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)


def recognises(document: Document) -> bool:
    """Whether its root is OPML's."""
    return document.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and bool(_OPML.search(document.data[:1024]))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield each feed, and each page that is listed as one."""
    root = xml(document.data, document.name, document.charset)
    found = False
    for outline in root.iter():
        if local(outline) != "outline":
            continue
        address = outline.get("xmlUrl") or outline.get("url") or ""
        if address.lower().startswith(("http://", "https://")):
            found = True
            yield LinkedPage(address)
    if not found:
        raise damaged(document.name, ValueError("the outline lists no feeds"))
