"""HTML pages, whole or in part: saved pages, fetched ones, AMP, print views, SingleFile, fragments.

This module only recognises them, and imports little, since it is asked about every document; `exporter.readers.page`
reads them.
"""

from __future__ import annotations

import re

from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import Read, file_signatures

_HEAD_BYTES = 8192
"""Bytes at either end of a document that are examined."""

_PROLOGUE = rb"\A(?:\s|<!--.*?-->|<\?xml[^>]*\?>|\xef\xbb\xbf)*"
_PAGE_START = re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FRAGMENT_START = re.compile(
    _PROLOGUE
    + rb"<(article|main|section|div|header|h[1-6]|p|ul|ol|dl|table|figure|blockquote|pre|title|meta|span|center"
    rb")(?=[\s/>])[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mdown"})
_UTF16_STARTS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


def recognises(document: Document) -> bool:
    """Whether a document is a page: it begins as one, or begins and ends with a tag.

    With the media type or suffix of HTML, a tag near the beginning suffices. A document with the suffix of Markdown
    may begin with a tag, and is a page only if it begins as a whole one.
    """
    if file_signatures.is_binary(document.data):
        return False
    head = _decode_head(document.data[:_HEAD_BYTES])
    if _PAGE_START.match(head):
        return True
    if document.suffix in _MARKDOWN_SUFFIXES:
        return False
    if document.media_type.partition(";")[0].strip().lower() in _MEDIA_TYPES or document.suffix in _SUFFIXES:
        return _TAG.search(head) is not None
    return _FRAGMENT_START.match(head) is not None and _ends_with_tag(document.data)


def read(document: Document, settings: InputSettings) -> Read:
    """Read a page; raises `SourceError` if it holds no text, or exceeds the limits on size and depth."""
    from exporter.readers.page import page_reader  # noqa: PLC0415  30 ms (lxml), only pages need it

    return page_reader.read_page(document, settings)


def _decode_head(head: bytes) -> bytes:
    """Return the beginning of a document with UTF-16 turned into UTF-8."""
    for mark, name in _UTF16_STARTS:
        if head.startswith(mark):
            return head.decode(name, "ignore").lstrip("\ufeff").encode()
    return head


def _ends_with_tag(data: bytes) -> bool:
    """Whether a document ends with a tag, and holds a closing one near its end."""
    tail = data[-_HEAD_BYTES:].replace(b"\0", b"").rstrip()
    return tail.endswith(b">") and any(found.group().startswith(b"</") for found in _TAG.finditer(tail))
