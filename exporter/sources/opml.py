"""OPML: lists of feeds that readers import and export."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.markup import damaged_error, local_name, parse_xml

_ROOT_TAG = re.compile(rb"<opml[\s>]", re.IGNORECASE)


def recognises(document: Document) -> bool:
    """Whether its root is OPML's."""
    return document.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and bool(
        _ROOT_TAG.search(document.data[:1024])
    )


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield each feed, and each page that is listed as one."""
    root = parse_xml(document.data, document.name, document.charset)
    found = False
    for outline in root.iter():
        if local_name(outline) != "outline":
            continue
        address = outline.get("xmlUrl") or outline.get("url") or ""
        if address.lower().startswith(("http://", "https://")):
            found = True
            yield LinkedPage(address)
    if not found:
        raise damaged_error(document.name, ValueError("the outline lists no feeds"))
