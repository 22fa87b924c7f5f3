"""Dates with the name of a month, with or without a year, alone or as a span of days: Aug. 8, 4 March."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, Parts, Rule
from exporter.normalize.english.english_grammar import (
    DASH_PATTERN,
    MONTH_NAMES,
    MONTH_PATTERN,
    Variety,
    find_abbreviation_end,
    find_word_before,
)
from exporter.script import Word

_MONTH_NUMBERS = {
    name: number for number, month in enumerate(MONTH_NAMES, 1) for name in (month.lower(), month[:3].lower())
}
_MONTH_NUMBERS["sept"] = 9

_DAY_PATTERN = r"(?P<day>[0-3]?\d)(?P<nth>(?i:st|nd|rd|th))?(?![\d%:]|[.,]\d|st|nd|rd|th)"
_YEAR_PATTERN = r"(?P<year>[12]\d{3})(?!\d|[,.]\d|(?:['’]?s)(?!\w))"
_LAST_DAY_PATTERN = (
    rf"(?:(?:{DASH_PATTERN}|(?P<both>/)|\s(?P<joint>to|and|&|through|or)\s)(?P<last>[0-3]?\d(?i:st|nd|rd|th)?)"
    r"(?![\d%:/]|[.,]\d|\s?(?:[ap]\.?m|percent|per)\b))?"
)

# Months that are verbs when in lower case.
_MONTHS_THAT_ARE_VERBS = frozenset(("may", "march"))


class _DateReader:
    """Reads dates."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety

    def say_days(self, match: re.Match[str], the: bool) -> Parts:
        article = "the " if the else ""
        end = max(match.end("day"), match.end("nth"))
        first = Word(article + self.variety.say_ordinal(int(match["day"])), match.start("day"), end)
        if not match["last"]:
            return (first,)
        last = self.variety.say_ordinal(int(match["last"].rstrip("stndrhSTNDRH")))
        joint = "and" if match["both"] or match["joint"] == "&" else match["joint"] or "to"
        return (first, Word(f"{joint} {article}{last}", end, match.end("last")))

    def add_year(self, match: re.Match[str], parts: Parts) -> Parts:
        if not match["year"]:
            return parts
        *rest, last = parts
        comma = "," if match["day"] else ""
        return (
            *rest,
            Word(last.text + comma, last.start, last.end),
            Word(self.variety.say_year(int(match["year"])), *match.span("year")),
        )

    def read_month_first(self, match: re.Match[str]) -> Parts | None:
        if not _is_day(match["day"]) or (match["last"] and not _is_day(match["last"].rstrip("stndrhSTNDRH"))):
            return None
        # "1 Jan.-30 June": the day before the month is the month's.
        if (
            match.string[match.end("month")] == "-"
            and match.string[max(0, match.start() - 2) : match.start()].strip().isdecimal()
        ):
            return None
        month = Word(_name_month(match["month"]), *match.span("month"))
        return self.add_year(match, (month, *self.say_days(match, the=self.variety.british)))

    def read_day_first(self, match: re.Match[str]) -> Parts | None:
        if not _is_day(match["day"]) or (match["last"] and not _is_day(match["last"].rstrip("stndrhSTNDRH"))):
            return None
        # "May 30-June 2": the day is the first month's.
        if match["of"] == "-" and find_word_before(match.string, match.start()).rstrip(".") in _MONTH_NUMBERS:
            return None
        # "Children aged 12-15 may apply."
        if match["month"] in _MONTHS_THAT_ARE_VERBS and not match["year"]:
            return None
        written_of = match["of"].strip().lower() == "of"
        the = not written_of and find_word_before(match.string, match.start()) != "the"
        month = Word(
            f"of {_name_month(match['month'])}",
            match.start("of"),
            find_abbreviation_end(match.string, match.end("month")),
        )
        return self.add_year(match, (*self.say_days(match, the), month))

    def read_month_year(self, match: re.Match[str]) -> Parts:
        return (
            Word(_name_month(match["month"]), *match.span("month")),
            Word(self.variety.say_year(int(match["year"])), *match.span("year")),
        )


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for dates."""
    reader = _DateReader(variety)
    months = frozenset(_MONTH_NUMBERS)
    return (
        # "Oct. 3, 2019"
        Rule(
            "date",
            months,
            rf"(?<![^\W_]){MONTH_PATTERN}(?:\s|-)(?:the\s)?{_DAY_PATTERN}{_LAST_DAY_PATTERN}(?:(?:,?\s|-){_YEAR_PATTERN})?",
            reader.read_month_first,
        ),
        # "14 May", "the 4th of July"
        Rule(
            "date",
            frozenset({FOLLOWED}),
            rf"(?<![\w.,:/$£€])(?<!\d-){_DAY_PATTERN}{_LAST_DAY_PATTERN}(?P<of>\s(?:(?i:of)\s)?|-){MONTH_PATTERN}(?:[-,]?\s?{_YEAR_PATTERN})?",
            reader.read_day_first,
        ),
        # "Sept. 2011"
        Rule("date", months, rf"(?<![^\W_]){MONTH_PATTERN},?\s{_YEAR_PATTERN}", reader.read_month_year),
    )


def _is_day(written: str) -> bool:
    return 1 <= int(written) <= 31


def _name_month(written: str) -> str:
    return MONTH_NAMES[_MONTH_NUMBERS[written.rstrip(".").lower()] - 1]
