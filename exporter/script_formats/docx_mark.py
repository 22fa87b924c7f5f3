"""Tells a desk script from an article in a Word document. It imports little: it is asked about every such document."""

from __future__ import annotations

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources.zips import Archive

SCRIPT_MARK = "exporter script"
"""Keyword in the document's properties that makes it a script."""

BODY_PATH = "word/document.xml"
_PROPERTIES_PATH = "docProps/core.xml"


def is_docx_script(data: bytes) -> bool:
    """Whether a ZIP archive is a Word document that says in its properties that it is a script."""
    try:
        archive = Archive(Document("", data), InputSettings().largest)
        return BODY_PATH in archive and SCRIPT_MARK.encode() in archive.read(_PROPERTIES_PATH)
    except SourceError:
        return False  # damaged, or without properties: the reader of articles reports it
