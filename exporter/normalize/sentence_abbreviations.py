"""Which abbreviations of a language may end a sentence, from the word lists of normalization.

Forms are written without their last dot: ``Dr``, ``e.g``, ``Lt. Col``. Case matters: "Man." is Manitoba, "man." is a
man.
"""

from __future__ import annotations

from functools import cache

import msgspec

from exporter.normalize.toml_tables import load_table

# Tables of ``abbreviations.toml`` whose forms precede a name or stand inside a clause.
_INNER_TABLES = ("titles", "forms of address", "inner")
_NUMBERED_TABLES = ("numbered", "before a year")
_DOTLESS_TABLES = ("titles without a dot", "ranks in capitals", "numbered without a dot", "without a dot")


class Abbreviations(msgspec.Struct, frozen=True):
    """What a dot after an abbreviation means.

    After `never` the sentence goes on; after `numbered` it goes on if a number follows, else the word is an ordinary
    one ("No. I won't."); after `may` the next word decides.
    """

    never: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()


@cache
def load_abbreviations(language: str) -> Abbreviations:
    """Return the abbreviations of a language (a BCP 47 tag); empty sets for a language without a list."""
    tables = load_table(language.partition("-")[0].lower(), "abbreviations")
    may = {
        _strip_dot(word)
        for name, words in tables.items()
        if name not in (*_INNER_TABLES, *_DOTLESS_TABLES, *_NUMBERED_TABLES)
        for word in words
    }
    never = {_strip_dot(word) for name in _INNER_TABLES for word in tables.get(name, ())}
    # "St." and "Dr." are both a title and a street: the next word decides.
    return Abbreviations(
        never=frozenset(never - may),
        numbered=frozenset(_strip_dot(word) for name in _NUMBERED_TABLES for word in tables.get(name, ())),
        may=frozenset(may),
    )


def _strip_dot(word: str) -> str:
    return word.removesuffix(".")
