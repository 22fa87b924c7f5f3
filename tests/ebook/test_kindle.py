"""Books for Kindles."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from exporter.article import Article, Metadata
from exporter.sentences import cut_sentences
from tests.ebook.books import made, paragraph


@pytest.mark.parametrize(
    ("profile", "shown"),
    [("kindle", "« 5\u00a0km »\u200c on foot"), ("generic", "«\u20095\u202fkm\u2009»\u200c on foot")],
)
def test_kindles_get_the_spaces_that_they_know(tmp_path: Path, profile: str, shown: str) -> None:
    article = Article(Metadata(title="A walk"), (paragraph("«\u20095\u202fkm\u2009»\u200c on foot"),))
    made([cut_sentences(article)], tmp_path / "book.epub", profile=profile)
    with zipfile.ZipFile(tmp_path / "book.epub") as book:
        assert shown in book.read("EPUB/text/a1.xhtml").decode()
