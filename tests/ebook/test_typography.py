"""What a typesetter changes, and what is left alone."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.ebook.typography import Typesetter, set_line

with (Path(__file__).parent / "typography.tsv").open(encoding="utf-8") as table:
    CASES = list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


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


@given(st.text(), st.sampled_from(["en", "de", "fr", "ja"]))
def test_no_word_changes(text: str, language: str) -> None:
    made = set_line(text, language)
    assert re.findall(r"\w+", made) == re.findall(r"\w+", text)
    if not re.search("[\"'.-]", text):
        assert made.replace("\u00a0", " ") == text.replace("\u00a0", " ")
