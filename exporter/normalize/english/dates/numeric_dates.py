"""Dates in digits, alone, as spans and with a time of day: 3/14/25, 2017-11-30, 4/15-5/31, 20251103T0930Z."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import MONTH_NAMES, Variety, find_word_before, has_context
from exporter.normalize.english.software_names import is_software_before
from exporter.script import Word

_WORDS_BEFORE_DATES = frozenset(
    "effect effective record filed signed issued released posted scheduled ending beginning starting deadline"
    " p.m a.m noon on by since until till from before after dated due through between"
    " closed closes open opens reopens starts begins ends expires runs"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)
# Dates before another one: "closed 12/24 and ".
_DATES_BEFORE = re.compile(r"(?:\d{1,2}/\d{1,2}(?:,\s(?:and\s|or\s)?|\s(?:and|or|to)\s|[-–]))+\Z")
_MAX_DATE_LIST_CHARS = 40  # searched for them
_FIRST_YEAR_OF_LAST_CENTURY = 40  # of two figures; chosen by hand
_COMMON_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64))
_UNUSUAL_DENOMINATORS = frozenset((13, 14, 15, 17, 18, 19, 21, 22, 23, 26, 27, 28, 29, 30, 31))


class _NumericDateReader:
    """Reads dates in digits."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety

    def read_numeric_date(self, match: re.Match[str]) -> Parts | None:
        if match["mark"] == "-" and has_context("fertilizers", match):  # parts of nitrogen, phosphorus and potassium
            return None
        if match["mark"] == "." and is_software_before(match):  # a version
            return None
        first, second = int(match["first"]), int(match["second"])
        day_first = self.variety.british or first > 12 or (match["mark"] == "." and len(match["year"]) == 4)
        month, day = (second, first) if day_first else (first, second)
        if month > 12:
            month, day = day, month
        return self.read_whole_date(match, month, day, match["year"])

    def read_iso_date(self, match: re.Match[str]) -> Parts | None:
        return self.read_whole_date(match, int(match["month"]), int(match["day"]), match["year"])

    def read_month_of_year(self, match: re.Match[str]) -> Parts | None:
        if int(match["month"]) > int(match["year"]) % 100:
            return None
        return say(match, f"{MONTH_NAMES[int(match['month']) - 1]} {self.variety.say_year(int(match['year']))}")

    def read_timestamp(self, match: re.Match[str]) -> Parts | None:
        """Read a date and a time of day as computers write them, with the zone, without whole minutes' seconds."""
        day = self.read_iso_date(match)
        if not day or not match["hour"]:
            return day
        minute = english_numerals.say_two_digits(int(match["minute"])) if int(match["minute"]) else "hundred"
        said = [self.variety.say_cardinal(int(match["hour"])), minute]
        if match["second"] and int(match["second"]):
            said.append(f"and {self.variety.say_cardinal(int(match['second']))} seconds")
        if match["utc"]:
            said.append("U-T-C")
        elif match["ahead"] and int(match["ahead"]) + int(match["more"]):
            sign = "plus" if match["sign"] == "+" else "minus"
            said.append(f"U-T-C {sign} {self.variety.say_cardinal(int(match['ahead']))}")
        return (
            Word(f"{day[0].text},", match.start(), match.end("day")),
            Word(" ".join(said), match.start("hour"), match.end()),
        )

    def read_day_and_month(self, match: re.Match[str]) -> Parts | None:
        start = max(0, match.start() - _MAX_DATE_LIST_CHARS)
        listed = _DATES_BEFORE.search(match.string, start, match.start())
        previous = find_word_before(match.string, listed.start() if listed else match.start()).rstrip(",.")
        near = previous in _WORDS_BEFORE_DATES or (
            previous in ("for", "of", "the", "a") and has_context("appointments", match, 40)
        )
        first, second = int(match["first"]), int(match["second"])
        # Everyday fractions do not have such denominators and are below one.
        improper = 1 <= second <= first <= 12 and not self.variety.british
        improper = (
            improper
            and (first, second) != (10, 10)
            and find_word_before(match.string, match.start()) not in ("compute", "calculate", "equals", "=")
        )
        if not near and second not in _UNUSUAL_DENOMINATORS and not improper:
            return None
        return self.read_bracketed_date(match)

    def read_bracketed_date(self, match: re.Match[str]) -> Parts | None:
        first, second = int(match["first"]), int(match["second"])
        month, day = (second, first) if self.variety.british or first > 12 else (first, second)
        return self.read_whole_date(match, month, day, "")

    def read_date_span(self, match: re.Match[str]) -> Parts | None:
        """Read "4/15-5/31", but not a span of fractions."""
        near = find_word_before(match.string, match.start()).rstrip(",.:") in _WORDS_BEFORE_DATES
        if not near and _COMMON_DENOMINATORS.issuperset((int(match["second"]), int(match["last_second"]))):
            return None
        spoken = []
        for first, second in (("first", "second"), ("last_first", "last_second")):
            month, day = int(match[first]), int(match[second])
            month, day = (day, month) if self.variety.british or month > 12 else (month, day)
            parts = self.read_whole_date(match, month, day, "")
            if not parts:
                return None
            spoken.append(parts[0].text)
        dash = match.start("dash")
        return (Word(spoken[0], match.start(), dash), Word(f"to {spoken[1]}", dash, match.end()))

    def say_short_year(self, written: str) -> str:
        """Say a year in full; one of two figures below 40 is of this century."""
        century = 0 if len(written) == 4 else 2000 if int(written) < _FIRST_YEAR_OF_LAST_CENTURY else 1900
        return self.variety.say_year(century + int(written))

    def read_whole_date(self, match: re.Match[str], month: int, day: int, written: str) -> Parts | None:
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        name = MONTH_NAMES[month - 1]
        said = (
            f"the {self.variety.say_ordinal(day)} of {name}"
            if self.variety.british
            else f"{name} {self.variety.say_ordinal(day)}"
        )
        if written:
            said = f"{said}, {self.say_short_year(written)}"
        return say(match, said)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for dates in digits."""
    reader = _NumericDateReader(variety)
    tied = frozenset({TIED})
    short = (
        r"(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)(?![\w/%]|[.,]\d"
        r"|\s?(?:cup|inch|mile|teaspoon|tablespoon|point|percentage|share|acre|ounce|pound|length|gallon|size|time|C(?:T|entral)\b|of\b)|\s(?:and|or|to)\s\d{1,2}/\d{1,2}\s(?:of|cup|inch|mile)\b)"
    )
    return (
        # ISO 8601: "2025-11-03T09:30:00Z".
        Rule(
            "timestamp",
            tied,
            r"(?<![\w/.-])(?P<year>[12]\d{3})-(?P<month>[01]\d)-(?P<day>[0-3]\d)[T\s](?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d)"
            r"(?::(?P<second>[0-5]\d|60)(?:[.,]\d{1,9})?)?(?:(?P<utc>Z)|(?P<sign>[+−-])(?P<ahead>[01]\d):?(?P<more>[0-5]\d))?(?![\w:])",
            reader.read_timestamp,
        ),
        # "20251103T093000Z", "20251103"
        Rule(
            "timestamp",
            frozenset({NUMBER}),
            r"(?:(?<![\w/.,$£€#-])|(?<=_))(?P<year>19[5-9]\d|20[0-6]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
            r"(?:T(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<utc>Z)?(?P<sign>)(?P<ahead>)(?P<more>))?(?![\w-]|[,.]\d|\s\d)",
            reader.read_timestamp,
        ),
        # "2017-11-30"
        Rule(
            "date",
            tied,
            r"(?<![\w/.-])(?P<year>[12]\d{3})(?P<mark>[-/.])(?P<month>[01]?\d)(?P=mark)(?P<day>[0-3]?\d)(?![\w/-]|\.\d)",
            reader.read_iso_date,
        ),
        # "3/14/25"
        Rule(
            "date",
            tied,
            r"(?<![\w/.-])(?P<first>[0-3]?\d)(?P<mark>[-/.])(?P<second>[0-3]?\d)(?P=mark)(?P<year>[12]\d{3}|\d\d)(?![\w/-]|\.\d)",
            reader.read_numeric_date,
        ),
        # "2020-10": a month, where the second number does not continue the first as in "2018-19".
        Rule(
            "date",
            tied,
            r"(?<![\w/.,$£€-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\w/%-]|[.,]\d)",
            reader.read_month_of_year,
        ),
        # "4/15-5/31"
        Rule(
            "date",
            tied,
            r"(?<![\w/.-])(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)(?P<dash>\s?[-–—]\s?|\sto\s)"
            r"(?P<last_first>[0-3]?\d)/(?P<last_second>[0-3]?\d)(?![\w/%-]|[.,]\d)",
            reader.read_date_span,
        ),
        # "on 3/21"
        Rule("date", tied, rf"(?<![\w/.−-]){short}", reader.read_day_and_month),
        # The date of "Th (8/9)".
        Rule("date", tied, rf"(?<=\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\s\(){short}", reader.read_bracketed_date),
    )
