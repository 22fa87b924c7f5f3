"""Word documents (DOCX). This module only recognises them, and imports little: it is asked about every document."""

from __future__ import annotations

from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers.file_signatures import ZIP_START

_PARTS_MARK, _WORD_MARK = b"[Content_Types].xml", b"word/"


def recognises(document: Document) -> bool:
    """Whether a document is a ZIP archive with the parts of a Word document."""
    return document.data.startswith(ZIP_START) and _PARTS_MARK in document.data and _WORD_MARK in document.data


def read(document: Document, settings: InputSettings) -> Document:
    """Return the document as a page with its pictures; raises `SourceError` if it is damaged."""
    from exporter.readers.docx_conversion import convert_document  # noqa: PLC0415  60 ms, only such documents need it

    return convert_document(document, settings)
