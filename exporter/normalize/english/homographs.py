"""Homographs: words of two sounds, respelled where the phrase leaves no doubt and speech engines go wrong."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english.grammar import Variety
from exporter.normalize.tables import table

# Before "he read" these show that "read" is an infinitive.
_HELPERS = frozenset(
    """
    do does did don't doesn't didn't can could can't couldn't will would won't wouldn't shall should may might must let
    lets make makes made help helps helped hear heard see saw watch watched have has had
    """.split()
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for homographs."""
    del variety  # these phrases sound alike everywhere
    phrases: dict[str, str] = table("en", "homographs")["phrases"]

    def read(match: re.Match[str]) -> Parts:
        return say(match, phrases[match.group().lower()])

    def read_past(match: re.Match[str]) -> Parts | None:
        """Read "she read": a present would be "reads"."""
        words = match.string[max(0, match.start() - 40) : match.start()].lower().replace("’", "'").split()
        return None if len(words) > 1 and words[-2] in _HELPERS else say(match, "red")

    forms = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    first = frozenset(re.split(r"\W", phrase)[0] for phrase in phrases)
    return (
        Rule("homograph", first, rf"(?<![\w-])(?i:{forms})(?!\w)", read),
        Rule("homograph", frozenset({"read"}), r"(?:(?<=\b[Hh]e\s)|(?<=\b[Ss]he\s))read(?![\w-])", read_past),
    )
