"""Letters for thousands, millions and more after a number: 10k bricks, 1.6K, 2.3m followers, 40bn users."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED as FIGURES
from exporter.normalize import TIED, Parts, Rule
from exporter.normalize.english.grammar import DASH, NUMBER, SIGN, Variety, before
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
# A unit comes next: "1.5m km" is a measure.
_MEASURED = r"(?!\s(?:km|mi|sq|cu|ha|kg|lbs?|bbl|[kMG]Wh)\b(?!\smiles))"
_COUNTED = rf"{_MEASURED}(?=\s(?:of|more|people|men|women|children|new|active|daily|monthly|worth|fish|sheep|cattle|staff|salmon|livestock|poultry|jobless|homeless|kronor|kroner|yen|yuan|won|rand|baht|rubles)\b|\s(?:sq\s|[A-Z]\S*\s|[a-z]+-[a-z]+\s)?[A-Za-z-]+s\b|-(?!(?:long|high|wide|deep|tall|thick|plus)\b)[a-z]{{3,}})"
# "He ran a 10K.": a distance.
_RACES = frozenset("a an the his her my our your first annual ran run runs running race races".split())
_ALONE = r"(?=[,;:.)]|\s*\Z|\s(?:in|from|by|to|at|on|and|or|a|last|this|up|down|for|over|under|than|vs)\b)"
# In the same breath as one of these "8.8m" is no length.
_MILLIONS = re.compile(r"million|billion|\d(?:bn|mn|m)\b|\b(?:population|sold|shipped|sells|copies|units|users|followers|viewers|subscribers|downloads|streams|views|jobs)\b|[$£€]\d")
_DISTANCES = frozenset("50 60 100 110 200 400 800 1500 3000 5000".split())
# "Fig. 3b": a part of a figure.
_PARTED = frozenset("fig. fig figs. figure figures table tables section sec. sec step phase class question part grade item apt. unit".split())
_COMPANY = re.compile(r"(?:\s(?:Co\b|Company|and [A-Z]|said|says|shares?|stock)|['’]s)")
# Before these "1.2m" is a length.
_HIGH = re.compile(r"\s(?:[a-z]+\s)?(?:waves?|walls?|fences?|swells?|tides?|jumps?|boards?|poles?|trees?|drops?|barriers?|strips?|wings?|lengths?|antennas?|mirrors?|telescopes?|blades?|trenches?|tunnels?|snakes?)\b")
# "4K" and "8K" are kinds of screens.
_SCREENS = frozenset(("2K", "4K", "5K", "8K", "10K"))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for scales written as letters."""

    def likely_millions(match: re.Match[str]) -> bool:
        sentence = match.string[max(0, match.start() - 60) : match.start()].rpartition(". ")[2]
        return match["number"] not in _DISTANCES and bool(_MILLIONS.search(sentence))

    def read(match: re.Match[str]) -> Parts | None:
        alone = match["alone"] or match["large"]
        if alone and before(match.string, match.start()) in _RACES:
            return None
        if alone and (match.group() in _SCREENS or (match.group() == "3M" and _COMPANY.match(match.string, match.end()))):
            return None
        if match["scale"] == "b" and before(match.string, match.start()) in _PARTED:
            return None
        if match["scale"] == "m" and _HIGH.match(match.string, match.end()) and float(match["number"].replace(",", "")) < 40:
            return None
        if alone == "m" and not likely_millions(match):
            return None
        scale = _SCALES[(match["scale"] or alone).lower()]
        parts = (
            Word(variety.number(match["sign"] + match["number"]), match.start("sign"), match.end("number")),
            Word(f"{scale} plus" if match["plus"] or match["more"] else scale, match.end("number"), match.end()),
        )
        if not match["first"]:
            return parts
        return (Word(f"{variety.number(match['first'])} to", match.start(), match.start("sign")), *parts)

    number = rf"(?<![\w.,])(?<![A-Za-z]\d-)(?<![A-Z]-)(?:(?P<first>{NUMBER}){DASH})?(?P<sign>{SIGN})(?P<number>{NUMBER})"
    signs = frozenset("-−+±~≈<>≤≥")
    figures, tied = signs | {FIGURES}, signs | {TIED}
    return (
        Rule(
            "scale",
            figures,
            rf"{number}\s?(?P<scale>bn|tn|mn)(?P<alone>)(?P<large>)(?P<more>)(?P<plus>\+)?(?!\w){_MEASURED}",
            read,
        ),
        Rule(
            "scale",
            tied,
            rf"{number}(?:(?P<scale>[kKmMbBT])(?P<plus>\+)?(?!\w){_COUNTED}|(?P<alone>[kKMm])(?!\w|\sin\s\d{{1,2}}[:.]){_ALONE}|(?P<large>[KM])(?P<more>\+)?(?!\w){_MEASURED}(?=\s[a-z(]|[,;.)]))",
            read,
        ),
    )
