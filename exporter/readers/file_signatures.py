"""File signatures: what a file is that no reader can read."""

from __future__ import annotations

from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers.text_formats import name_format

_SAMPLE_BYTES = 4096
"""Bytes at the beginning of a file that are looked at."""

_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r\f\v\b\x1a\x1b"))
"""Control characters that do not occur in text; backspace, end of file and escape do, in text saved from terminals and
old systems."""

_TEXT_BYTES = bytes(set(range(256)) - set(_CONTROL_BYTES))

_MIN_VARIED_BYTES, _MIN_DIFFERENT_BYTES = 200, 5
"""A sample of so many bytes that has fewer different ones, control characters among them, is no text in UTF-16."""

_UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

_SAVE_AS_TEXT = "Save the article as text, HTML, Markdown or EPUB, and name that file."
_SAVE_AS_PAGE = "Open it in its program, save it as HTML (a web page), and name that file."
_NAME_THE_ORIGINAL = "Name the page or the text that it was made from, or write its text out first (pdftotext)."

_DOCUMENTS = {
    b"%PDF-": ("a PDF", _NAME_THE_ORIGINAL),
    b"{\\rtf": ("an office document (RTF)", _SAVE_AS_PAGE),
    b"\xd0\xcf\x11\xe0": ("an old office document", _SAVE_AS_PAGE),
    b"AT&TFORM": ("a DjVu document", _NAME_THE_ORIGINAL),
}
"""Formats that are not read as text even if all their bytes are text: what it is, and what the user can do."""

ZIP_START = b"PK\x03\x04"
"""The first bytes of a ZIP archive: the signature of a local file header."""

_FORMATS = {
    ZIP_START: "a ZIP archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture or a sound",
    b"ID3": "a sound",
    b"OggS": "a sound",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}

_OFFICE_MARKS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")
"""File names within a ZIP archive that only office documents have."""

_KINDLE_SIGNATURE = (60, (b"BOOKMOBI", b"TEXtREAd"))
"""Offset and values of the type field of a Kindle book (Palm database)."""


def is_binary(data: bytes) -> bool:
    """Whether data is not text in any encoding, judged by its share of control characters.

    Latin letters in UTF-16 without a byte order mark have a zero on the same side of every pair of bytes: zeros on one
    side only, a quarter of all bytes and more, are text, though dashes hold bytes of control characters.
    """
    sample = data[:_SAMPLE_BYTES]
    if sample.startswith(tuple(_DOCUMENTS)):
        return True
    if sample.startswith(_UNICODE_MARKS):
        return False
    uniform = len(sample) >= _MIN_VARIED_BYTES and len(set(sample[:_MIN_VARIED_BYTES])) < _MIN_DIFFERENT_BYTES
    if uniform and len(set(sample)) < _MIN_DIFFERENT_BYTES:
        return any(byte not in _TEXT_BYTES for byte in set(sample))
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    zeros = sorted((sample[0::2].count(0), sample[1::2].count(0)))
    if zeros[0] == 0 and zeros[1] * 4 >= len(sample):
        return (controls - zeros[1]) * 20 > len(sample)
    return controls * 100 > len(sample)


def unreadable_error(document: Document) -> SourceError:
    """Make the error for a document that no reader recognises."""
    found, remedy = _describe(document)
    return SourceError("reading", document.name, f"UnknownFormat: it is {found}, and no reader takes that", remedy)


def _describe(document: Document) -> tuple[str, str]:
    """Return what a document is, and what the user can do with it."""
    data = document.data
    if not is_binary(data) and (name := name_format(document)):
        return name, _SAVE_AS_TEXT
    if known := next((found for start, found in _DOCUMENTS.items() if data.startswith(start)), None):
        return known
    if data.startswith(b"PK") and any(mark in data for mark in _OFFICE_MARKS):
        return "an office document", _SAVE_AS_PAGE
    place, kinds = _KINDLE_SIGNATURE
    if data[place:].startswith(kinds):
        return "a Kindle book", "Convert it to EPUB (Calibre does), and name that file."
    return next((name for start, name in _FORMATS.items() if data.startswith(start)), "no text"), _SAVE_AS_TEXT
