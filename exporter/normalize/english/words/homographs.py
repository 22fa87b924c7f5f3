"""Homographs: words with two pronunciations, respelled in phrases that decide which one is meant."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.toml_tables import load_table


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for homographs."""
    del variety  # the same in all varieties
    phrases: dict[str, str] = load_table("en", "homographs")["phrases"]

    def read_homograph(match: re.Match[str]) -> Parts:
        return say(match, phrases[match.group().lower()])

    forms = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    first = frozenset(re.split(r"\W", phrase)[0] for phrase in phrases)
    return (Rule("homograph", first, rf"(?<![\w-])(?i:{forms})(?!\w)", read_homograph),)
