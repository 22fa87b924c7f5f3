"""Dates in every usual form, with or without a year, alone or as a span of days: Aug. 8, 4 March, 3/14/25."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    DASH_PATTERN,
    MONTH_NAMES,
    MONTH_PATTERN,
    Variety,
    find_abbreviation_end,
    find_word_before,
    has_context,
)
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_MONTH_NUMBERS = {
    name: number for number, month in enumerate(MONTH_NAMES, 1) for name in (month.lower(), month[:3].lower())
}
_MONTH_NUMBERS["sept"] = 9

_DAY_PATTERN = r"(?P<day>[0-3]?\d)(?P<nth>(?i:st|nd|rd|th))?(?![\d%:]|[.,]\d|st|nd|rd|th)"
_YEAR_PATTERN = r"(?P<year>[12]\d{3})(?!\d|[,.]\d|(?:['’]?s)(?!\w))"
_LAST_DAY_PATTERN = (
    rf"(?:(?:{DASH_PATTERN}|(?P<both>/)|\s(?P<joint>to|and|through|or)\s)(?P<last>[0-3]?\d(?i:st|nd|rd|th)?)"
    r"(?![\d%:/]|[.,]\d|\s?(?:[ap]\.?m|percent|per)\b))?"
)

_WORDS_BEFORE_DATES = frozenset(
    "effect effective record filed signed issued released posted scheduled ending beginning starting deadline"
    " p.m a.m noon on by since until till from before after dated due through between"
    " closed closes open opens reopens starts begins ends expires runs"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)
# Dates before another one: "closed 12/24 and ".
_DATES_BEFORE = re.compile(r"(?:\d{1,2}/\d{1,2}(?:,\s(?:and\s|or\s)?|\s(?:and|or|to)\s|[-–]))+\Z")
_MAX_DATE_LIST_CHARS = 40  # searched for them
# Months that are verbs when in lower case.
_MONTHS_THAT_ARE_VERBS = frozenset(("may", "march"))
_COMMON_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64))
_UNUSUAL_DENOMINATORS = frozenset((13, 14, 15, 17, 18, 19, 21, 22, 23, 26, 27, 28, 29, 30, 31))


class _DateReader:
    """Reads dates."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        self.software = frozenset(load_table("en", "identifiers")["software"].split())

    def say_days(self, match: re.Match[str], the: bool) -> Parts:
        article = "the " if the else ""
        end = max(match.end("day"), match.end("nth"))
        first = Word(article + self.variety.say_ordinal(int(match["day"])), match.start("day"), end)
        if not match["last"]:
            return (first,)
        last = self.variety.say_ordinal(int(match["last"].rstrip("stndrhSTNDRH")))
        joint = "and" if match["both"] else match["joint"] or "to"
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

    def read_numeric_date(self, match: re.Match[str]) -> Parts | None:
        if match["mark"] == "." and find_word_before(match.string, match.start()) in self.software:  # a version
            return None
        first, second = int(match["first"]), int(match["second"])
        month, day = (second, first) if self.variety.british or first > 12 else (first, second)
        if month > 12:
            month, day = day, month
        return self.read_whole_date(match, month, day, match["year"])

    def read_iso_date(self, match: re.Match[str]) -> Parts | None:
        return self.read_whole_date(match, int(match["month"]), int(match["day"]), match["year"])

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
        """Say a year of two figures in full where it can only be one of this century: 13 to 39."""
        if len(written) == 4:
            return self.variety.say_year(int(written))
        return (
            self.variety.say_year(2000 + int(written))
            if 13 <= int(written) <= 39
            else english_numerals.say_two_digits(int(written))
        )

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
        *_make_numeric_rules(reader),
    )


def _make_numeric_rules(reader: _DateReader) -> tuple[Rule, ...]:
    """Return the rules for dates in digits."""
    tied = frozenset({TIED})
    short = (
        r"(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)(?![\w/%]|[.,]\d"
        r"|\s?(?:cup|inch|mile|teaspoon|tablespoon|point|percentage|share|acre|ounce|pound|length|gallon|size|time|of\b)|\s(?:and|or|to)\s\d{1,2}/\d{1,2}\s(?:of|cup|inch|mile)\b)"
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


def _is_day(written: str) -> bool:
    return 1 <= int(written) <= 31


def _name_month(written: str) -> str:
    return MONTH_NAMES[_MONTH_NUMBERS[written.rstrip(".").lower()] - 1]
