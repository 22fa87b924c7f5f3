"""Books: an edition becomes one EPUB 3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter import ebook
from exporter.config import Config
from exporter.edition import Edition, load_lexicon
from exporter.errors import Notice
from exporter.exporters import Written
from exporter.output import whole_file


def suffix(config: Config) -> str:
    """Return the suffix of a book for the devices that it is made for."""
    return ebook.suffix(config)


def export(edition: Edition, path: Path) -> Written:
    """Write the edition as one book: an article, or an anthology if it has several works."""
    articles = [work.article for work in edition.works]
    book = ebook.build(articles, edition.config, edition.title, lexicon=load_lexicon(edition.config))
    with whole_file(path) as temporary:
        notices = ebook.write(book, temporary)
    return Written((path,), (*book.notices, *notices, *_check_name(path, suffix(edition.config))))


def _check_name(path: Path, wanted: str) -> Iterator[Notice]:
    """Yield a notice if the name that the user gave to a book is not one by which its devices know their own form."""
    if path.suffix and not path.name.endswith(wanted):
        stem = path.name.removesuffix(path.suffix)
        yield Notice(path.name, f"a Kobo knows its own form of book by its name only: call it {stem}{wanted}")
