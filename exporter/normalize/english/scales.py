"""Letters for thousands, millions and more after a number: 10k bricks, 1.6K, 2.3m followers, 40bn users."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import TIED, Parts, Rule
from exporter.normalize.english.grammar import DASH, NUMBER, Variety, before
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
_COUNTED = r"(?=\s(?:of|more|people|men|women|children|new|active|daily|monthly)\b|\s[A-Za-z-]+s\b)"
# "He ran a 10K.": a distance.
_RACES = frozenset("a an the his her my our your first annual".split())
_ALONE = r"(?=[,;:.)]|\s*\Z)"
# In the same breath as one of these "8.8m" is no length.
_MILLIONS = re.compile(r"million|billion|\d(?:bn|mn|m)\b|\bpopulation\b|[$£€]\d")
_DISTANCES = frozenset("50 60 100 110 200 400 800 1500 3000 5000".split())
# "4K" and "8K" are kinds of screens.
_SCREENS = frozenset(("4K", "8K"))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for scales written as letters."""

    def likely_millions(match: re.Match[str]) -> bool:
        sentence = match.string[max(0, match.start() - 60) : match.start()].rpartition(". ")[2]
        return match["number"] not in _DISTANCES and bool(_MILLIONS.search(sentence))

    def read(match: re.Match[str]) -> Parts | None:
        if match["alone"] and before(match.string, match.start()) in _RACES:
            return None
        if match["alone"] and match.group() in _SCREENS:
            return None
        if match["alone"] == "m" and not likely_millions(match):
            return None
        scale = _SCALES[(match["scale"] or match["alone"]).lower()]
        parts = (
            Word(variety.number(match["number"]), *match.span("number")),
            Word(scale, match.end("number"), match.end()),
        )
        if not match["first"]:
            return parts
        return (Word(f"{variety.number(match['first'])} to", match.start(), match.start("number")), *parts)

    number = rf"(?<![\w.,])(?:(?P<first>{NUMBER}){DASH})?(?P<number>{NUMBER})"
    figures, tied = frozenset({FIGURES}), frozenset({TIED})
    return (
        Rule(
            "scale",
            figures,
            rf"{number}\s?(?P<scale>bn|tn|mn)(?P<alone>)(?!\w)",
            read,
        ),
        Rule(
            "scale",
            tied,
            rf"{number}(?:(?P<scale>[kKmMbBT])(?!\w){_COUNTED}|(?P<alone>[kKMm])(?!\w){_ALONE})",
            read,
        ),
    )
