"""The account: every visible letter of a source is kept in the article, or dropped with a reason and a place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.account import LOST, Dropped, Kept, count_letters, find_unusual, list_dropped
from exporter.article import Article
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read, read
from exporter.readers.article_texts import list_texts
from exporter.readers.letter_matching import LetterMatcher, split_text
from exporter.readers.line_reasons import find_line_reason
from exporter.readers.page import dom, html_encoding
from exporter.readers.text_tests import text_key
from tests.conftest import CHECKOUT, GOLDEN

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


MARKDOWN = """---
title: The ferry
draft: true
series: {name: Boats, part: 2}
---

The ferry leaves at nine.<!-- check the time --> [Home][home]

<form>Subscribe now</form>

[home]: https://mill.example/
[Old]: https://old.example/
[^x]: A note that nobody
    reads.
"""


def test_what_markdown_hides_or_nothing_uses_is_in_its_account() -> None:
    found = read_source(MARKDOWN.encode(), "a.md")
    assert drops(found) == {
        "draft: true": ("front matter that no field uses", "front matter"),
        "series: name: Boats, part: 2": ("front matter that no field uses", "front matter"),
        "check the time": ("a comment", "line 2"),
        "Subscribe now": ("raw HTML that is not read", "<form>"),
        "[old]: https://old.example/": ("a link definition that nothing uses", "body"),
        "A note that nobody reads.": ("a note that nothing refers to", "note [^x]"),
    }
    assert [part.role for part in found.account if isinstance(part, Kept)] == ["title", "paragraph"]
    assert find_unusual(found.account) == ()


def test_statements_of_mdx_are_accounted_for() -> None:
    found = read_source(b"import Map from './map'\n\nThe ferry leaves at nine.\n", "a.mdx")
    assert drops(found) == {"import Map from './map'": ("a statement of MDX", "line 1")}


REASONS = [
    ("Photo:", "the label of a credit"),
    ("Published on", "the date"),
    ("(Updated 6:01 am)", "the date"),
    ("18.05.2026 →", "the date"),
    ("3 May 2024, 9:15", "the date"),
    ("By", "the byline"),
    ("By Ann Lee", "the byline"),
    ("(AP Photo/Ann Lee)", "the credit of a picture"),
    ("Ann Lee", "a name beside the text"),
    ("Share", "boilerplate (share)"),
    ("12 |", "a number beside the text"),
    ("* * *", "marks between the parts"),
    (PROSE, ""),
]


@pytest.mark.parametrize(("line", "reason"), REASONS)
def test_a_line_beside_the_text_says_why_it_is_left_out(line: str, reason: str) -> None:
    assert find_line_reason(line) == reason


def test_a_text_that_is_dropped_takes_no_words_from_one_that_is_kept() -> None:
    quote = f"<blockquote><p>{PROSE}</p></blockquote>"
    page = f"<body><nav>Home</nav><article><h1>The ferry</h1>{quote}<p>{PROSE}</p><p>{PROSE} Late.</p></article>"
    found = read_source(page.encode())
    assert drops(found)[PROSE][0] == "a pull quote: the body says it too"
    assert [part.text for part in found.account if isinstance(part, Kept)] == ["The ferry", PROSE, f"{PROSE} Late."]


def test_every_author_of_a_line_is_kept_and_the_words_between_them_are_named() -> None:
    page = f"<article><h1>The ferry runs again</h1><p>By Ann Lee and Bo Chan</p><p>{PROSE} {PROSE}</p></article>"
    found = read_source(page.encode())
    assert [part.text for part in found.account if isinstance(part, Kept)][1:3] == ["Ann Lee", "Bo Chan"]
    assert set(drops(found)) == {"By", "and"}


def test_words_that_no_step_accounts_for_are_told() -> None:
    lost = Dropped(PROSE, LOST, "section > p")
    assert [notice.text for notice in find_unusual((Kept(PROSE * 2, "paragraph"), lost))] == [
        "dropped: not found in the article (section > p)"
    ]
    assert find_unusual((Kept(PROSE * 2, "paragraph"), Dropped("so", LOST, "p"))) == ()


WORDS = st.text("ab Cé.ß1", min_size=1, max_size=30)
LEAVES = st.builds(
    "<{0}>{1}</{0}>".format,
    st.sampled_from(["p", "h1", "h2", "li", "a", "b", "span", "time", "figcaption", "td", "button", "code"]),
    st.one_of(WORDS, st.just(PROSE)),
)
PARTS = st.recursive(
    st.one_of(WORDS, LEAVES),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(
            ["div", "article", "section", "aside", "nav", "footer", "ul", "figure", "blockquote", "table", "pre",
             "header", "details", "div class=share", "div hidden", "form", "div class=byline", "main", "svg"]
        ),
        st.lists(inner, max_size=5),
    ),
    max_leaves=20,
)  # fmt: skip


@given(st.lists(PARTS, min_size=1, max_size=6))
@settings(max_examples=60)
def test_the_letters_of_any_page_are_kept_or_dropped(parts: list[str]) -> None:
    page = f"<!DOCTYPE html><html><head><title>The ferry</title></head><body>{''.join(parts)}<p>{PROSE}</p></body>"
    try:
        found = read_source(page.encode())
    except SourceError:
        return
    assert sum(count_letters(part.text) for part in found.account) == count_letters(visible_text(page.encode()))
    assert all(part.why and part.where for part in list_dropped(found.account))


SETS = CHECKOUT.parent / "shared" / "eval"
SAMPLE = [
    path
    for folder in ("pages", "pages2", "recipes", "fixtures")
    for path in sorted((SETS / folder).glob("*.html"))[::30]
]
"""Real pages, which lie beside the checkout on the developers' machines only: one of thirty."""


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_every_letter_of_a_real_page_is_kept_or_dropped_for_a_reason(path: Path) -> None:
    data = path.read_bytes()
    found = read(Document(path.name, data), InputSettings(images=False))
    text = html_encoding.decode_html(data, "")
    assert sum(count_letters(part.text) for part in found.account) == count_letters(visible_text(text.encode()))
    assert not [part for part in list_dropped(found.account) if part.why == LOST and count_letters(part.text) > 20]


def test_an_article_without_blocks_has_no_texts() -> None:
    assert list_texts(Article(read_source(f"<p>{PROSE}</p>".encode()).article.metadata, ())) == []
