"""Homographs: words with two pronunciations, respelled in phrases that decide which one is meant."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety, join_longest_first
from exporter.normalize.toml_tables import load_table


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for homographs."""
    del variety  # the same in all varieties
    phrases: dict[str, str] = load_table("en", "homographs")["phrases"]

    def read_homograph(match: re.Match[str]) -> Parts:
        return say(match, phrases[match.group().lower()])

    first = frozenset(re.split(r"\W", phrase)[0] for phrase in phrases)
    return (Rule("homograph", first, rf"(?<![\w-])(?i:{join_longest_first(phrases)})(?!\w)", read_homograph),)
