"""Dates in every usual form, with or without a year, alone or as a span of days: Aug. 8, 4 March, 3/14/25."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    DASH_PATTERN,
    Variety,
    find_abbreviation_end,
    find_word_before,
    has_context,
)
from exporter.script import Word

_MONTH_NAMES = "January February March April May June July August September October November December".split()
_MONTH_NUMBERS = {
    name: number for number, month in enumerate(_MONTH_NAMES, 1) for name in (month.lower(), month[:3].lower())
}
_MONTH_NUMBERS["sept"] = 9

_MONTH_PATTERN = (
    r"(?P<month>(?i:january|february|march|april|may|june|july|august|september|october|november|december)(?![^\W_])"
    r"|(?i:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![^\W_])\.?)"
)
_DAY_PATTERN = r"(?P<day>[0-3]?\d)(?P<nth>(?i:st|nd|rd|th))?(?![\d%:]|[.,]\d|st|nd|rd|th)"
_YEAR_PATTERN = r"(?P<year>[12]\d{3})(?!\d|[,.]\d|(?:['’]?s)(?!\w))"
_LAST_DAY_PATTERN = (
    rf"(?:(?:{DASH_PATTERN}|(?P<both>/)|\s(?P<joint>to|and|through|or)\s)(?P<last>[0-3]?\d(?i:st|nd|rd|th)?)"
    r"(?![\d%:/]|[.,]\d|\s?(?:[ap]\.?m|percent|per)\b))?"
)

_CALENDAR_NAME_PATTERN = (
    r"Jan(?:uary)?|Feb(?:ruary)?|March|Mar|April|Apr|May|June?|July?|Aug(?:ust)?|Sept(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|Mon(?:day)?|Tues?(?:day)?|Wed(?:nesday)?|Thur?s?(?:day)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?"
)
_CALENDAR_NAME_BEFORE = re.compile(rf"\b(?:{_CALENDAR_NAME_PATTERN})\.?(?:\s\d{{1,4}})?\Z")
_WORDS_BEFORE_DATES = frozenset(
    "on by since until till from before after dated due through between"
    " closed closes open opens reopens starts begins ends expires runs"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)
# Dates before another one: "closed 12/24 and ".
_DATES_BEFORE = re.compile(r"(?:\d{1,2}/\d{1,2}(?:,\s(?:and\s|or\s)?|\s(?:and|or|to)\s|[-–]))+\Z")
_MAX_DATE_LIST_CHARS = 40  # searched for them
# Months that are verbs when in lower case.
_MONTHS_THAT_ARE_VERBS = frozenset(("may", "march"))
_UNUSUAL_DENOMINATORS = frozenset((13, 14, 15, 17, 18, 19, 21, 22, 23, 26, 27, 28, 29, 30, 31))
_TWO_LETTER_WEEKDAYS = {
    "mo": "Monday",
    "tu": "Tuesday",
    "we": "Wednesday",
    "th": "Thursday",
    "fr": "Friday",
    "sa": "Saturday",
    "su": "Sunday",
}


_WEEKDAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# Without a dot "mar" and "sun" are words, but not beside a dash and another name.
_SHORT_CALENDAR_NAMES = {day[:3].lower(): day for day in _WEEKDAY_NAMES} | {
    month[:3].lower(): month for month in _MONTH_NAMES
}
_SHORT_CALENDAR_NAMES |= {"sept": "September", "tues": "Tuesday", "thurs": "Thursday"}


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

    def read_two_letter_weekday(self, match: re.Match[str]) -> Parts:
        return say(match, _TWO_LETTER_WEEKDAYS[match.group().lower()])

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
        name = _MONTH_NAMES[month - 1]
        said = (
            f"the {self.variety.say_ordinal(day)} of {name}"
            if self.variety.british
            else f"{name} {self.variety.say_ordinal(day)}"
        )
        if written:
            said = f"{said}, {self.say_short_year(written)}"
        return say(match, said)

    def read_short_weekday(self, match: re.Match[str]) -> Parts:
        """Read the weekday of "Sat 14 Sept"."""
        return say(match, _SHORT_CALENDAR_NAMES[match.group().lower()])

    def read_day_after_weekday(self, match: re.Match[str]) -> Parts:
        """Read the day after a weekday: "Monday 3rd"."""
        return say(match, f"the {self.variety.say_ordinal(int(match['day']))}")

    def read_calendar_span(self, match: re.Match[str]) -> Parts:
        """Read "Mon-Fri", "Jan–March"."""
        first, last = (_SHORT_CALENDAR_NAMES.get(match[name].lower(), match[name]) for name in ("first", "last"))
        return (Word(first, *match.span("first")), Word(f"to {last}", match.end("first"), match.end()))

    def read_calendar_dash(self, match: re.Match[str]) -> Parts | None:
        """Read the dash between two months or weekdays: "Mon.-Fri."."""
        before = match.string[max(0, match.start() - 24) : match.start()]
        return say(match, "to") if _CALENDAR_NAME_BEFORE.search(before) else None


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for dates."""
    reader = _DateReader(variety)
    months = frozenset(_MONTH_NUMBERS)
    return (
        # "Oct. 3, 2019"
        Rule(
            "date",
            months,
            rf"(?<![^\W_]){_MONTH_PATTERN}(?:\s|-)(?:the\s)?{_DAY_PATTERN}{_LAST_DAY_PATTERN}(?:(?:,?\s|-){_YEAR_PATTERN})?",
            reader.read_month_first,
        ),
        # "14 May", "the 4th of July"
        Rule(
            "date",
            frozenset({FOLLOWED}),
            rf"(?<![\w.,:/$£€])(?<!\d-){_DAY_PATTERN}{_LAST_DAY_PATTERN}(?P<of>\s(?:(?i:of)\s)?|-){_MONTH_PATTERN}(?:[-,]?\s?{_YEAR_PATTERN})?",
            reader.read_day_first,
        ),
        # "Sept. 2011"
        Rule("date", months, rf"(?<![^\W_]){_MONTH_PATTERN},?\s{_YEAR_PATTERN}", reader.read_month_year),
        *_make_numeric_rules(reader),
        *_make_calendar_rules(reader),
    )


def _make_numeric_rules(reader: _DateReader) -> tuple[Rule, ...]:
    """Return the rules for dates in digits."""
    tied = frozenset({TIED})
    short = (
        r"(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)(?![\w/%]|[.,]\d"
        r"|\s?(?:cup|inch|mile|teaspoon|tablespoon|point|percentage|share|acre|ounce|pound|of\b))"
    )
    return (
        # ISO 8601: "2025-11-03T09:30:00Z".
        Rule(
            "timestamp",
            tied,
            r"(?<![\w/.-])(?P<year>[12]\d{3})-(?P<month>[01]\d)-(?P<day>[0-3]\d)[T\s](?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d)"
            r"(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?:(?P<utc>Z)|(?P<sign>[+−-])(?P<ahead>[01]\d):?(?P<more>[0-5]\d))?(?![\w:])",
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
        # "on 3/21"
        Rule("date", tied, rf"(?<![\w/.-]){short}", reader.read_day_and_month),
        # The date of "Th (8/9)".
        Rule("date", tied, rf"(?<=\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\s\(){short}", reader.read_bracketed_date),
        # The "Th" of "Th (8/9)".
        Rule(
            "date",
            frozenset(_TWO_LETTER_WEEKDAYS),
            r"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?=\s\(\d\d?/\d\d?\))",
            reader.read_two_letter_weekday,
        ),
    )


def _make_calendar_rules(reader: _DateReader) -> tuple[Rule, ...]:
    """Return the rules for weekdays and for spans of days and months."""
    short_names = "|".join(
        sorted({*map(str.capitalize, _SHORT_CALENDAR_NAMES), *_SHORT_CALENDAR_NAMES.values()}, key=len, reverse=True)
    )
    return (
        # The "Sat" of "Sat 14 Sept".
        Rule(
            "weekday",
            frozenset(day[:3].lower() for day in _WEEKDAY_NAMES),
            rf"(?<![\w.–-])(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?=,?\s(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTH_PATTERN}(?!\w))",
            reader.read_short_weekday,
        ),
        # "Monday 3rd"
        Rule(
            "date",
            frozenset({TIED}),
            r"(?<=day\s)(?P<day>[0-3]?\d)(?:st|nd|rd|th)(?![\w-]|\s[a-zA-Z])",
            reader.read_day_after_weekday,
        ),
        # "Mon-Wed"
        Rule(
            "span",
            frozenset({*_SHORT_CALENDAR_NAMES, *map(str.lower, _SHORT_CALENDAR_NAMES.values())}),
            rf"(?<![\w.])(?P<first>{short_names})\s?[-–]\s?(?P<last>{short_names})(?!\w|\.\w)",
            reader.read_calendar_span,
        ),
        # The dash of "Tues.-Sat.".
        Rule(
            "span",
            frozenset({"-", "–", "—"}),
            rf"[-–—](?=(?:\d{{1,2}}\s)?(?:{_CALENDAR_NAME_PATTERN})\b)",
            reader.read_calendar_dash,
        ),
    )


def _is_day(written: str) -> bool:
    return 1 <= int(written) <= 31


def _name_month(written: str) -> str:
    return _MONTH_NAMES[_MONTH_NUMBERS[written.rstrip(".").lower()] - 1]
