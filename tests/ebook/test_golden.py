"""Whole books, member by member, as they were when somebody last read them.

`tests/golden/epub-*/` holds what the books below consist of; ``--refresh`` writes down what comes out now.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import pytest

from exporter.article import Article, Metadata
from exporter.sentences import cut_sentences
from tests.ebook.books import everything, made, paragraph

GOLDEN = Path(__file__).parent.parent / "golden"


def _second() -> Article:
    metadata = Metadata(title="Ein Müller", authors=("Jo Weiß",), language="de", source="https://example.org/mill")
    return cut_sentences(Article(metadata, (paragraph("Der Müller sah das Wasser steigen."),)))


BOOKS = {
    "epub-everything": (everything(),),
    "epub-anthology": (msgspec.structs.replace(everything(), blocks=(paragraph("Short."),), notes=()), _second()),
}


@pytest.mark.parametrize("case", BOOKS)
def test_a_book_is_what_it_was(tmp_path: Path, case: str, request: pytest.FixtureRequest) -> None:
    with zipfile.ZipFile(made(BOOKS[case], tmp_path / "book.epub")) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".ncx", ".svg"))]
        members = {name.removeprefix("EPUB/"): archive.read(name).decode() for name in names}
    folder = GOLDEN / case
    if request.config.getoption("--refresh"):
        for name, text in members.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    files = [path for path in folder.rglob("*") if path.is_file()]
    expected = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}
    assert members == expected
