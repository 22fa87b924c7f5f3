"""What a typesetter changes, and what is left alone."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.ebook import typography
from exporter.ebook.typography import Typesetter, set_line

with (Path(__file__).parent / "typography.tsv").open(encoding="utf-8") as table:
    CASES = list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]

WORDS = tomllib.loads((Path(typography.__file__).parent / "data" / "typography.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("language", "written", "expected"), CASES)
def test_a_line_is_set_as_its_language_sets_it(language: str, written: str, expected: str) -> None:
    # A no-break space is hard to see: the table shows it as TeX does.
    assert set_line(written, language).replace("\u00a0", "~") == expected


def test_marks_close_across_the_runs_of_a_block_and_open_anew_in_the_next() -> None:
    typesetter = Typesetter("en")
    assert [typesetter.set(run) for run in ('"Not ', "yet", '," he said.')] == ["“Not ", "yet", ",” he said."]
    typesetter.skip("code()")
    assert typesetter.set("'s") == "’s"
    typesetter.begin()
    assert typesetter.set('"Now') == "“Now"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        *(("und", f"10 {unit}") for unit in WORDS["units"].split()),
        *(("und", f"{word}. 12") for word in WORDS["before_numbers"].split()),
        *((tag, f"{word} Lee") for tag, words in WORDS["before_names"].items() for word in words.split()),
    ],
)
def test_every_word_of_the_tables_keeps_its_line(language: str, written: str) -> None:
    assert set_line(written, language) == written.replace(" ", "\u00a0")


@pytest.mark.parametrize("word", WORDS["clipped"].split())
def test_every_clipped_word_of_the_table_begins_with_an_apostrophe(word: str) -> None:
    assert set_line(f"and '{word} he", "en") == f"and ’{word} he"


@pytest.mark.parametrize(
    ("language", "marks"),
    [(tag, marks) for tags, marks in WORDS["quotation_marks"].items() for tag in tags.split()],
)
def test_every_language_of_the_table_gets_its_quotation_marks(language: str, marks: list[str]) -> None:
    assert set_line("\"Yes\" and 'no'", language) == "{}Yes{} and {}no{}".format(*marks)


@given(st.text(), st.sampled_from(["en", "de", "fr", "ja"]))
def test_no_word_changes(text: str, language: str) -> None:
    made = set_line(text, language)
    assert re.findall(r"\w+", made) == re.findall(r"\w+", text)
    if not re.search("[\"'.-]", text):
        assert made.replace("\u00a0", " ") == text.replace("\u00a0", " ")
