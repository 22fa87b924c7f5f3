"""Fiscal years (FY24, 1H23), changes between periods (y/y), credit ratings (BBB-) and yield curves (2s10s)."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, has_context

# Periods that are compared with the one before.
_COMPARED_PERIODS = {"y": "year", "q": "quarter", "m": "month", "w": "week"}


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for fiscal years and their parts, changes, ratings and curves."""
    return (
        *_make_period_rules(variety),
        # "2s10s"
        Rule(
            "curve",
            frozenset({TIED}),
            r"(?<![\w.])(?P<first>[1-9]|10)s/?(?P<last>5|10|20|30)s(?!\w)",
            lambda match: say(
                match,
                " ".join(english_numerals.pluralize_number(variety.say_number(match[at])) for at in ("first", "last")),
            ),
        ),
        # "BBB-" near words of debtors.
        Rule(
            "credit rating",
            frozenset("-−"),
            r"(?:(?<=\b[A-D])|(?<=\bAA)|(?<=\bBB)|(?<=\bAAA|\bBBB|\bCCC))[-−](?=[\s,.;:)\"”’]|\Z)",
            lambda match: say(match, "minus") if has_context("debtors", match) else None,
        ),
    )


def _make_period_rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for fiscal years, their parts, and changes between them."""

    def say_fiscal_year(written: str) -> str:
        return variety.say_year(int(written)) if len(written) == 4 else english_numerals.say_two_digits(int(written))

    def read_fiscal_year(match: re.Match[str]) -> Parts:
        years = [say_fiscal_year(written) for written in (match["year"], match["last"]) if written]
        return say(match, f"fiscal year {' to '.join(years)}")

    def read_fiscal_part(match: re.Match[str]) -> Parts:
        number, part = int(match["part"][0]), match["part"][1]
        said = (
            f"{variety.say_cardinal(number)} months"
            if part == "M"
            else f"{variety.say_ordinal(number)} {'quarter' if part == 'Q' else 'half'}"
        )
        said += " fiscal year" if match["fiscal"] else ""
        return say(match, f"{said} {say_fiscal_year(match['year'])}" if match["year"] else said)

    def read_change(match: re.Match[str]) -> Parts:
        """Read "y/y", "QoQ"; near words of mixtures "w/w" is weight by weight."""
        period = _COMPARED_PERIODS[match.group()[0].lower()]
        if match.group() == "w/w" and has_context("mixtures", match):
            return say(match, "weight by weight")
        return say(match, f"{period} {'on' if variety.british else 'over'} {period}")

    end = r"(?![\w/]|[.,]\d)"
    return (
        # "FY24"
        Rule(
            "fiscal year",
            frozenset({"fy"}),
            rf"(?<!\w)FY\s?['’]?(?P<year>\d{{4}}|\d\d)(?:[-–/](?P<last>\d{{4}}|\d\d))?{end}",
            read_fiscal_year,
        ),
        # "1H24"
        Rule(
            "fiscal part",
            frozenset({NUMBER}),
            rf"(?<![\w.,/])(?P<part>[1-4]Q|[12]H|[369]M(?=\s?FY))(?P<fiscal>FY)?\s?['’]?(?P<year>20\d\d|\d\d)?{end}",
            read_fiscal_part,
        ),
        # The "22/23" of "H1 22/23"
        Rule(
            "fiscal part",
            frozenset({TIED}),
            rf"(?:(?<=\b[HQ][1-4]\s)|(?<=\b[HQ][1-4]\s['’]))(?P<first>\d\d)/(?P<last>\d\d){end}",
            lambda match: say(match, " ".join(map(say_fiscal_year, match.group("first", "last")))),
        ),
        # "y/y"
        Rule(
            "change",
            frozenset({*_COMPARED_PERIODS, "yoy", "qoq", "mom"}),
            r"(?<![\w/-])(?:(?P<period>[YyQqMmWw])(?:/|-on?-)(?P=period)|[YyQq]o[YyQq]|[YQ]O[YQ]|MoM)(?![\w/-])",
            read_change,
        ),
    )
