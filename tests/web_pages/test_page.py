"""A page as a file: what it holds, what it weighs, what it allows, and how its timeline is written."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as html_parser

from exporter.article import Article, Cell, CodeBlock, Figure, Metadata, Paragraph, Table, Text
from exporter.assets import styles_folder
from exporter.config import Config
from exporter.edition import Edition, Work
from exporter.errors import UsageError
from exporter.exporters.audio import export as export_audio
from exporter.exporters.page_with_player import export
from exporter.sentences import cut_sentences
from exporter.web_pages.article_html import write_articles
from exporter.web_pages.documents import compact_css, compact_script
from exporter.web_pages.player_timeline import TimelineRow, encode_rows, format_clock
from tests.builders import article
from tests.ebook.books import everything
from tests.ebook.test_readaloud import config

MAX_PLAYER_BYTES = 10_000
LONG = " ".join(
    f"The tide mill of Saltmere turned {number} times before the gates were closed again." for number in range(9)
)


def configure(folder: Path, **page: Any) -> Config:
    chosen = config(folder)
    return msgspec.structs.replace(chosen, page=msgspec.structs.replace(chosen.page, **page))


def write(articles: list[Article], folder: Path, title: str = "", **page: Any) -> str:
    chosen = configure(folder, **page)
    chosen = msgspec.structs.replace(chosen, book=msgspec.structs.replace(chosen.book, title=title))
    export(Edition([Work(one, chosen) for one in articles], chosen), folder / "page.html")
    return (folder / "page.html").read_text(encoding="utf-8")


def read_timeline(page: str) -> Any:
    found = re.search(r'id="timeline">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


def decode_rows(rows: str) -> list[tuple[str, float, list[float | None]]]:
    """Decode what the player decodes."""
    found, last = [], 0
    for row in rows.split(";"):
        anchor, begin, *deltas = row.split(" ")
        last += int(begin, 36)
        at, words = last, []
        for delta in deltas:
            at += 0 if delta == "-" else int(delta, 36)
            words.append(None if delta == "-" else at / 100)
        found.append((anchor, last / 100, words))
    return found


def test_the_player_is_small() -> None:
    folder = styles_folder() / "page"
    css = compact_css((folder / "player.css").read_text(encoding="utf-8"))
    script = compact_script((folder / "player.js").read_text(encoding="utf-8"))
    assert len((css + script).encode()) <= MAX_PLAYER_BYTES


def test_a_page_weighs_at_most_twice_its_text(tmp_path: Path) -> None:
    """What an article adds to the page: its markup, and the time of each word."""
    page = write([article(*[LONG] * 6, title="The mill")], tmp_path)
    main = re.search(r"<main>(.*)</main>", page, re.DOTALL)
    timeline = re.search(r'id="timeline">(.*?)</script>', page)
    assert main
    assert timeline
    text = " ".join(html_parser.fromstring(main[0]).text_content().split())
    assert len(main[1].encode()) + len(timeline[1].encode()) <= 2 * len(text.encode())


def test_the_policy_allows_its_own_script_and_style_only(tmp_path: Path) -> None:
    page = write([article("It turned.")], tmp_path)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    allowed = dict(part.strip().split(" ", 1) for part in policy[1].split(";"))
    assert allowed["default-src"] == "'none'"
    assert allowed["img-src"] == "data:"
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert allowed[directive] == f"'sha256-{digest}'"
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)


def test_nothing_of_an_article_becomes_markup(tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script>"
    page = write([article(evil, f"## {evil}", "Well.", title=evil)], tmp_path)
    assert "<script>alert" not in page
    assert page.count("</script>") == 2


def test_a_page_holds_all_of_an_article_in_one_file(tmp_path: Path) -> None:
    page = write([everything()], tmp_path)
    root = html_parser.fromstring(page)
    assert {source.split(",")[0] for source in root.xpath("//img/@src")} <= {
        "data:image/png;base64",
        "data:image/jpeg;base64",
    }
    assert root.xpath("count(//img)") >= 3
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath("//@href") if href.startswith("#")} <= set(ids)
    assert not re.search(r"xmlns|epub:type|\.xhtml|xml:lang", page)
    timeline = read_timeline(page)
    assert {anchor for anchor, *_ in decode_rows(timeline["rows"]) if anchor} <= set(ids)
    assert {anchor for _, anchor, _ in timeline["chapters"] if anchor} <= set(ids)


def test_a_page_without_sound_is_text_only(tmp_path: Path) -> None:
    page = write([everything()], tmp_path, sound=False)
    assert not re.search(r"<audio|<script|id=\"player\"|media-src|script-src", page)
    assert "The tide" in page
    assert not [*tmp_path.glob("*.mp3")]


def test_the_articles_of_a_bound_page_have_ids_of_their_own(tmp_path: Path) -> None:
    first = article("One sentence.", "## Here", "Two sentences.", title="First")
    second = article("Three.", "## There", "Four.", title="Second")
    page = write([first, second], tmp_path, title="Week 12")
    assert "<title>Week 12</title>" in page
    root = html_parser.fromstring(page)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {"a1-title", "a2-title"} <= set(ids)
    timeline = read_timeline(page)
    begins = [begin for _, begin, _ in decode_rows(timeline["rows"])]
    assert begins == sorted(begins)
    titles = [root.get_element_by_id(anchor).text_content() for _, anchor, _ in timeline["chapters"]]
    assert titles == ["First", "Here", "Second", "There"]


def test_an_episode_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    chosen = config(tmp_path)
    edition = Edition([Work(article("It turned."), chosen)], chosen)
    export_audio(edition, tmp_path / "page.mp3")
    before = (tmp_path / "page.mp3").stat().st_ino
    written = export(edition, tmp_path / "page.html")
    assert written.paths == (tmp_path / "page.html",)
    assert (tmp_path / "page.mp3").stat().st_ino == before


@pytest.mark.parametrize(
    ("language", "player", "direction"),
    [("ar", "ar", "rtl"), ("de-AT", "de", "ltr"), ("zu", "en", "ltr"), ("he", "en", "ltr")],
)
def test_a_page_in_a_language(tmp_path: Path, language: str, player: str, direction: str) -> None:
    root = html_parser.fromstring(write([article("Wort.", language=language)], tmp_path))
    section = root.get_element_by_id("player")
    assert root.get("lang") == language
    assert root.get("dir") == ("rtl" if language in ("ar", "he") else None)
    assert (section.get("lang"), section.get("dir")) == (player, direction)


def test_a_style_of_the_user_follows_the_pages_own(tmp_path: Path) -> None:
    (tmp_path / "mine.css").write_text(":root {\n  --accent: teal;\n}\n.by::before {\n  content: 'by: ';\n}\n")
    page = write([article("It turned.")], tmp_path, style=str(tmp_path / "mine.css"))
    assert ":root{--accent:teal}.by::before{content:'by: '}</style>" in page
    with pytest.raises(UsageError):
        write([article("It turned.")], tmp_path, style=str(tmp_path / "gone.css"))


def test_a_sentence_that_is_all_of_a_block_needs_no_element_of_its_own() -> None:
    (html,) = write_articles([cut_sentences(article("One.", "Two. Three."))])
    assert html.serialize({"b1.1", "b2.1", "b2.2"}).count("<span") == 2
    (html,) = write_articles([cut_sentences(article("One.", "Two. Three."))])
    assert html.serialize(()).count("<span") == 0


def test_what_is_said_of_a_picture_highlights_its_figure(tmp_path: Path) -> None:
    picture = Figure(None, "A wheel in the water.", (Text("The wheel."),))
    one = Article(Metadata(title="The mill", language="en"), (picture, Paragraph((Text("It turned."),))))
    page = write([one], tmp_path)
    root = html_parser.fromstring(page)
    tags = [root.get_element_by_id(anchor).tag for anchor, *_ in decode_rows(read_timeline(page)["rows"]) if anchor]
    assert tags[0] == "h1"
    assert "p" in tags


def test_what_scrolls_sideways_can_be_reached_by_keys() -> None:
    cells = tuple(Cell((Text(letter),)) for letter in "abcd")
    blocks = (CodeBlock("x = 1"), Table((), (cells,)), Table((), (cells[:3],)))
    (html,) = write_articles([cut_sentences(Article(Metadata(title="Wide", language="en"), blocks))])
    root = html_parser.fromstring(html.serialize(()))
    assert [element.tag for element in root.xpath("//*[@tabindex='0']")] == ["pre", "table"]
    assert len(root.xpath("//table")) == 2


HUNDREDTHS = st.integers(0, 400_000).map(lambda number: number / 100)


@given(
    st.lists(st.tuples(HUNDREDTHS, st.dictionaries(st.integers(0, 30), st.integers(0, 900))), min_size=1, max_size=6)
)
def test_rows_are_read_as_they_were_written(drawn: list[tuple[float, dict[int, int]]]) -> None:
    rows = [
        TimelineRow(
            f"b{number}",
            begin,
            {word: begin + at / 100 for word, at in zip(sorted(words), sorted(words.values()), strict=True)},
        )
        for number, (begin, words) in enumerate(sorted(drawn, key=lambda each: each[0]))
    ]
    for row, (anchor, begin, words) in zip(rows, decode_rows(encode_rows(rows)), strict=True):
        assert (anchor, begin) == (row.anchor, pytest.approx(row.begin, abs=0.011))
        timed = {number: second for number, second in enumerate(words) if second is not None}
        assert timed == {number: pytest.approx(second, abs=0.011) for number, second in row.words.items()}


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3599, "59:59"), (3661, "1:01:01")]
)
def test_a_clock(seconds: float, text: str) -> None:
    assert format_clock(seconds) == text


@pytest.mark.parametrize(
    ("script", "compact"),
    [
        ("// why\n  const a = (b) => b + 1;\n", "const a=(b)=>b+1;\n"),
        ('if (a === "x = y") { b(); }', 'if(a==="x = y"){b();}\n'),
        ("const c = /a = b/;", "const c = /a = b/;\n"),
        ("d = `a = ${b}`;", "d = `a = ${b}`;\n"),
        ("e = a - -b;", "e=a - -b;\n"),
    ],
)
def test_a_script_is_compacted(script: str, compact: str) -> None:
    assert compact_script(script) == compact
