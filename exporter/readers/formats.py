"""What bytes are when no reader knows them."""

from __future__ import annotations

from exporter.document import Document
from exporter.errors import SourceError

_SAMPLE = 4096
"""Bytes that are looked at."""

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\b\x1a\x1b"))
"""Characters that no text holds; backspace, end of file and escape occur in what terminals and old systems saved."""

_UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

_FORMATS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
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


def is_binary(data: bytes) -> bool:
    """Whether it is no text in any encoding, judged by control characters."""
    sample = data[:_SAMPLE]
    if sample.startswith(_UNICODE_MARKS):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if max(sample[0::2].count(0), sample[1::2].count(0)) == controls:
        # UTF-16 without its mark: Latin letters have a zero on one side, a few zeros are another matter.
        return 0 < controls * 4 < len(sample)
    return controls * 100 > len(sample)


def unreadable(document: Document) -> SourceError:
    """Make the error for a document that no reader recognises."""
    found = next((name for start, name in _FORMATS.items() if document.data.startswith(start)), "no text")
    return SourceError(
        "reading",
        document.name,
        f"UnknownFormat: it is {found}, and no reader takes that",
        "Save the article as text, HTML, Markdown or EPUB and name that file.",
    )
