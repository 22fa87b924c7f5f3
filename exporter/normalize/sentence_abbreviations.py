"""Which abbreviations of a language may end a sentence: the word lists of `normalize`, as a sentence cutter needs them.

All forms are as usually written, without their last dot: ``Dr``, ``e.g``, ``Lt. Col``. Case matters: "Man." is
Manitoba, "man." is a man.
"""

from __future__ import annotations

from functools import cache

import msgspec

from exporter.normalize.toml_tables import table

# Tables of ``abbreviations.toml`` whose members stand before a name or inside a clause.
_INNER = ("titles", "forms of address", "inner")
_NUMBERED = ("numbered", "before a year")
_DOTLESS = ("titles without a dot", "numbered without a dot", "without a dot")


class Abbreviations(msgspec.Struct, frozen=True):
    """What a dot after these words means.

    After a `never` the sentence goes on; after a `numbered` it goes on if a number follows, else the word is an
    ordinary one ("No. I won't."); a `may` ends it or not, and the next word decides.
    """

    never: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()


@cache
def load(language: str) -> Abbreviations:
    """Return the abbreviations of a language (a BCP 47 tag); none where we have no list."""
    tables = table(language.partition("-")[0].lower(), "abbreviations")
    may = {
        _form(word) for name, words in tables.items() if name not in (*_INNER, *_DOTLESS, *_NUMBERED) for word in words
    }
    never = {_form(word) for name in _INNER for word in tables.get(name, ())}
    # "St." and "Dr." are both a title and a street: the next word decides.
    return Abbreviations(
        never=frozenset(never - may),
        numbered=frozenset(_form(word) for name in _NUMBERED for word in tables.get(name, ())),
        may=frozenset(may),
    )


def _form(word: str) -> str:
    return word.removesuffix(".")
