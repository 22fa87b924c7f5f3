"""Bytes become text by byte order mark, strict UTF-8, the carrier's charset, or detection."""

from __future__ import annotations

from exporter.document import Document
from exporter.readers.encoding_detection import BYTE_ORDER_MARKS, decode_legacy, find_codec

_SAMPLE_BYTES = 65_536
"""Bytes by which UTF-16 is recognised."""

_MIN_ZERO_SHARE, _MIN_PAIRS = 0.7, 8
"""Share of zeros among every second byte of Latin text in UTF-16, and the fewest pairs of bytes in which it is
counted."""


def decode_text(document: Document) -> str:
    """Return a document's text; characters that cannot be decoded become U+FFFD."""
    data = document.data
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if encoding := _detect_utf16(data[:_SAMPLE_BYTES]):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode_legacy(data, tuple(filter(None, (find_codec(document.charset),))))


def _detect_utf16(sample: bytes) -> str:
    """Return the encoding of UTF-16 without a byte order mark, or an empty string."""
    half = len(sample) // 2
    if half >= _MIN_PAIRS and sample[1::2].count(0) >= half * _MIN_ZERO_SHARE:
        return "utf-16-le"
    if half >= _MIN_PAIRS and sample[0::2].count(0) >= half * _MIN_ZERO_SHARE:
        return "utf-16-be"
    return ""
