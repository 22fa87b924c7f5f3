"""Decodes the bytes of a page, by byte-order mark, declared encoding and detection, in that order.

Valid UTF-8 is decoded as such whatever is declared: other text is hardly ever valid UTF-8, while wrong declarations are
common. The exceptions are declared seven-bit encodings, whose text is always valid UTF-8.
"""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED_ENCODING = re.compile(
    rb"""<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE
)

_DECLARATION_BYTES = 4096
"""Bytes searched for the declared encoding; the HTML standard asks for 1024, many pages need more."""

_DETECTION_BYTES = 100_000
"""Bytes given to detection, which takes seconds for a whole book."""

_TAGS_AND_SPACE = re.compile(rb"<[^>]*>|\s+")
_SEVEN_BIT_CODECS = frozenset({"iso2022_jp", "iso2022_jp_2", "iso2022_kr", "hz"})

# What browsers read under these names (WHATWG Encoding Standard).
_BROWSER_CODECS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip


def decode_html(data: bytes, declared: str = "") -> str:
    """Return the text of a page; `declared` is the encoding in the HTTP header, or empty. Never fails."""
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if name := _find_unmarked_utf16(data):
        return data.decode(name, "replace")
    found = _DECLARED_ENCODING.search(data, 0, _DECLARATION_BYTES)
    claims = [name for claim in (declared, found[1].decode() if found else "") if (name := _find_codec(claim))]
    for name in (*(claim for claim in claims if claim in _SEVEN_BIT_CODECS), "utf-8", *claims):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(_detect_codec(data, claims), "replace")


def _find_codec(claim: str) -> str:
    """Return the Python codec of a declared encoding; empty if it is unknown, or does not decode text."""
    try:
        name = codecs.lookup(claim.strip()).name
    except (LookupError, ValueError):
        return ""
    # A page whose declaration could be read as ASCII is not in UTF-16 or UTF-32.
    if name.startswith(("utf-16", "utf-32")) or name in {"base64", "hex", "rot13", "zlib", "bz2", "uu", "quopri"}:
        return ""
    return _BROWSER_CODECS.get(name, name)


def _find_unmarked_utf16(data: bytes) -> str:
    """Return the codec of UTF-16 without a byte-order mark, by the zero byte of its first tag; else empty."""
    start = data[:64]
    if start[:1] == b"<" and start[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if start[:2] == b"\0<" else ""


def _detect_codec(data: bytes, claims: list[str]) -> str:
    """Choose a codec with at most one bad byte in a thousand, else detect it from the letters outside tags."""
    for name in ("utf-8", *claims):
        bad = data.decode(name, "replace").count("\ufffd")
        if bad * 1000 <= len(data):
            return name
    words = _TAGS_AND_SPACE.sub(b"", data[:_DETECTION_BYTES])
    if sum(byte > 0x7F for byte in words) * 3 < len(words):
        return "cp1252"  # Latin letters with a few accents: too little evidence for detection; browsers choose this
    import charset_normalizer  # noqa: PLC0415  10 ms, and hardly a page needs it

    best = charset_normalizer.from_bytes(data[:_DETECTION_BYTES]).best()
    return best.encoding if best else "cp1252"
