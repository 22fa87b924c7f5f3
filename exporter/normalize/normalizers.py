"""Normalizers by language."""

from __future__ import annotations

from functools import cache

from exporter.lexicon import NONE, Lexicon
from exporter.normalize import Normalizer, lexicon_rules
from exporter.normalize.resolver import Engine

# Where English is written and read as in Britain; elsewhere as in America.
_BRITISH = frozenset({"en-gb", "en-ie", "en-au", "en-nz", "en-za", "en-in"})
# The languages of the family `continental`: each has its tables in `data`.
_CONTINENTAL = frozenset({"es", "fr", "de"})


def has_rules(language: str) -> bool:
    """Whether a language (a BCP 47 tag) has rules of its own; any other is read as the engine reads it."""
    primary = _tag(language).partition("-")[0]
    return primary == "en" or primary in _CONTINENTAL


@cache
def normalizer(language: str, lexicon: Lexicon = NONE, emoji: bool = True) -> Normalizer:
    """Return the normalizer of a language (a BCP 47 tag) with the user's lexicon before all its rules.

    `emoji` says whether emoji are read by name or not at all. A language that we have no rules for keeps its text.
    """
    tag = _tag(language)
    primary = tag.partition("-")[0]
    rules = [*lexicon_rules.rules(lexicon)]
    # Each language is loaded when it is spoken.
    if primary == "en":
        from exporter.normalize import english  # noqa: PLC0415

        rules += english.rules(british=tag in _BRITISH, pictures=emoji)
    elif primary in _CONTINENTAL:
        from exporter.normalize import continental  # noqa: PLC0415

        rules += continental.rules(primary)
    return Engine(rules)


def _tag(language: str) -> str:
    return language.lower().replace("_", "-")
