"""PDF files: the lines on the pages, in reading order, become paragraphs, headings, captions and notes.

`pdf_file` gets characters and pictures from the file (pypdfium2, the extra ``pdf``), `printed_lines` makes lines of
them, `column_order` brings them in reading order, `running_heads` takes off what repeats on every page,
`printed_blocks` joins them to blocks, and `pdf_page` writes these as a page, which the reader of pages reads.
"""

from __future__ import annotations

from importlib.util import find_spec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError

_PDF_START = b"%PDF-"
_MAX_OFFSET_BYTES = 1024
"""Bytes that may stand before the signature, as Acrobat allows."""

INSTALL_LINE = "pip install 'exporter[pdf]'"
"""What installs the library that reads PDF files."""


def recognises(document: Document) -> bool:
    """Whether a document has the signature of PDF at its beginning."""
    return _PDF_START in document.data[:_MAX_OFFSET_BYTES]


def is_available() -> bool:
    """Whether the library that reads PDF files is installed."""
    return find_spec("pypdfium2") is not None


def read(document: Document, settings: InputSettings) -> Document:
    """Return the text of the file as a page; raises `SourceError` if it has none, or the library is missing."""
    if not is_available():
        cause = "UnknownFormat: it is a PDF, and the part that reads it is not installed"
        raise SourceError("reading", document.name, cause, f"Install it: {INSTALL_LINE}")
    from exporter.readers.pdf import pdf_page  # noqa: PLC0415  30 ms (pypdfium2), only PDF files need it

    return pdf_page.convert_file(document, settings)
