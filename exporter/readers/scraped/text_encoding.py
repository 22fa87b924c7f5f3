"""Text encoding: bytes become text by byte order mark, strict UTF-8, the carrier's charset, or detection."""

from __future__ import annotations

import codecs

from exporter.document import Document

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_SAMPLE_BYTES = 65_536
"""Bytes by which encodings are distinguished."""

_MIN_ZERO_SHARE, _MIN_PAIRS = 0.7, 8
"""Share of zeros among every second byte of Latin text in UTF-16, and the fewest pairs of bytes in which it is
counted."""

_MAX_DAMAGE_SHARE = 0.1
"""Undecodable characters for each good non-ASCII one, up to which a text counts as damaged UTF-8."""


def decode_text(document: Document) -> str:
    """Return a document's text; characters that cannot be decoded become U+FFFD."""
    data = document.data
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if encoding := _detect_utf16(data[:_SAMPLE_BYTES]):
        return data.decode(encoding, "replace")
    for encoding in ("utf-8", document.charset):
        try:
            return data.decode(encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return _decode_by_detection(data)


def _detect_utf16(sample: bytes) -> str:
    """Return the encoding of UTF-16 without a byte order mark, or an empty string."""
    half = len(sample) // 2
    if half >= _MIN_PAIRS and sample[1::2].count(0) >= half * _MIN_ZERO_SHARE:
        return "utf-16-le"
    if half >= _MIN_PAIRS and sample[0::2].count(0) >= half * _MIN_ZERO_SHARE:
        return "utf-16-be"
    return ""


def _decode_by_detection(data: bytes) -> str:
    # A few bad bytes in good UTF-8 are damage, not another encoding.
    """Decode bytes that are neither UTF-8 nor in the claimed charset."""
    text = data.decode("utf-8", "replace")
    good = sum(1 for char in text[:_SAMPLE_BYTES] if char > "\x7f" and char != "\ufffd")
    if text[:_SAMPLE_BYTES].count("\ufffd") < good * _MAX_DAMAGE_SHARE:
        return text
    from charset_normalizer import from_bytes  # noqa: PLC0415  30 ms, for old encodings only

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")
