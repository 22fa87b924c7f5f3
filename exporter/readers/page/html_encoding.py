"""Decodes the bytes of a page, by byte-order mark, declared encoding and detection, in that order.

Valid UTF-8 is decoded as such whatever is declared: other text is hardly ever valid UTF-8, while wrong declarations are
common. The exceptions are declared seven-bit encodings, whose text is always valid UTF-8.
"""

from __future__ import annotations

import re

from exporter.readers.encoding_detection import BYTE_ORDER_MARKS, SEVEN_BIT_CODECS, decode_legacy, find_codec

_DECLARED_ENCODING = re.compile(
    rb"""<(?:meta\s[^<>]*?charset|\?xml\s[^<>]*?encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE
)

_DECLARATION_BYTES = 4096
"""Bytes searched for the declared encoding; the HTML standard asks for 1024, many pages need more."""


def decode_html(data: bytes, declared: str = "") -> str:
    """Return the text of a page; `declared` is the encoding in the HTTP header, or empty. Never fails."""
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if name := _find_unmarked_utf16(data):
        return data.decode(name, "replace")
    found = _DECLARED_ENCODING.search(data, 0, _DECLARATION_BYTES)
    claims = [name for claim in (declared, found[1].decode() if found else "") if (name := find_codec(claim))]
    for name in (*(claim for claim in claims if claim in SEVEN_BIT_CODECS), "utf-8"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return decode_legacy(data, claims)


def _find_unmarked_utf16(data: bytes) -> str:
    """Return the codec of UTF-16 without a byte-order mark, by the zero byte of its first tag; else empty."""
    start = data[:64]
    if start[:1] == b"<" and start[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if start[:2] == b"\0<" else ""
