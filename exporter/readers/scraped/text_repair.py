"""Bytes become text, and text is repaired: mojibake, entities, ligatures, odd spaces, invisible characters.

All of it works on the whole text before lines are looked at, since damage changes their lengths.
"""

from __future__ import annotations

import html
import re
import unicodedata

from exporter.document import Document
from exporter.errors import Notice
from exporter.readers.encoding_detection import BYTE_ORDER_MARKS, decode_legacy, find_codec

_LINE_ENDS = re.compile(r"[\r\v\f\x85\u2028\u2029]")
_BROKEN_AT_SOFT_HYPHEN = re.compile(r"\u00ad[ \t]*\n[ \t]*(?=\w)")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_JOINERS = re.compile(
    "(?<=[\u0000-\u052f\u1e00-\u1fff])[\u200c\u200d]+|(?<![\u200c\u200d])[\u200c\u200d]++(?=[\u0000-\u052f\u1e00-\u1fff])"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}\d{0,2});")
_MOJIBAKE = re.compile(
    # One of these characters begins every sign of damage, so that most texts are passed over quickly.
    "[\u00c2-\u00c5\u00d0\u00d1\u00e2\u00ef](?:(?<!\u00ef)[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122 ]|(?<=\u00ef)¿½)"
)

_MAX_LAYERS = 8
"""Times that a text may have been decoded wrongly, one on top of the other."""

_SAMPLE_BYTES = 65_536
"""Bytes by which UTF-16 is recognised."""

_MIN_ZERO_SHARE, _MIN_PAIRS = 0.7, 8
"""Share of zeros among every second byte of Latin text in UTF-16, and the fewest pairs of bytes in which it is
counted."""

_TAG = re.compile(r"<(?:/?(?:p|div|span|a|b|i|em|strong|br|ul|li|h\d)\b|!--)", re.IGNORECASE)


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


def repair_text(text: str) -> str:
    """Return a text with whole, visible characters and lines that end in a line feed."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text.replace("\r\n", "\n")))
    whole = _repair_once(text)
    # Invisible characters and other damage can hide damage.
    for _ in range(_MAX_LAYERS):
        if whole == text or not _MOJIBAKE.search(whole):
            break
        text, whole = whole, _repair_once(whole)
    return whole


def _repair_once(text: str) -> str:
    if not text.isascii():
        text = _repair_mojibake(text)
    if "&" in text and not _TAG.search(text):
        text = _unescape_entities(text)
    if text.isascii():
        return _CONTROLS.sub("", text)
    text = _BROKEN_AT_SOFT_HYPHEN.sub("", text)
    text = _INVISIBLE.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = _JOINERS.sub("", text)
    text = _SPACES.sub(" ", text)
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return unicodedata.normalize("NFC", text)


def find_damage(text: str) -> tuple[Notice, ...]:
    """Return notices of damaged characters: what `repair_text` mends, and what is lost."""
    found = []
    if not text.isascii() and _MOJIBAKE.search(text):
        found.append(Notice("characters", "repaired: parts of the text had been decoded with the wrong encoding"))
    if lost := text.count("\ufffd"):
        found.append(Notice("characters", f"lost: {lost} characters cannot be read in the text's encoding"))
    return tuple(found)


def _repair_mojibake(text: str) -> str:
    """Undo wrong decodings, only in lines with signs of one: ftfy is slow."""
    if not _MOJIBAKE.search(text):
        return text
    import ftfy  # noqa: PLC0415  40 ms, for damaged text only

    lines = (str(ftfy.fix_encoding(line)) if _MOJIBAKE.search(line) else line for line in text.split("\n"))
    return _LINE_ENDS.sub("\n", "\n".join(lines).replace("\r\n", "\n"))


def _unescape_entities(text: str) -> str:
    """Undo HTML entities, twice where they were escaped twice."""
    for _ in range(2):
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text
