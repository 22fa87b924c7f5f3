"""The check that no word is lost can fail."""

from __future__ import annotations

import pytest

from exporter import ebook
from exporter.article import Article, Metadata
from exporter.config import Config
from exporter.ebook import chapter, text_check
from exporter.errors import OutputError
from exporter.sentences import cut_sentences
from tests.ebook.books import everything, paragraph


def test_a_word_that_does_not_reach_the_book_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cut_sentences(Article(Metadata(title="A"), (paragraph("Kept."), paragraph("Dropped."))))
    documents: list[chapter.XhtmlDocument] = []
    write = chapter.write_chapter
    monkeypatch.setattr(chapter, "write_chapter", lambda *given: documents.extend(write(*given)) or tuple(documents))
    ebook.build([whole], Config())
    paragraphs = documents[0].html.findall(".//{*}section/{*}p")
    paragraphs[-1].text = "Dropp."
    assert text_check.find_lost_words(whole, documents) == ["Dropped"]
    monkeypatch.setattr(chapter, "write_chapter", lambda *_: documents)
    with pytest.raises(OutputError, match="Dropped"):
        ebook.build([whole], Config())


def test_an_article_with_one_of_everything_is_whole() -> None:
    assert ebook.build([everything()], Config()).spine == ("cover", "a1")
