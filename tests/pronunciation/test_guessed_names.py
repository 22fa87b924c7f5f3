"""Names whose reading is a guess are listed for the producer; known and ordinary words are not."""

from __future__ import annotations

import pytest

from exporter.lexicon import NO_LEXICON, Lexicon, LexiconEntry
from exporter.pronunciation.guessed_names import find_guessed_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then Zmarak Rabani spoke.", ["Zmarak", "Rabani"]),
        ("Then Kyiv and London answered Smith's letter.", []),
        ("They met Xóchitl there.", ["Xóchitl"]),
        ("The Tide Mill stood still.", []),
    ],
)
def test_names_that_are_guessed(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in find_guessed_names(text, "en", NO_LEXICON)] == names


def test_the_users_names_are_no_guess() -> None:
    lexicon = Lexicon((LexiconEntry("Zmarak", "zmahrahk"), LexiconEntry("Rabani", phonemes="ɹəˈbɑni")))
    assert list(find_guessed_names("Then Zmarak Rabani spoke.", "en", lexicon)) == []


def test_other_languages_are_not_judged() -> None:
    assert list(find_guessed_names("Dann sprach Zmarak.", "de", NO_LEXICON)) == []
