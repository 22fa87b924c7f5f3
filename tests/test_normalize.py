"""Written text is said as a newsreader would: examples by phenomenon, and properties that hold for any text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exporter.lexicon import Lexicon, LexiconEntry
from exporter.normalize.normalizers import load_normalizer
from exporter.normalize.sentence_abbreviations import load_abbreviations
from exporter.script import Word

FOLDER = Path(__file__).parent / "normalize"
AMERICAN = load_normalizer("en-US")
# Tables that are not American English.
OTHERS = {
    "british": "en-GB",
    "spanish": "es",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "portuguese": "pt-BR",
    "portuguese_of_portugal": "pt-PT",
    "dutch": "nl",
}


def examples() -> list[tuple[str, str, str]]:
    """Every line of every table: its rule, what is written, what is said."""
    found = []
    for path in sorted(FOLDER.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            written, spoken = line.split("\t")
            found.append((path.stem, written, spoken))
    return found


@pytest.mark.parametrize(("rule", "written", "spoken"), examples())
def test_example(rule: str, written: str, spoken: str) -> None:
    """A newsreader agrees with every line of the tables."""
    assert load_normalizer(OTHERS.get(rule, "en-US"))(written).text == spoken


# What articles are made of: words, figures, signs, and everything in between.
PIECES = st.sampled_from(
    """
    the of in at a I V X No. St. Dr. Mr. U.S. FBI NATO COVID-19 Aug. May Mon. Sen. Inc. vs. p.m. km kg ft $ € % & @ # /
    - – — ' " ( ) [ ] . , : ; ! ? 1 2 5 12 19 80 100 1999 2021 3.5 1,234 1/2 3-2 10:30 8/8/2021 2021-08-08 °C ² ½ x H2O
    10^6 +1 555-1234 example.org a@b.com #News Henry War Kabul said million billion 1st 22nd '80s 5'11" * ** -- ... f**k
    😀 é ① ٣
    """.split()
)
ARTICLES = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", " "])).map("".join), max_size=12).map("".join)
ANYTHING = st.one_of(ARTICLES, st.text(max_size=60))


@given(ANYTHING)
@example("1" * 5000)
@example("٣٤ ５ ⅷ ㊿ ⒈ 𝟗")
def test_no_digit_is_left(written: str) -> None:
    """Every figure becomes a word."""
    assert not [character for character in AMERICAN(written).text if character.isdigit()]


@pytest.mark.parametrize("language", ["es", "fr", "de"])
@given(ARTICLES)
def test_other_languages_keep_every_word_in_place(language: str, written: str) -> None:
    """Rules of other languages hold the same promises."""
    spoken = load_normalizer(language)(written)
    assert not [character for character in spoken.text if character.isdecimal()]
    assert spoken.words == tuple(sorted(spoken.words, key=lambda word: (word.start, word.end)))


@given(ANYTHING)
def test_spans_rise_inside_the_text(written: str) -> None:
    """Each spoken word stands for written characters, from left to right."""
    spoken = AMERICAN(written)
    assert spoken.words == tuple(sorted(spoken.words, key=lambda word: (word.start, word.end)))
    assert all(0 <= word.start < word.end <= len(written) for word in spoken.words)


@given(ANYTHING)
def test_words_are_those_of_the_text(written: str) -> None:
    """The words, in order, are what stands between the spaces of the spoken text."""
    spoken = AMERICAN(written)
    at = 0
    for word in spoken.words:
        at = spoken.text.index(word.text, at) + len(word.text)
    letters = "".join(filter(str.isalnum, spoken.text))
    assert letters == "".join(filter(str.isalnum, "".join(word.text for word in spoken.words)))


@given(ANYTHING)
def test_readings_do_not_overlap(written: str) -> None:
    """No character is read twice."""
    readings = AMERICAN(written).readings
    assert all(left.end <= right.start for left, right in pairwise(readings))
    assert all(
        part.start >= reading.start and part.end <= reading.end for reading in readings for part in reading.parts
    )


@given(ANYTHING)
def test_no_word_outside_a_reading_is_lost(written: str) -> None:
    """What no rule reads is said as it stands, where it stands."""
    spoken = AMERICAN(written)
    for chunk in re.finditer(r"\S+", written):
        touched = any(reading.start <= chunk.end() and chunk.start() <= reading.end for reading in spoken.readings)
        if not touched and (word := re.search(r"\w(?:\S*\w)?", chunk.group())):
            start = chunk.start() + word.start()
            assert Word(word.group(), start, start + len(word.group())) in spoken.words


def test_a_second_pass_changes_nothing() -> None:
    """What is spoken already is left alone."""
    once = [AMERICAN(written).text for rule, written, _ in examples() if rule not in OTHERS]
    assert [AMERICAN(spoken).text for spoken in once] == once


def test_words_stand_for_what_is_written() -> None:
    """A date is heard word by word as it is written."""
    spoken = AMERICAN("Aug. 8 at Kabul")
    assert [(word.text, "Aug. 8 at Kabul"[word.start : word.end]) for word in spoken.words] == [
        ("August", "Aug."),
        ("eighth", "8"),
        ("at", "at"),
        ("Kabul", "Kabul"),
    ]


def test_words_that_are_not_written_stand_for_what_they_belong_to() -> None:
    """A currency's name is written as its sign, before the number."""
    written = "It cost $3, then $1.50."
    spoken = AMERICAN(written)
    assert [(word.text, written[word.start : word.end]) for word in spoken.words if word.start > 6] == [
        ("three", "$3"),
        ("dollars", "$3"),
        ("then", "then"),
        *((word, "$1.50") for word in ("one", "dollar", "and", "fifty", "cents")),
    ]


def test_the_users_lexicon_comes_first() -> None:
    """A term of the user's is said as the user wants, even inside another phenomenon."""
    lexicon = Lexicon(
        (
            LexiconEntry("SQL", "sequel"),
            LexiconEntry("Aug. 8", "the big day"),
            LexiconEntry("kabul", "kahbul"),
            LexiconEntry("Siobhan", phonemes="x"),
        )
    )
    read = load_normalizer("en-US", lexicon)
    assert read("SQL in Kabul on Aug. 8, 2021").text == "sequel in kahbul on the big day, twenty twenty-one"
    assert read("Siobhan and MySQL").readings[0].rule == "lexicon"
    assert read("MySQL").text == "MySQL"


def test_emoji_can_be_silent() -> None:
    """A setting leaves emoji out."""
    assert load_normalizer("en", emoji=False)("So good 🔥🔥.").text.split() == ["So", "good", "."]


def test_a_language_without_rules_keeps_its_text() -> None:
    """Other languages go to the engine as they are, with their words known."""
    spoken = load_normalizer("fi")("Hinta on 5 euroa.")
    assert spoken.text == "Hinta on 5 euroa."
    assert [word.text for word in spoken.words] == ["Hinta", "on", "5", "euroa"]


@pytest.mark.parametrize(
    "piece", ["a", "1", "1 ", "1,111,", "1-", "1/2 ", "A.", "$", '"5 ', "x@", ".", "(", "½", "#*", "ab1", "No. "]
)
def test_a_long_line_takes_linear_work(piece: str) -> None:
    """A rule looks at a bounded stretch: twice the text is offered about twice the readings, and all is read."""
    short, long = (AMERICAN(piece * count) for count in (2_000, 4_000))
    assert len(long.readings) <= 2 * len(short.readings) + 10
    assert not any(character.isdigit() for character in long.text)


def test_abbreviations_for_the_sentence_cutter() -> None:
    """Which abbreviations end a sentence is known by language."""
    english = load_abbreviations("en-GB")
    assert "Sen" in english.never
    assert "Inc" in english.may
    assert "No" in english.numbered
    assert "Dr" in english.may
    assert not load_abbreviations("tlh").never
