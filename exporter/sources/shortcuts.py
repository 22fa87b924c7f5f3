"""Web shortcuts: ``.webloc`` of macOS, ``.url`` of Windows, ``.desktop`` of Linux: each holds an address."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from xml.parsers.expat import ExpatError

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.files import empty_error
from exporter.sources.markup import BEFORE_MARKUP, is_web_address

_MAX_BYTES = 100_000
"""Bytes of a shortcut; the largest have an icon in them."""

_BINARY_PLIST = b"bplist"
_XML_PLIST = re.compile(rb"<\?xml[^>]*>\s*(?:<!DOCTYPE plist[^>]*>\s*)?<plist\b|<!DOCTYPE plist|<plist\b")
_SECTION = re.compile(rb"(?:\[\{[\w-]+\}\]\s*(?:\w+=.*\s+)*)?\[(?:InternetShortcut|Desktop Entry)\]", re.IGNORECASE)
_URL_LINE = re.compile(r"^\s*(?:URL|BASEURL)\s*=\s*(\S.*?)\s*$", re.IGNORECASE | re.MULTILINE)


def recognises(document: Document) -> bool:
    """Whether a document is a property list with an address, or has the section of a shortcut."""
    data = document.data
    if len(data) > _MAX_BYTES:
        return False
    head = data.lstrip(BEFORE_MARKUP)
    if _SECTION.match(head):
        return True
    return (head.startswith(_BINARY_PLIST) or _XML_PLIST.match(head) is not None) and b"URL" in data


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield the page; raises `SourceError` if the shortcut leads to none on the web."""
    address = _find_address(document.data)
    if not is_web_address(address):
        raise empty_error(document.name, "it is a shortcut that leads to no page on the web")
    yield LinkedPage(address)


def _find_address(data: bytes) -> str:
    head = data.lstrip(BEFORE_MARKUP)
    if _SECTION.match(head):
        found = _URL_LINE.search(head.decode("utf-8", "replace"))
        return found[1] if found else ""
    try:
        values = plistlib.loads(head)
    except (ExpatError, ValueError, plistlib.InvalidFileException, RecursionError, OverflowError):
        return ""
    return str(values.get("URL", "")) if isinstance(values, dict) else ""
