"""Gives a document the files of its container that it refers to: pictures, and pages in frames, each once.

The addresses in the document stay as they are; its reader finds the files by them (`exporter.addresses`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html import unescape

from exporter.addresses import AddressIndex
from exporter.document import DocumentPart
from exporter.errors import Notice
from exporter.readers.page.html_encoding import decode_html
from exporter.sources.picture_limit import OVER_LIMIT

# Where addresses stand: attributes of HTML, parentheses of CSS and Markdown, wiki links, and Markdown's definitions.
# Longer values are data.
_ADDRESSES = re.compile(
    r"""=\s*"([^"]{1,2000})"|=\s*'([^']{1,2000})'|=\s*([^\s"'<>]{1,2000})|"""
    r"""\(\s*["'<]?([^()"'<>]{1,2000})|!\[\[([^\[\]|#]{1,300})|^\[[^\]\n]{1,80}\]:\s*<?([^\s<>]{1,2000})""",
    re.MULTILINE,
)


MAX_KEPT_FILES = 64
"""Files that are kept for the next page, which may refer to them, too; chosen: more than the pictures of a site."""

_STYLE_ADDRESS = r"""url\(\s*["']?([^"')]{1,2000})"""


class PackedFiles:
    """The files of a container; `read` returns the media type (or empty) and the bytes of the one at an address.

    `read` may return None for a file that cannot be read. No document gets more than `max_bytes` of them.
    """

    def __init__(
        self, addresses: Iterable[str], read: Callable[[str], tuple[str, bytes] | None], max_bytes: int
    ) -> None:
        self._index = AddressIndex(addresses)
        self._read = lru_cache(MAX_KEPT_FILES)(read)  # a picture of several pages is read once
        self._max_bytes = max_bytes

    def collect_parts(
        self, data: bytes, location: str, charset: str = ""
    ) -> tuple[tuple[DocumentPart, ...], tuple[Notice, ...]]:
        """Return the files that a document at a location refers to, and notices of those over the limit."""
        parts: dict[str, DocumentPart | None] = {}
        notices: list[Notice] = []
        remaining_bytes = self._max_bytes
        for address in list_addresses(decode_html(data, charset)) if self._index else ():
            found = self._index.find(address, location)
            if found is None or found in parts or found == location:
                continue
            parts[found] = None
            packed = self._read(found)
            if packed is None:
                notices.append(Notice(found, "it is left out: it is damaged, or the archive's pictures are too large"))
            elif len(packed[1]) > remaining_bytes:
                notices.append(Notice(found, OVER_LIMIT))
            elif packed[1]:
                remaining_bytes -= len(packed[1])
                parts[found] = DocumentPart(found, packed[1], packed[0])
        return tuple(filter(None, parts.values())), tuple(notices)


def list_addresses(text: str) -> Iterator[str]:
    """Yield whatever may be an address in HTML or Markdown, each once; of a source set, each of its parts."""
    seen: set[str] = set()
    for found in _ADDRESSES.finditer(text):
        value = next(filter(None, found.groups()), "").strip()
        value = unescape(value) if "&" in value else value
        pieces = re.split(r"[\s,]+", value) if " " in value or "," in value else []
        for address in (value, *pieces, *(re.findall(_STYLE_ADDRESS, value) if "url(" in value else ())):
            if address and address not in seen:
                seen.add(address)
                yield address
