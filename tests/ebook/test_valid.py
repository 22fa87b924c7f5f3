"""EPUBCheck has nothing to say about a book, whatever its articles hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter import ebook
from exporter.article import Article
from exporter.config import Config
from exporter.sentences import cut
from tests.builders import articles
from tests.ebook.conftest import Judge

pytestmark = pytest.mark.epubcheck


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(articles(), min_size=1, max_size=3))
def test_a_book_of_any_articles_is_valid(tmp_path: Path, epubcheck: Judge, made: list[Article]) -> None:
    path = tmp_path / "book.epub"
    ebook.write(ebook.build([cut(article) for article in made], Config(), "A book"), path)
    assert epubcheck(path) == []
