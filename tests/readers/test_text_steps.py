"""Scraped text: what single steps find in pieces, and what they leave alone."""

from __future__ import annotations

import msgspec
import pytest

from exporter.article import Metadata
from exporter.readers.scraped import captions, chrome, headings, heads
from exporter.readers.scraped.page import Page, Piece

PROSE = "The ferry leaves at seven in the morning and comes back when the tide allows, in winter perhaps the next day."


def page(*texts: str) -> Page:
    title = Piece("The ferry", kind="heading", level=1)
    return Page((title, *map(Piece, texts)), Metadata(title="The ferry"))


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee (left) and Bo Chan mend a net.",
        "Ann Lee (Harbour Party, right) votes in Averill.",
        "Ann Lee (Hafenpartei, l.) und Bo Chan im Rathaus.",
        "Ann Lee reads to her son in Averill on May 3, 2024.",
        "Fishermen are seen on the beach of Averill, Sunday, May 5, 2024.",
        "The fire brigade searches rooms – video",
    ],
)
def test_a_caption_says_what_is_in_its_picture(text: str) -> None:
    assert captions.mark(page(PROSE, text, PROSE)).pieces[2].kind == "caption"


@pytest.mark.parametrize(
    "text",
    [
        "The harbour will be closed from May 3, 2024.",
        "Ann Lee (51, left-handed) said so.",
        "Ann Lee reads to her son every day.",
        "The keeper was last seen on May 3, 2024.",
        "The report looks at the storms that came after May 3, 2024.",
        "“Ann reads well,” said Bo Chan on May 3, 2024.",
        "MORE: What the divers found",
        "How to tell a story in a video",
    ],
)
def test_other_lines_are_no_caption(text: str) -> None:
    assert captions.mark(page(PROSE, text, PROSE)).pieces[2].kind == "text"


def test_a_remark_in_brackets_owns_no_credit() -> None:
    told = captions.mark(page(PROSE, "(The Observer has a share in the ferry that this is about.)", "Photo: Ann Lee"))
    assert [piece.kind for piece in told.pieces[1:]] == ["text", "text"]


def test_captions_of_one_page_begin_alike() -> None:
    told = captions.mark(page("GLAD: Ann Lee is home again.", PROSE, "READY: The boat is to sail. (Photo: Bo Chan)"))
    assert [piece.kind for piece in told.pieces[1:]] == ["caption", "text", "caption"]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ((PROSE, "How it began", PROSE), ["How it began"]),
        ((PROSE, "– I felt alone", PROSE), ["– I felt alone"]),
        (
            (PROSE, "Best ferry under $500: The Averill", "Price: $499", "Colour: red", PROSE),
            ["Best ferry under $500: The Averill"],
        ),
        (("A short note.", "Ferries and bridges", PROSE), ["Ferries and bridges"]),
        (("Ann Lee", PROSE), []),
        (("Local news", "Ferries and bridges", PROSE), []),
        ((PROSE, "– and then it was over", PROSE), []),
        ((PROSE, "Price: $5", "Colour: red", PROSE), []),
    ],
)
def test_headings_are_told_by_their_words_and_their_place(texts: tuple[str, ...], found: list[str]) -> None:
    marked = headings.mark(page(*texts)).pieces
    assert [piece.text for piece in marked if piece.kind == "heading" and piece.level > 1] == found


def test_a_headline_that_stands_again_among_the_links_below_is_no_part_of_the_article() -> None:
    body = [PROSE.replace("seven", word) for word in ("five", "six", "nine", "ten", "noon", "one")]
    link = "Ministers ask harbours for help"
    kept = chrome.drop(page(*body[:3], link, *body[3:], "You might also like", link, "Bridges are to open")).pieces
    assert [piece.text for piece in kept[1:]] == body


def test_a_headline_glued_to_the_section_is_a_card_of_another_article() -> None:
    told = msgspec.structs.replace(
        page(PROSE, "Local NewsBridges to open", PROSE), metadata=Metadata(section="Local News")
    )
    assert [piece.text for piece in chrome.drop(told).pieces[1:]] == [PROSE, PROSE]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Lee | Published 4 months ago", ("Ann Lee",)),
        ("Ann Lee and Bo Chan|2 days ago", ("Ann Lee", "Bo Chan")),
        ("Old bridges | 2 days ago", ()),
        ("Ann Lee | Averill", ()),
    ],
)
def test_who_wrote_some_time_ago_is_an_author(line: str, names: tuple[str, ...]) -> None:
    assert heads.take_apart(page(line, PROSE)).metadata.authors == names


def test_a_caption_below_the_share_words_is_no_part_of_the_head() -> None:
    """Its date ends the piece, as a head's own would, but the head has one."""
    caption = "Bo Chan / APAnn Lee, who keeps the light, at the old harbour of Averill, on May 3, 2024."
    head = f"News The ferry at Averill sails By Bo Chan Published May 5, 2024 Facebook Email {caption}"
    taken = heads.take_apart(Page((Piece(head), Piece(PROSE)), Metadata(title="The ferry at Averill sails")))
    assert taken.pieces[0].text == caption
