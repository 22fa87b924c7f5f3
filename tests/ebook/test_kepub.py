"""Books for Kobo: every word in a span of its own sentence, and nothing else changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from exporter.config import BookSettings, Config
from exporter.ebook import suffix
from exporter.ebook.xhtml import extract_text
from exporter.edition import Edition, Work
from exporter.exporters import epub
from tests.ebook.books import everything, made, member

SPAN = "{http://www.w3.org/1999/xhtml}span"


def _text(book: Path) -> etree._Element:
    return member(book, "EPUB/text/a1.xhtml").find("{*}body")


def test_every_word_and_picture_is_in_a_span(tmp_path: Path) -> None:
    plain = _text(made([everything()], tmp_path / "plain.epub"))
    spanned = _text(made([everything()], tmp_path / "kobo.epub", profile="kobo"))
    assert extract_text(spanned).split() == extract_text(plain).split()
    spans = [span for span in spanned.iter(SPAN) if span.get("class") == "koboSpan"]
    assert all(len(span) == (1 if span.find("{*}img") is not None else 0) for span in spans)
    etree.strip_elements(spanned, "{*}math", "{*}rt", with_tail=False)
    for span in spans:
        span.clear(keep_tail=True)
    assert not "".join(spanned.itertext()).strip()
    assert not list(spanned.iter("{*}img"))


def test_spans_are_numbered_by_paragraph_and_sentence(tmp_path: Path) -> None:
    spanned = _text(made([everything()], tmp_path / "kobo.epub", profile="kobo"))
    ids = [span.get("id") for span in spanned.iter(SPAN) if span.get("class") == "koboSpan"]
    numbers = [tuple(map(int, name.removeprefix("kobo.").split("."))) for name in ids]
    assert numbers == sorted(set(numbers))
    assert numbers[-1][0] > 10
    assert [division.get("id") for division in spanned.iter("{*}div")][:2] == ["book-columns", "book-inner"]


def test_only_kobo_gets_them(tmp_path: Path) -> None:
    assert suffix(Config(book=BookSettings(profile="kobo"))) == ".kepub.epub"
    assert suffix(Config()) == ".epub"
    assert not [
        span for span in _text(made([everything()], tmp_path / "a.epub")).iter(SPAN) if "kobo" in str(span.attrib)
    ]


@pytest.mark.parametrize(("name", "noticed"), [("a.kepub.epub", False), ("a.epub", True)])
def test_a_kobo_book_by_a_name_that_a_kobo_does_not_know_is_noticed(tmp_path: Path, name: str, noticed: bool) -> None:
    config = Config(book=BookSettings(profile="kobo"))
    written = epub.export(Edition((Work(everything(), config),), config), tmp_path / name)
    assert [notice.text.partition(": call it ")[2] for notice in written.notices if "Kobo" in notice.text] == (
        ["a.kepub.epub"] if noticed else []
    )
