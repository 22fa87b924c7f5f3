"""Formulas in words: `formulas_<language>.tsv` holds LaTeX and how it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.article import Article, Math, MathBlock, Metadata, Paragraph, Text
from exporter.config import Config
from exporter.narration import narrate
from exporter.narration.formula_narration import verbalize_latex
from exporter.normalize.toml_tables import load_table
from exporter.script import Say
from exporter.sentences import cut_sentences

CASES = [
    (path.stem.rpartition("_")[2], line)
    for path in sorted(Path(__file__).parent.glob("formulas_*.tsv"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_formulas_are_said_in_words(language: str, case: str) -> None:
    latex, words = case.split("\t")
    assert verbalize_latex(latex, f"{language}-XX") == words


@given(
    st.lists(
        st.sampled_from(r"{ } ^ _ \frac \sqrt [ ] \sum \text x 2 ( ) | & \\ \begin \mid \{ \} \not \ce 12".split()),
        max_size=40,
    )
)
def test_no_formula_is_too_broken_to_be_read(marks: list[str]) -> None:
    assert "\\" not in verbalize_latex(" ".join(marks), "en")


@pytest.mark.parametrize(
    "command", r"\frac \binom \overset \sqrt \not \ce \xrightarrow \hat \sum \begin{matrix}".split()
)
def test_a_formula_may_end_before_the_arguments_of_its_last_command(command: str) -> None:
    assert verbalize_latex(f"x^{command}", "en").startswith("x")
    assert verbalize_latex(f"x_{{{command}", "en").startswith("x")


def test_deep_nesting_ends() -> None:
    assert verbalize_latex("{" * 5000 + "x", "en")
    assert verbalize_latex("f(" * 5000 + "x", "en").endswith("x")
    assert verbalize_latex("\\frac" * 5000, "en") is not None


def test_a_language_without_words_for_formulas_has_their_signs() -> None:
    assert verbalize_latex(r"x^2 \le \frac{a}{b} + \sum_{i} y_i", "pl") == "x² ≤ a / b + ∑ i y i"
    assert load_table("any", "formulas").keys() == load_table("en", "formulas").keys()


@pytest.mark.parametrize("language", ["any", "de", "es", "fr", "it", "nl", "pt"])
def test_no_language_lacks_a_phrase(language: str) -> None:
    assert load_table(language, "formulas")["phrases"].keys() == load_table("en", "formulas")["phrases"].keys()


def test_formulas_sound_in_words_and_are_written_as_they_were() -> None:
    blocks = (Paragraph((Text("So "), Math(latex="x^2"), Text(" it is."))), MathBlock(latex="y_1", alt="the first y"))
    script, _ = narrate(cut_sentences(Article(Metadata(), blocks)), Config())
    said = [(cue.written, cue.spoken) for cue in script.cues if isinstance(cue, Say)]
    assert said == [("So x^2 it is.", "So x squared it is."), ("the first y", "the first y")]
