"""Letters for thousands, millions and more after a number: 10k bricks, 1.6K, 2.3m followers, 40bn users."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import TIED, Parts, Rule
from exporter.normalize.english.grammar import NUMBER, Variety
from exporter.script import Word

_SCALES = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "bn": "billion",
    "b": "billion",
    "tn": "trillion",
    "t": "trillion",
}
# What is counted follows in the plural, or nothing does; "a 10K race", "a 5 m pole" are no such numbers.
_COUNTED = r"(?=\s(?:of|more|people|men|women|children|new|active|daily|monthly)\b|\s[A-Za-z]+s\b|[,;.]?\s*\Z)"


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for scales written as letters."""

    def read(match: re.Match[str]) -> Parts:
        return (
            Word(variety.number(match["number"]), *match.span("number")),
            Word(_SCALES[match["scale"].lower()], *match.span("scale")),
        )

    figures, tied = frozenset({FIGURES}), frozenset({TIED})
    return (
        Rule("scale", figures, rf"(?<![\w.,])(?P<number>{NUMBER})\s?(?P<scale>bn|tn|mn)(?!\w)", read),
        Rule("scale", tied, rf"(?<![\w.,])(?P<number>{NUMBER})(?P<scale>[kKmMbBT])(?!\w){_COUNTED}", read),
    )
