"""Normalizers by language."""

from __future__ import annotations

from functools import cache

from exporter.lexicon import NONE, Lexicon
from exporter.normalize import Normalizer, pronunciation
from exporter.normalize.engine import Engine

# Where English is written and read as in Britain; elsewhere as in America.
_BRITISH = frozenset({"en-gb", "en-ie", "en-au", "en-nz", "en-za", "en-in"})


def has_rules(language: str) -> bool:
    """Whether a language (a BCP 47 tag) has rules of its own; any other is read as the engine reads it."""
    return language.lower().replace("_", "-").partition("-")[0] == "en"


@cache
def normalizer(language: str, lexicon: Lexicon = NONE, emoji: bool = True) -> Normalizer:
    """Return the normalizer of a language (a BCP 47 tag) with the user's lexicon before all its rules.

    `emoji` says whether emoji are read by name or not at all. A language that we have no rules for keeps its text.
    """
    tag = language.lower().replace("_", "-")
    rules = [*pronunciation.rules(lexicon)]
    if has_rules(tag):
        from exporter.normalize import english  # noqa: PLC0415  each language is loaded when it is spoken

        rules += english.rules(british=tag in _BRITISH, pictures=emoji)
    return Engine(rules)
