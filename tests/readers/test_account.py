"""The account: every visible letter of a source is kept in the article, or dropped with a reason and a place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.account import Dropped, Kept, count_letters, find_unusual, list_dropped
from exporter.article import Article
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import Read, read
from exporter.readers.article_texts import list_texts
from exporter.readers.letter_matching import LetterMatcher, split_text
from exporter.readers.page import dom
from exporter.readers.text_tests import text_key
from tests.conftest import GOLDEN

PAGES = sorted((GOLDEN / "html").glob("*.html"))
TEXTS = sorted(GOLDEN.glob("text-*/article.txt")) or sorted(GOLDEN.glob("text-*/*.txt"))
PROSE = "The ferry leaves at nine, whatever the weather, and comes back when everybody has been fetched home."
BODY_ROLES = frozenset({"title", "byline", "note mark", "formula", "rights", "section", "site"})


def read_source(data: bytes, name: str = "a.html") -> Read:
    return read(Document(name, data, folder=str(GOLDEN / "html")), InputSettings())


def visible_text(data: bytes) -> str:
    """The text of a page that neither a program nor an attribute hides, by another way than the reader's."""
    root = dom.parse_html(data.decode("utf-8", "replace"), "page")
    body = root.find("body")
    for element in list(body.iter(*dom.PROGRAM_TAGS)) + [part for part in body.iter() if dom.is_unseen(part)]:
        if element is not body:
            dom.drop_element(element)
    return dom.text_of(body)


def drops(found: Read) -> dict[str, tuple[str, str]]:
    return {each.text: (each.why, each.where) for each in list_dropped(found.account)}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_letters_kept_and_dropped_are_those_of_the_page(path: Path) -> None:
    data = path.read_bytes()
    if b"charset=" in data and b"utf-8" not in data.lower():
        pytest.skip("its bytes are not UTF-8")
    found = read_source(data, path.name)
    assert sum(count_letters(part.text) for part in found.account) == count_letters(visible_text(data))
    assert all(part.why and part.where for part in list_dropped(found.account))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_kept_is_in_the_article(path: Path) -> None:
    found = read_source(path.read_bytes(), path.name)
    letters = text_key(" ".join(text for _, text in list_texts(found.article)))
    for part in found.account:
        if isinstance(part, Kept) and part.role not in BODY_ROLES:
            assert all(text_key(word) in letters for word in part.text.split())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.parent.name)
def test_every_line_of_a_text_is_kept_or_dropped(path: Path) -> None:
    found = read_source(path.read_bytes(), path.name)
    if found.account:
        assert {part.where.partition(" ")[0] for part in list_dropped(found.account)} <= {"line"}


def test_each_step_names_its_reason_and_its_place() -> None:
    page = f"""<body><header><a href="/">The Lock Gazette</a></header><div class="sidebar">Most read</div>
        <article><h1>The ferry runs again</h1><p>By Ann Lee</p><p>{PROSE} {PROSE}</p><button>Listen</button>
        <div class="share-buttons">Facebook</div><p>{PROSE} It is late.</p></article><footer>Imprint</footer></body>"""
    found = read_source(page.encode())
    assert drops(found) == {
        "The Lock Gazette": ("boilerplate: the page marks it as header", "header"),
        "Most read": ("boilerplate by its name in the page", "div.sidebar"),
        "By": ("the byline", "article > p"),
        "Listen": ("a control of the page", "article > button"),
        "Facebook": ("boilerplate by its name in the page", "article > div.share-buttons"),
        "Imprint": ("boilerplate: the page marks it as footer", "footer"),
    }
    roles = [(part.text, part.role) for part in found.account if isinstance(part, Kept)]
    assert roles[:2] == [("The ferry runs again", "title"), ("Ann Lee", "byline")]


def test_a_source_mostly_left_out_and_prose_of_its_own_article_are_told() -> None:
    long = Dropped(PROSE * 4, "a part beside the article", "article > div.box")
    assert [notice.text for notice in find_unusual((Kept(PROSE, "paragraph"), long))] == [
        "80 % of its text was left out as boilerplate: see --verbose",
        "dropped: a part beside the article (article > div.box)",
    ]
    menu = Dropped(PROSE * 4, "boilerplate: the page marks it as nav", "nav")
    assert find_unusual((Kept(PROSE, "paragraph"), menu)) == ()


def test_a_long_text_is_quoted_in_part_unless_it_is_asked_for_whole() -> None:
    dropped = Dropped("a" * 300, "a form", "form")
    assert len(dropped.make_notice().subject) == 200
    assert dropped.make_notice(whole=True).subject == dropped.text


@given(st.lists(st.text("ab Cé.ß—1", max_size=40), max_size=12))
def test_no_letter_is_matched_twice_or_lost(texts: list[str]) -> None:
    keys = list(map(text_key, texts))
    found = LetterMatcher(texts).match(keys)
    places = [
        place
        for matches in found
        for match in matches
        for place in range(match.place, match.place + match.end - match.begin)
    ]
    assert len(places) == len(set(places))
    for text, matches in zip(texts, found, strict=True):
        assert "".join(part for part, _ in split_text(text, matches)) == text


def test_texts_in_another_order_are_found_and_words_that_are_gone_are_not() -> None:
    kept = ["A mill by the water. Photo", "Ann Lee", "The wheel turns."]
    found = LetterMatcher(kept).match([text_key(text) for text in ("The wheel turns.", "A mill by the water", "Share")])
    assert [[match.number for match in matches] for matches in found] == [[2], [0], []]


def test_an_article_without_blocks_has_no_texts() -> None:
    assert list_texts(Article(read_source(f"<p>{PROSE}</p>".encode()).article.metadata, ())) == []
