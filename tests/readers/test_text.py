"""Scraped text: whole pages against golden files, the user's own page, and properties of every text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exporter.account import list_dropped
from exporter.article import Block, Bullets, Figure, Heading, Numbered, Paragraph, Separator, block_text, inline_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read, read, text
from tests.conftest import GOLDEN

SETTINGS = InputSettings()
CASES = sorted(folder.name for folder in GOLDEN.glob("text-*"))


def parsed(page: str | bytes, **facts: str) -> Read:
    data = page.encode() if isinstance(page, str) else page
    return text.read(Document(name="page.txt", data=data, **facts), SETTINGS)


def summarize(found: Read) -> str:
    """Return the article as the golden files hold it: metadata, blocks, notices."""
    metadata = found.article.metadata
    facts = {
        "title": metadata.title,
        "authors": "; ".join(metadata.authors),
        "published": metadata.published,
        "modified": metadata.modified,
        "site": metadata.site,
        "section": metadata.section,
        "language": metadata.language,
        "rights": metadata.rights,
    }
    lines = [f"{name}: {value}" for name, value in facts.items() if value]
    for block in found.article.blocks:
        lines += ["", *_summarize_block(block)]
    notices = [*found.notices, *(each.make_notice() for each in list_dropped(found.account))]
    return "\n".join([*lines, "", "---", *(f"{notice.text} | {notice.subject}" for notice in notices), ""])


def _summarize_block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {block_text(block)}"
        case Figure():
            yield f"[{inline_text(block.caption)} | {block.credit}]"
        case Bullets():
            yield from (f"* {block_text(item.blocks[0])}" for item in block.items)
        case Numbered():
            yield from (
                f"{number}. {block_text(item.blocks[0])}" for number, item in enumerate(block.items, block.start)
            )
        case Separator():
            yield "***"
        case _:
            yield block_text(block)


@pytest.mark.parametrize("case", CASES)
def test_a_page_becomes_its_article(case: str, golden: Callable[[str, str], None]) -> None:
    document = Document(name="page.txt", data=(GOLDEN / case / "page.txt").read_bytes())
    golden(f"{case}/article.txt", summarize(text.read(document, SETTINGS)))


def test_the_users_page_comes_out_as_a_careful_reader_sees_it(seed: Path) -> None:
    found = text.read(Document(name=seed.name, data=seed.read_bytes()), SETTINGS)
    metadata, blocks = found.article.metadata, found.article.blocks
    assert "|" not in metadata.title
    assert metadata.site
    assert metadata.section == "United States & World"
    page = seed.read_text(encoding="utf-8")
    (author,) = metadata.authors
    assert f"By {author} Published" in page
    assert metadata.published == "2021-08-08T12:55:00-04:00"
    assert metadata.language == "en"
    assert (metadata.rights or "").startswith("Copyright 2021 NPR.")
    lead, *body = blocks
    assert isinstance(lead, Figure)
    caption = inline_text(lead.caption)
    # On the page the one runs into the other.
    assert f"Email {lead.credit}{caption[:80]}" in page
    assert f"{caption[-20:]} (AP Photo" in " ".join(page.split())
    assert sum(isinstance(block, Heading) for block in body) == 2
    assert sum(isinstance(block, Paragraph) for block in body) == 15
    assert all(block_text(block)[-1] in '.”"' for block in body if isinstance(block, Paragraph))
    written = "\n".join(map(block_text, blocks))
    assert not any(words in written for words in ("Loading", "Play all", "Facebook", "Copyright"))


@pytest.mark.parametrize("credit", ["Ann Lee / The Averill Observer", ""])
def test_a_caption_that_ran_into_the_head_is_freed_from_both_sides(credit: str) -> None:
    head = "News A bridge is to open again By Bo Chan Published March 14, 2024 Facebook Twitter"
    caption = "Engineers test the span on Tuesday, March 12, 2024. It turned in four minutes."
    body = "The bridge over the mouth of the river will open again on Saturday, after a closure of nearly three years."
    page = f"A bridge is to open again\n\n\n{head}\n\n\nEmail {credit}{caption} (Photo by\n\n\nAnn Lee)\n\n\n{body}"
    figure, paragraph = parsed(page).article.blocks
    assert isinstance(figure, Figure)
    assert (inline_text(figure.caption), figure.credit) == (caption, credit or "Ann Lee")
    assert block_text(paragraph) == body


@pytest.mark.parametrize(
    "data",
    [b"", b" \n\t\n ", b"\xef\xbb\xbf", b"...\n---\n!!", b"%PDF-1.7\n\x00\x01\x02\x03\x04", bytes(range(32)) * 64],
    ids=["empty", "blank", "only a mark", "no word", "a PDF", "controls"],
)
def test_what_holds_no_words_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        parsed(data)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        ("\ufeffÜber den Fluss.".encode(), "", "Über den Fluss."),
        ("Über den Fluss.".encode("utf-16"), "", "Über den Fluss."),
        ("Über den großen Fluss.".encode("utf-16-le"), "", "Über den großen Fluss."),
        ("The river — wide here — rose.".encode("utf-16-be"), "", "The river — wide here — rose."),
        ("Über den Fluss.".encode("latin-1"), "iso-8859-1", "Über den Fluss."),
        ("Die Fähre fährt nächste Woche für Fußgänger über den Fluss.".encode("cp1252"), "", None),
        ("Über den Fluss.".encode("latin-1"), "no-such-charset", None),
    ],
)
def test_bytes_are_decoded_by_mark_charset_or_detection(data: bytes, charset: str, expected: str | None) -> None:
    (block,) = parsed(data, charset=charset).article.blocks
    assert "\ufffd" not in block_text(block)
    if expected:
        assert block_text(block) == expected


def test_a_text_that_is_one_paragraph_has_no_title() -> None:
    article = parsed("It was the last ferry of the year.").article
    assert article.metadata.title == ""
    assert [block_text(block) for block in article.blocks] == ["It was the last ferry of the year."]


@pytest.mark.parametrize(
    ("text", "title", "lines"),
    [
        ("To buy:\n- oil\n- rope\n", "To buy", ["oil", "rope"]),
        ("Four fruits that we want:\nApples\nPears\n", "Four fruits that we want", ["Apples", "Pears"]),
        ("Shopping\n\nmilk\nbrown bread from the baker\nNews\nShare\n", "Shopping", ["milk", "News", "Share"]),
    ],
)
def test_a_list_without_sentences_keeps_its_first_line_and_all_others(text: str, title: str, lines: list[str]) -> None:
    found = parsed(text)
    assert found.article.metadata.title == title
    shown = "\n".join(map(block_text, found.article.blocks)).splitlines()
    assert [line for line in lines if line not in shown] == []


def test_a_first_line_with_words_of_a_menu_is_the_title_where_no_other_line_can_be() -> None:
    body = "When the last ferry of the year had left, nobody on the island said a word for an hour.\n\n" * 2
    for first in ("Recommended: ten books about ferries", "What we know so far:"):
        assert parsed(f"{first}\n\n{body}").article.metadata.title == first.rstrip(":")


PARAGRAPH = (
    "Ferries are what the island has, and what it fears to lose: the last one leaves in autumn, and nobody knows "
    "when the next will come, or whether."
)
HEADLINE = "The long winter ferry"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("Ferry news", "Choose your harbour", HEADLINE, HEADLINE, PARAGRAPH), HEADLINE),
        (("• Give now", "• Press", HEADLINE, PARAGRAPH), HEADLINE),
        (("> Skip to content", HEADLINE, PARAGRAPH), HEADLINE),
        (("Tag Archives: winter ferries", HEADLINE, PARAGRAPH), HEADLINE),
        (("Archivo de la etiqueta: invierno", HEADLINE, PARAGRAPH), HEADLINE),
        (
            ("Shipwreckers’ islands : a winter", PARAGRAPH, "So say shipwreckers’ islands."),
            "Shipwreckers’ islands : a winter",
        ),
        ((HEADLINE.upper(), "The old harbour", "The old harbour", PARAGRAPH), "The old harbour"),
        (
            ("A long winter is coming to all ferries", "The old harbour", "The old harbour", PARAGRAPH),
            "A long winter is coming to all ferries",
        ),
        (("Published on May 3, 2024", PARAGRAPH), ""),
        (("Updated at 11:45 p.m. ET", PARAGRAPH), ""),
        (("May 3, 2024", f"{HEADLINE}.", PARAGRAPH), f"{HEADLINE}."),
    ],
)
def test_a_title_is_told_from_what_stands_above_it(lines: tuple[str, ...], title: str) -> None:
    found = parsed("\n\n".join(lines)).article
    assert found.metadata.title == title
    assert PARAGRAPH in map(block_text, found.blocks)


def test_a_long_text_without_an_end_mark_is_not_above_the_title() -> None:
    long = f"{PARAGRAPH} {PARAGRAPH}".rstrip(".")
    found = parsed(f"May 3, 2024\n\n{long}\n\nHarbours\n\n{PARAGRAPH}").article
    assert (found.metadata.title, block_text(found.blocks[0])) == ("", long)


def test_a_title_of_a_word_stays_in_the_sentences_that_have_it() -> None:
    texts = [f"Shipwrecking {PARAGRAPH[0].lower()}{PARAGRAPH[1:]}", PARAGRAPH, "May 3, 2024", PARAGRAPH]
    found = parsed("\n\n".join(("Shipwrecking", *texts))).article
    assert [block_text(block) for block in found.blocks][:2] == texts[:2]


def test_a_menu_above_the_title_is_not_the_title() -> None:
    menu, title = (
        "Culture Shop Travel Guides News Join The Newsletter Travel News",
        "The Top Ferry Of The Year, By Name",
    )
    body = "The top ferry of the year, by the name of Averill, has left, and nobody on the island said a word.\n\n" * 3
    assert parsed(f"{menu}\n\n{title}\n\n{body}").article.metadata.title == title


def test_a_first_paragraph_is_no_title() -> None:
    first = "When the last ferry of the year had left, nobody on the island said a word for an hour."
    article = parsed(
        f"{first}\n\nThen the doctor began to play the organ, and the windows went dark one by one."
    ).article
    assert article.metadata.title == ""
    assert block_text(article.blocks[0]) == first


def test_every_text_is_recognised_and_no_binary() -> None:
    assert text.recognises(Document(name="a", data=b"Words."))
    assert not text.recognises(Document(name="a", data=b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"))


def test_what_the_carrier_says_comes_first() -> None:
    found = parsed("Some Site\n\nThe real title\n\nA paragraph of text stands here.", title="The real title")
    assert found.article.metadata.title == "The real title"


def test_the_chosen_language_is_believed() -> None:
    document = Document(name="a.txt", data=b"Der Text ist auf Deutsch und nicht auf Englisch.")
    assert read(document, InputSettings(language="nl")).article.metadata.language == "nl"


WORDS = st.lists(
    st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=9), min_size=3, max_size=60
)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_plain_paragraphs_lose_no_word(paragraphs: list[list[str]]) -> None:
    """Paragraphs of plain words, each a sentence, come out word for word, whatever the words."""
    page = [f"Alpha {' '.join(words)} omega." for words in paragraphs]
    article = parsed("A title of some length for this page\n\n" + "\n\n".join(page)).article
    found = " ".join(map(block_text, article.blocks)).split()
    said = " ".join(page).split()
    assert [word for word in said if word not in found] == []


@given(st.text(max_size=400))
@example("|")
@example("By")
@example("©")
@example("\u00ad\n\u200b")
@example("Image caption,")
@example("- \n- \n1. ")
def test_no_text_makes_the_reader_stumble(page: str) -> None:
    try:
        article = parsed("word " + page).article
    except SourceError:
        return
    for block in article.blocks:
        assert block_text(block).strip() or isinstance(block, Separator | Figure)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_stumble(data: bytes) -> None:
    try:
        parsed(data)
    except SourceError as error:
        assert error.remedy  # noqa: PT017  any of them is fine, none must be


@pytest.mark.parametrize(
    "page",
    [
        "word " * 200_000,
        "a" * 1_000_000,
        "Hello world\n" * 50_000,
        "By Ann Lee, " * 50_000,
        "&amp;" * 100_000 + "x",
        "x " + "(" * 100_000,
        "May 3, 2024 " * 20_000,
        "• item\n" * 30_000,
        "The ferry leaves at seven (in the morning and “comes back when the tide allows\n" * 30_000,
    ],
    ids=["long line", "one word", "short lines", "byline", "entities", "brackets", "dates", "bullets", "refrain"],
)
def test_absurd_pages_are_read_in_linear_time(page: str) -> None:
    """A search that is not linear would take hours on these."""
    assert parsed(page).article.blocks or parsed(page).article.metadata.title


def test_a_register_of_more_lines_than_a_page_has_loses_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["Averill", "Share", "• Bo Chan", "Dora Egan", "Share"]
    assert len(parsed("\n\n".join(lines)).article.blocks) < len(lines)
    monkeypatch.setattr(text, "_MAX_PIECES", len(lines) - 1)
    assert [block_text(block) for block in parsed("\n\n".join(lines)).article.blocks] == lines
