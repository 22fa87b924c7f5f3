"""Books: an edition becomes one EPUB 3."""

from __future__ import annotations

from pathlib import Path

from exporter import ebook
from exporter.config import Config
from exporter.edition import Edition, lexicon
from exporter.exporters import Written
from exporter.output import whole_file


def suffix(config: Config) -> str:
    """The suffix of a book for the reader that it is made for."""
    return ebook.suffix(config)


def export(edition: Edition, path: Path) -> Written:
    """Write the edition as one book: an article, or an anthology where it has several pieces."""
    articles = [piece.article for piece in edition.pieces]
    book = ebook.build(articles, edition.config, edition.title, lexicon=lexicon(edition.config))
    with whole_file(path) as temporary:
        notices = ebook.write(book, temporary)
    return Written((path,), notices)
