"""Bytes become text: by their mark, as strict UTF-8, by the charset their carrier claims, at last by detection."""

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
_SAMPLE_BYTES = 65_536  # bytes that tell one encoding from another


def decode_text(document: Document) -> str:
    """Return a document's text; characters that cannot be read become U+FFFD."""
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
    """Name the encoding of UTF-16 without a mark: in most scripts every second byte is then 0."""
    half = len(sample) // 2
    if half >= 8 and sample[1::2].count(0) * 10 >= half * 7:
        return "utf-16-le"
    if half >= 8 and sample[0::2].count(0) * 10 >= half * 7:
        return "utf-16-be"
    return ""


def _decode_by_detection(data: bytes) -> str:
    # A few bad bytes in good UTF-8 are damage, not another encoding.
    text = data.decode("utf-8", "replace")
    good = sum(1 for char in text[:_SAMPLE_BYTES] if char > "\x7f" and char != "\ufffd")
    if text[:_SAMPLE_BYTES].count("\ufffd") * 10 < good:
        return text
    from charset_normalizer import from_bytes  # noqa: PLC0415  30 ms, for old encodings only

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")
