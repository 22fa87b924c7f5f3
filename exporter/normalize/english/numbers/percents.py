"""Percentages, spans of them, basis points and percentage points."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, Parts, Rule, say
from exporter.normalize.english.english_grammar import (
    FIRST_MINUS_PATTERN,
    FRACTION_PATTERN,
    NUMBER_PATTERN,
    RANGE_PATTERN,
    SIGN_PATTERN,
    Variety,
    find_word_after,
    has_context,
    is_one,
    is_year_first,
    say_mixed_number,
    strip_grouping,
)
from exporter.script import Word

# Above so many, "pp" is pages; chosen by reading news, no measurement.
_MAX_PERCENTAGE_POINTS = 25
# Nouns after points in the singular: "two 25bp cuts".
_NOUNS_AFTER_POINTS = frozenset(
    "cut cuts hike hikes move moves rise rises increase increases reduction reductions decline drop spread gap".split()
)
_PERCENT_WORDS = {
    "%": "percent",
    "pct": "percent",
    "wt%": "weight percent",
    "vol%": "volume percent",
    "mol%": "mole percent",
    "pc": "percent",
    "‰": "per mille",
    "bp": "basis points",
    "bps": "basis points",
    "pp": "percentage points",
    "ppt": "percentage points",
    "ppts": "percentage points",
    "pps": "percentage points",
}


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for percentages."""

    def name_unit(match: re.Match[str]) -> str | None:
        """Return the unit in singular or plural, or None if it is not a percentage."""
        word = match["word"]
        if word == "pp" and "." not in match["last"] and int(strip_grouping(match["last"])) > _MAX_PERCENTAGE_POINTS:
            return None  # pages
        if word == "ppt" and has_context("traces", match):
            return None  # parts per trillion
        if word == "pc" and has_context("stars", match, 60):
            return None  # parsecs
        unit = "base pairs" if word == "bp" and has_context("genes", match) else _PERCENT_WORDS[match["unit"] or word]
        single = is_one(match["last"]) or match.string[match.end("last")] == "-"
        single = single or find_word_after(match.string, match.end()) in _NOUNS_AFTER_POINTS
        return unit[:-1] if single and unit.endswith("s") else unit

    def read_percent(match: re.Match[str]) -> Parts | None:
        unit = name_unit(match)
        if not unit:
            return None
        if not match["first"]:
            value = say_mixed_number(variety, match["sign"] + match["last"] + (match["mixed"] or ""))
            end = max(match.end("last"), match.end("mixed"))
            return (Word(value, match.start(), end), Word(unit, end, match.end()))
        if not match["again"] and is_year_first(match):
            return None
        percent = " percent" if match["again"] else ""
        first = f"{variety.say_number(match['first'])}{percent} {_say_joint(match['joint'])}"
        return (
            Word(first, match.start(), match.end("joint")),
            Word(variety.say_number(match["sign"] + match["last"]), match.start("sign"), match.end("last")),
            Word(unit, match.end("last"), match.end()),
        )

    return (
        # The "c" of "c40%", "c.9.5p".
        Rule(
            "circa",
            frozenset({"c"}),
            rf"(?<!\w)c\.?(?={NUMBER_PATTERN}(?:%|p\b))",
            lambda match: say(match, "circa"),
        ),
        # A percentage, or two of them.
        Rule(
            "percent",
            frozenset({FOLLOWED, "-", "−", "+", "±", "~", "≈", "<", ">", "≤", "≥", "."}),
            # Most numbers are no percents: that is found out first, since it is quicker than to read the number.
            r"(?=(?:[^A-Za-z%‰]|(?:to|and|or)\s){1,80}+(?:[%‰]|bp|p[cp]|wt|vol|mol))"
            rf"(?<!\d)(?<!\d[.,])(?:(?P<first>{FIRST_MINUS_PATTERN}{NUMBER_PATTERN})(?P<again>%)?(?P<joint>{RANGE_PATTERN}))?(?P<sign>{SIGN_PATTERN})(?P<last>{NUMBER_PATTERN})(?P<mixed>{FRACTION_PATTERN})?"
            rf"(?:\s?(?P<unit>[%‰])|[\s-]?(?P<word>(?<=[\d\s-])(?:bps?|pct|ppts?|pps?|(?:wt|vol|mol)%)|(?<=[\d\s])pc)(?![^\W_])(?:(?<=-ppt)\.|(?<=-pct)\.|(?<=pct)\.(?=[,;]))?)",
            read_percent,
        ),
    )


def _say_joint(written: str) -> str:
    word = written.strip().lower()
    return word if word in ("to", "and", "or") else "to"
