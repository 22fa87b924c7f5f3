"""Lines and the breaks between them: widths, gaps, indents, hyphens and damaged characters, each by itself."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.readers.scraped import hyphens, line_breaks, text_repair, wrapping

PARAGRAPHS = [
    "The ferry leaves at seven in the morning and comes back when the tide allows, in winter perhaps the next day.",
    "Nobody on the island minds. There is bread in the shop, a doctor who plays the organ, a school of nine children.",
    "In the year that the harbour froze they walked across the ice to the mainland, bought a piano and pulled it home.",
    "“You could hear it from the lighthouse,” says the keeper's daughter, who was six then and held one of the ropes.",
    "It stands in the school now; two of its keys are silent, and the children know which songs do not need them.",
]


def joined(text: str) -> list[str]:
    return [piece.text for piece in wrapping.join_lines(line_breaks.split_lines(text))[0]]


def wrapped(width: int, inner: str, between: str, indent: str = "") -> str:
    return between.join(inner.join(textwrap.wrap(paragraph, width, initial_indent=indent)) for paragraph in PARAGRAPHS)


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
@pytest.mark.parametrize(("inner", "between"), [("\n", "\n\n"), ("\n\n", "\n\n\n")])
def test_paragraphs_broken_at_any_width_are_joined(width: int, inner: str, between: str) -> None:
    assert joined(wrapped(width, inner, between)) == PARAGRAPHS


@pytest.mark.parametrize("width", [60, 72])
def test_an_indent_begins_a_paragraph(width: int) -> None:
    assert joined(wrapped(width, "\n", "\n", "    ")) == PARAGRAPHS


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"])
def test_whole_paragraphs_stay_apart(gap: str) -> None:
    assert joined(gap.join(PARAGRAPHS)) == PARAGRAPHS


def test_the_gap_of_line_breaks_may_be_the_gap_of_paragraphs() -> None:
    """Where only the width tells, a line that had room for the next word ends its paragraph."""
    assert joined(wrapped(70, "\n\n", "\n\n")) == PARAGRAPHS


@pytest.mark.parametrize(
    "lines",
    [
        ["salt", "two cups of flour", "butter", "a little milk"],
        ["A title", "by Ann Lee", "The text begins here and goes on for a while."],
        ["First sentence.", "second begins small.", "third too."],
        ["• one item", "• another item", "• the last"],
        ["Name\tAge", "Ann\t34", "Bo\t27"],
    ],
)
def test_lines_that_belong_apart_stay_apart(lines: list[str]) -> None:
    assert joined("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("line", "after", "certain"),
    [
        ("The boats lie on the beach at Averill. (Photo by", "Ann Lee)", True),
        ("The keeper said that he would “never go back to", "Averill” while he lived.", True),
        ("Der Wärter sagte, er werde „niemals zurück nach", "Averill“ gehen.", True),
        ("The boats lie on the beach (from left", "B) The nets are mended", False),
        ("“The boats lie on the beach.", "“Nobody mends them,” she said.", False),
        ("(The boats lie on the beach.", "Nobody mends them.)", False),
        ("The boats lie on the beach (below)", "Ann Lee (left) mends nets", False),
        ("Das »Haus«", "Er sagte »niemals« dazu.", False),
    ],
)
def test_a_line_that_ends_within_brackets_goes_on(line: str, after: str, certain: bool) -> None:
    first, second = line_breaks.split_lines(f"{line}\n\n\n{after}")
    assert line_breaks.measure_break(first, second).certain == certain


def test_a_full_line_that_ends_in_a_credit_is_over() -> None:
    lines = textwrap.wrap(PARAGRAPHS[0], 60)
    caption = "The keeper shows the lamp to children (Photo: Ann Lee)".ljust(59, "!")
    page = "\n".join([caption, *lines, "", *textwrap.wrap(PARAGRAPHS[2], 60)])
    assert joined(page) == [caption, PARAGRAPHS[0], PARAGRAPHS[2]]


def test_lines_without_spaces_are_joined_without_them() -> None:
    lines = [
        "港町の住民は土曜日に崖の縁に立つ灯台を内陸に移す",
        "ことを決めた。灯台がそのままの形で運ばれるのは初め",
        "てのことになる。",
    ]
    assert joined("\n".join(lines)) == ["".join(lines)]


@given(st.lists(st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=90), max_size=30))
def test_joining_loses_and_adds_no_letter(lines: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(text.replace("-", "").split())

    text = "\n".join(lines)
    assert letters("".join(joined(text))) == letters(text)


SOFT = [("the wid-", "ening gap", "the widening gap"), ("Um-", "weg", "Umweg")]
HARD = [
    ("a well-", "known man", "a well-known man"),
    ("self-", "made", "self-made"),
    ("Vor-", "und Nachteile", "Vor- und Nachteile"),
    ("short-", "term plans", "short-term plans"),
]
PAGE = ["a short-term loan and a plan that", "went on and on, as plans will do,"]


@pytest.mark.parametrize(("line", "after", "whole"), [*SOFT, *HARD], ids=[whole for *_, whole in (*SOFT, *HARD)])
def test_a_hyphen_goes_only_where_it_broke_a_word(line: str, after: str, whole: str) -> None:
    speller = hyphens.Speller([*PAGE, line, after, "some others bro-", "ken too, of co-", "urse"])
    assert "".join(speller.mend(line, after)) == whole


def test_a_page_without_hyphenation_keeps_its_hyphens() -> None:
    speller = hyphens.Speller([*PAGE * 30, "a half-", "open door"])
    assert "".join(speller.mend("a half-", "open door")) == "a half-open door"


CHARACTERS = [
    ("donâ€™t", "don’t"),
    ("Ã¼ber", "über"),
    ("soft\u00adly", "softly"),
    ("zero\u200bwidth", "zerowidth"),
    ("a\u00a0b\u2009c", "a b c"),
    ("o\ufb03ce", "office"),
    ("cafe\u0301", "café"),
    ("a &amp; b &#8212; c &quot;d&quot;", 'a & b — c "d"'),
    ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    ("bell\x07 and null\x00", "bell and null"),
    ("Volun\u00ad\nteers", "Volunteers"),
]
UNTOUCHED = [
    "Œuvre d’art — 100 %",
    "«Guillemets»",
    "👩\u200d💻 works",
    "می\u200cخواهم",
    "AT&T; R&D",
    "<p>a &lt; b</p>",
    "plain",
]


@pytest.mark.parametrize(("damaged", "whole"), CHARACTERS, ids=[ascii(damaged) for damaged, _ in CHARACTERS])
def test_damaged_characters_are_mended(damaged: str, whole: str) -> None:
    assert text_repair.repair_text(damaged) == whole


@pytest.mark.parametrize("text", UNTOUCHED)
def test_whole_characters_are_left_alone(text: str) -> None:
    assert text_repair.repair_text(text) == text


@given(st.text(st.characters(exclude_characters="&"), max_size=200))
def test_mending_twice_mends_no_more(text: str) -> None:
    once = text_repair.repair_text(text)
    assert text_repair.repair_text(once) == once
