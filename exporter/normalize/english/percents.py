"""Percentages, spans of them, basis points and points of percentage."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED as FIGURES
from exporter.normalize import Parts, Rule
from exporter.normalize.english.english_grammar import (
    MIXED,
    NUMBER,
    RANGE,
    SIGN,
    Variety,
    after,
    mixed_number,
    near,
    one,
    year_first,
)
from exporter.script import Word

_MOST_POINTS = 25
# "Two 25bp cuts".
_MOVES = frozenset(
    "cut cuts hike hikes move moves rise rises increase increases reduction reductions decline drop spread gap".split()
)
_UNITS = {
    "%": "percent",
    "pct": "percent",
    "pc": "percent",
    "‰": "per mille",
    "bp": "basis points",
    "bps": "basis points",
    "pp": "percentage points",
    "ppt": "percentage points",
    "pps": "percentage points",
}


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for percentages."""

    def name(match: re.Match[str]) -> str | None:
        """Name the unit in the number it takes, or return None if it is none of percentages."""
        word = match["word"]
        if word == "pp" and "." not in match["last"] and int(match["last"].replace(",", "")) > _MOST_POINTS:
            return None  # pages
        if word == "ppt" and near("traces", match):
            return None  # parts per trillion
        if word == "bps" and near("data", match):
            return "bits per second"
        unit = "base pairs" if word == "bp" and near("genes", match) else _UNITS[match["unit"] or word]
        single = one(match["last"]) or match.string[match.end("last")] == "-"
        single = single or after(match.string, match.end()) in _MOVES
        return unit[:-1] if single and unit.endswith("s") else unit

    def read(match: re.Match[str]) -> Parts | None:
        unit = name(match)
        if not unit:
            return None
        if not match["first"]:
            value = mixed_number(variety, match["sign"] + match["last"] + (match["mixed"] or ""))
            end = max(match.end("last"), match.end("mixed"))
            return (Word(value, match.start(), end), Word(unit, end, match.end()))
        if not match["again"] and year_first(match):
            return None
        percent = " percent" if match["again"] else ""
        first = f"{variety.number(match['first'])}{percent} {_joint(match['joint'])}"
        return (
            Word(first, match.start(), match.end("joint")),
            Word(variety.number(match["last"]), *match.span("last")),
            Word(unit, match.end("last"), match.end()),
        )

    return (
        Rule(
            "percent",
            frozenset({FIGURES, "-", "−", "+", "±", "~", "≈", "<", ">", "≤", "≥", "."}),
            rf"(?<![\d])(?:(?P<first>{NUMBER})(?P<again>%)?(?P<joint>{RANGE}))?(?P<sign>{SIGN})(?P<last>{NUMBER})(?P<mixed>{MIXED})?"
            rf"(?:\s?(?P<unit>[%‰])|[\s-]?(?P<word>(?<=[\d\s-])(?:bps?|pct|ppt|pps?)|(?<=\d)pc)(?![^\W_])(?:(?<=-ppt)\.|(?<=-pct)\.)?)",
            read,
        ),
    )


def _joint(written: str) -> str:
    word = written.strip().lower()
    return word if word in ("to", "and", "or") else "to"
