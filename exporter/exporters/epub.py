"""Books: an edition becomes one EPUB 3."""

from __future__ import annotations

from pathlib import Path

from exporter import ebook
from exporter.config import Config
from exporter.edition import Edition
from exporter.exporters import Written
from exporter.output import whole_file


def suffix(config: Config) -> str:  # noqa: ARG001  every book has the same
    """The suffix of a book."""
    return ".epub"


def export(edition: Edition, path: Path) -> Written:
    """Write the edition as one book: an article, or an anthology where it has several pieces."""
    book = ebook.build([piece.article for piece in edition.pieces], edition.config, edition.title)
    with whole_file(path) as temporary:
        notices = ebook.write(book, temporary)
    return Written((path,), notices)
