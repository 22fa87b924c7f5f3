"""Percentages, spans of them, basis points and points of percentage."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED as FIGURES
from exporter.normalize import Parts, Rule
from exporter.normalize.english.grammar import MIXED, NUMBER, RANGE, SIGN, Variety, falls, mixed_number, near, one
from exporter.script import Word

_MOST_POINTS = 40
_TRACES = re.compile(r"\b(?:PFAS|PFOA|PFOS|water|chemicals?|concentrations?|dioxins?|atmospher\w+)\b")
_GENES = re.compile(r"\b(?:DNA|RNA|gen(?:e|es|ome|omes|omic|etic)|sequences?|exons?|upstream|nucleotides?)\b")
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

    def read(match: re.Match[str]) -> Parts:
        if match["first"] and not match["again"] and match["joint"].strip().isalpha() and falls(match["first"], match["last"]) and len(match["first"]) == 4:
            return None
        unit = _UNITS[match["unit"] or match["word"]]
        if match["word"] == "pp" and match["last"].isdecimal() and int(match["last"]) > _MOST_POINTS:
            return None  # pages
        if match["word"] == "ppt" and near(_TRACES, match):
            return None  # parts per trillion
        if match["word"] == "bp" and near(_GENES, match):
            unit = "base pairs"
        single = one(match["last"]) or match.string[match.end("last")] == "-"
        if single and unit.endswith("s"):
            unit = unit[:-1]
        parts = []
        if match["first"]:
            percent = " percent" if match["again"] else ""
            parts.append(
                Word(
                    f"{variety.number(match['first'])}{percent} {_joint(match['joint'])}",
                    match.start(),
                    match.end("joint"),
                )
            )
            parts.append(Word(variety.number(match["last"]), *match.span("last")))
        else:
            value = mixed_number(variety, match["sign"] + match["last"] + (match["mixed"] or ""))
            parts.append(Word(value, match.start(), max(match.end("last"), match.end("mixed"))))
        return (*parts, Word(unit, parts[-1].end, match.end()))

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
