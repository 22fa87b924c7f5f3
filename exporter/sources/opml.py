"""OPML: lists of feeds, as feed readers import and export them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.files import empty_error
from exporter.sources.markup import is_web_address, local_name, parse_xml, read_head

_HEAD_BYTES = 1024  # the root element follows the XML declaration and comments, if any
_ROOT_TAG = re.compile(rb"<opml[\s>]", re.IGNORECASE)


def recognises(document: Document) -> bool:
    """Whether the document begins with the root element of OPML."""
    head = read_head(document.data, _HEAD_BYTES)
    return head.startswith(b"<") and bool(_ROOT_TAG.search(head))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield each feed and each page of the outline, in order; raises `SourceError` if it lists none."""
    root = parse_xml(document.data, document.name, document.charset)
    outlines = (element for element in root.iter() if local_name(element) == "outline")
    addresses = [outline.get("xmlUrl") or outline.get("url") or "" for outline in outlines]
    links = [LinkedPage(address) for address in addresses if is_web_address(address)]
    if not links:
        raise empty_error(document.name, "the outline lists no feeds")
    yield from links
