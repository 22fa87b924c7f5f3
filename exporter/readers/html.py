"""Pages of HTML, whole or in part: saved pages, fetched ones, AMP, print views, SingleFile, fragments.

This module only recognises them: it stays light, since every document is shown to it. `exporter.readers.page` reads.
"""

from __future__ import annotations

import re

from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import Read

_HEAD_BYTES = 8192
"""Bytes at the beginning that are looked at."""

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
    """A document is a page if it begins as one; a fragment must begin with a tag and end with one.

    What its carrier or its name calls a page needs a tag only. Markdown may begin with a tag: its suffix is believed.
    """
    head = _decode_head(document.data[:_HEAD_BYTES])
    if _PAGE_START.match(head):
        return True
    if document.suffix in _MARKDOWN_SUFFIXES:
        return False
    if document.media_type.partition(";")[0].strip().lower() in _MEDIA_TYPES or document.suffix in _SUFFIXES:
        return _TAG.search(head) is not None
    return _FRAGMENT_START.match(head) is not None and _ends_with_tag(document.data)


def read(document: Document, settings: InputSettings) -> Read:
    """Read a page; raises `SourceError` where it holds no text, or is made to do harm."""
    from exporter.readers.page import page_reader  # noqa: PLC0415  lxml costs 30 ms, which only those pay who read pages

    return page_reader.read_page(document, settings)


def _decode_head(head: bytes) -> bytes:
    """The beginning of a document as ASCII would have it, whatever its encoding."""
    for mark, name in _UTF16_STARTS:
        if head.startswith(mark):
            return head.decode(name, "ignore").lstrip("\ufeff").encode()
    return head


def _ends_with_tag(data: bytes) -> bool:
    tail = data[-_HEAD_BYTES:].replace(b"\0", b"").rstrip()
    return tail.endswith(b">") and any(found.group().startswith(b"</") for found in _TAG.finditer(tail))
