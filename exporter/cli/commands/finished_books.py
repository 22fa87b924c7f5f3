"""`exporter readaloud BOOK.epub`: books that are finished get sound, and keep their pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from exporter.document import Document
from exporter.ebook.finished_book import FinishedBook
from exporter.errors import OutputError
from exporter.exporters import finished_readaloud, readaloud
from exporter.output import make_stem, make_unique, permit_files, sweep_temporary_files
from exporter.output_folder import own_files
from exporter.pipeline import BuildRequest, Outcome, make_failure
from exporter.sources import epub_source

_HEAD_BYTES = 65_536
"""Bytes of a file by which an EPUB is recognised."""


def is_book(name: str) -> bool:
    """Whether a source is a file that holds an EPUB, by its content."""
    path = Path(name)
    try:
        with path.open("rb") as file:
            return path.is_file() and epub_source.recognises(Document(name, file.read(_HEAD_BYTES)))
    except (OSError, ValueError):
        return False


def build_books(names: Sequence[str], request: BuildRequest) -> Iterator[Outcome]:
    """Yield the outcome of each book; one that fails does not stop the next."""
    taken: set[str] = set()
    sweep_temporary_files(request.output_folder)
    for name in names:
        try:
            yield _build_book(name, request, taken)
        except Exception as error:  # noqa: BLE001  one bad source stops nothing
            yield Outcome(name, error=make_failure("reading", name, error))


def _build_book(name: str, request: BuildRequest, taken: set[str]) -> Outcome:
    book = FinishedBook(Document(name, Path(name).read_bytes()), request.config.input.largest)
    stem = make_unique(make_stem(book.title), taken)
    path = Path(request.file or Path(request.folder, stem + readaloud.suffix(request.config)))
    if path.exists() and path.samefile(name):
        raise OutputError(
            *("writing", str(path), "SameFile: it is the source"), "Choose another name or folder with -o."
        )
    overwrite = request.overwrite or bool(request.file)
    with permit_files(own_files.permit_by_cache(request.output_folder, request.config.cache, overwrite)):
        written = finished_readaloud.add_sound(book, request.config, path)
    return Outcome(name, tuple(map(str, written.paths)), notices=written.notices)
