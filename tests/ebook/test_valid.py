"""EPUBCheck has nothing to say about a book, whatever its articles hold."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from exporter.article import Article
from exporter.ebook import Overlay
from exporter.ebook.book_images import PROFILES
from exporter.ebook.themes import list_themes
from exporter.sentences import cut_sentences
from tests.builders import articles
from tests.ebook.books import everything, made, odd
from tests.ebook.conftest import Judge

pytestmark = pytest.mark.epubcheck

# Any embedded font is worth this remark to EPUBCheck, and the theme is nothing without its font.
FONT = "USAGE CSS-028 Use of Font-face declaration"


# Shrinking would judge thousands of books: a failure's own article says enough.
@settings(
    max_examples=60,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(article=articles())
def test_a_book_of_any_article_is_valid(tmp_path: Path, epubcheck: Judge, article: Article) -> None:
    assert epubcheck(made([cut_sentences(article)], tmp_path / "book.epub")) == []


@pytest.mark.parametrize("style", list_themes())
def test_every_theme_is_valid(tmp_path: Path, epubcheck: Judge, style: str) -> None:
    messages = epubcheck(made([everything()], tmp_path / "book.epub", style=style))
    assert [message for message in messages if not message.startswith(FONT)] == []


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_is_valid(tmp_path: Path, epubcheck: Judge, profile: str) -> None:
    assert epubcheck(made([everything()], tmp_path / "book.epub", profile=profile)) == []


@pytest.mark.parametrize("language", ["en", "ar", "ja", "zh-Hans", "sr-Latn-RS", "not a tag"])
def test_every_language_is_valid(tmp_path: Path, epubcheck: Judge, language: str) -> None:
    article = everything()
    metadata = msgspec.structs.replace(article.metadata, language=language)
    article = msgspec.structs.replace(article, metadata=metadata)
    assert epubcheck(made([article], tmp_path / "book.epub")) == []


def test_the_odd_things_of_the_web_are_valid(tmp_path: Path, epubcheck: Judge) -> None:
    assert epubcheck(made([odd()], tmp_path / "book.epub")) == []


def test_an_anthology_is_valid(tmp_path: Path, epubcheck: Judge) -> None:
    assert epubcheck(made([everything(), everything()], tmp_path / "book.epub")) == []


def test_a_book_that_speaks_is_valid(tmp_path: Path, epubcheck: Judge) -> None:
    anchors = ("title", "byline", "date", "b1", "b2.1", "b3.1", "b9.1", "b22.1", "b28.1")
    fragments = tuple((anchor, float(number), number + 0.75) for number, anchor in enumerate(anchors))
    overlay = Overlay(b"sound", "audio/mpeg", 10.0, fragments, ("A voice",))
    book = made([everything(), everything()], tmp_path / "book.epub", overlays=[overlay, None])
    assert epubcheck(book) == []
