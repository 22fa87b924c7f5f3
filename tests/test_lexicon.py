"""The user's pronunciations are read from TOML and PLS, and what is wrong with them is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import UsageError
from exporter.lexicon import NO_LEXICON, Lexicon, LexiconEntry, Terms, load_lexicons, parse_lexicon

PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-US">
  <lexeme><grapheme>Siobhan</grapheme><phoneme>ʃɪˈvɔːn</phoneme></lexeme>
  <lexeme>
    <grapheme>W3C</grapheme><grapheme>W 3 C</grapheme>
    <alias>World Wide Web Consortium</alias>
  </lexeme>
  <lexeme><grapheme>Leuven</grapheme><phoneme alphabet="x-sampa">l_0eIn</phoneme><phoneme>other</phoneme></lexeme>
</lexicon>
""".encode()


def test_toml_gives_words_and_sounds() -> None:
    """A line for each term: words, or a table of words and IPA."""
    data = '"Kabul" = "kahbul"\nSQLite = { say = "sequel light" }\nSiobhan = { say = "shivawn", ipa = "ʃɪˈvɔːn" }'
    assert parse_lexicon(data.encode(), "names.toml") == Lexicon(
        (
            LexiconEntry("Kabul", "kahbul"),
            LexiconEntry("SQLite", "sequel light"),
            LexiconEntry("Siobhan", "shivawn", "ʃɪˈvɔːn"),
        )
    )


def test_pls_gives_each_grapheme_its_alias_and_first_phoneme() -> None:
    """Phonemes keep their alphabet, and the language is the lexicon's."""
    assert parse_lexicon(PLS, "names.pls") == Lexicon(
        (
            LexiconEntry("Siobhan", "", "ʃɪˈvɔːn"),
            LexiconEntry("W3C", "World Wide Web Consortium"),
            LexiconEntry("W 3 C", "World Wide Web Consortium"),
            LexiconEntry("Leuven", "", "l_0eIn", "x-sampa"),
        ),
        "en-US",
    )


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        ("Kabul = ", "Invalid value"),
        ("Kabul = 3", "'Kabul' needs words"),
        ('Kabul = { sound = "x" }', "'Kabul' needs words"),
        ('" " = "nothing"', "a term is empty"),
        ("<html/>", "the root element is 'html'"),
        ("<lexicon", "BadLexicon: unclosed token"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><lexicon/>', "a document type is not allowed"),
        (
            '<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"><lexeme><grapheme>a</grapheme></lexeme></lexicon>',
            "neither an alias nor a phoneme",
        ),
        (b"\xff\xfe\x00", "NotUtf8"),
    ],
)
def test_what_is_wrong_is_said(data: str | bytes, cause: str) -> None:
    """A bad lexicon is a usage error with its name, the cause and a remedy."""
    with pytest.raises(UsageError) as caught:
        parse_lexicon(data.encode() if isinstance(data, str) else data, "bad.toml")
    assert caught.value.subject == "bad.toml"
    assert cause in caught.value.cause


def test_a_later_file_overrules_an_earlier_one(tmp_path: Path) -> None:
    """The project's lexicon stands over the global one, term by term."""
    everyone, ours = tmp_path / "global.toml", tmp_path / "project.toml"
    everyone.write_text('Kabul = "one"\nOslo = "two"', encoding="utf-8")
    ours.write_text('Kabul = "three"', encoding="utf-8")
    assert load_lexicons([everyone, ours]).entries == (LexiconEntry("Kabul", "three"), LexiconEntry("Oslo", "two"))
    assert load_lexicons([]) == NO_LEXICON


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    """A lexicon that cannot be read ends the run with its name."""
    with pytest.raises(UsageError, match=r"missing\.toml"):
        load_lexicons([tmp_path / "missing.toml"])


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("quay", "Quay, quays, QUAY and a quay", ["Quay", "QUAY", "quay"]),
        ("Quay", "Quay and quay", ["Quay"]),
        ("New York", "New\u00a0York, New Yorkers", ["New\u00a0York"]),
        ("O'Dea", "O’Dea’s and O'Dea", ["O’Dea", "O'Dea"]),
        ("sea lion", "Sea Lion, sea lion, SEA LION", ["Sea Lion", "sea lion", "SEA LION"]),
        ("C++", "C++, C+++ or C", ["C++", "C++"]),
    ],
)
def test_terms_are_found_in_running_text(term: str, text: str, found: list[str]) -> None:
    """Whole words only; a term in lower case also stands at the beginning of a sentence, in titles, in capitals."""
    assert [text[start:end] for start, end, _ in Terms([LexiconEntry(term, "so")]).find(text)] == found
