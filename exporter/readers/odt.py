"""OpenDocument texts (ODT); this module only recognises them, and imports little."""

from __future__ import annotations

from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers.file_signatures import ZIP_START

_MIME_MARK = b"mimetypeapplication/vnd.oasis.opendocument.text"


def recognises(document: Document) -> bool:
    """Whether a document is a ZIP archive with the media type of an OpenDocument text."""
    return document.data.startswith(ZIP_START) and _MIME_MARK in document.data[:200]


def read(document: Document, settings: InputSettings) -> Document:
    """Return the document as a page with its pictures; raises `SourceError` if it is damaged."""
    from exporter.readers.odt_conversion import convert_document  # noqa: PLC0415  60 ms, only such documents need it

    return convert_document(document, settings)
