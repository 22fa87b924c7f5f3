"""Weekdays, and spans of weekdays and months: Mon-Fri, Tu–Sa, Jan.–March, Sat 14 Sept, MWF."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, FOLLOWED, LETTER, MIXED, Parts, Rule, say
from exporter.normalize.english.english_grammar import MONTH_NAMES, MONTH_PATTERN, Variety
from exporter.script import Word

_WEEKDAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_LETTERS_OF_WEEKDAYS = {
    **dict(zip("Mo Tu We Th Fr Sa Su".split(), _WEEKDAY_NAMES, strict=True)),
    **dict(zip("M T W R F".split(), _WEEKDAY_NAMES, strict=False)),
    "S": "Saturday",
}
_WEEK = "MTWRFS"
_LETTERS_PATTERN = "|".join(_LETTERS_OF_WEEKDAYS)
# Without a dot "mar" and "sun" are words, but not beside a dash and another name.
_SHORT_CALENDAR_NAMES = {
    **{day[:3].lower(): day for day in _WEEKDAY_NAMES},
    **{month[:3].lower(): month for month in MONTH_NAMES},
    "sept": "September",
    "tues": "Tuesday",
    "thur": "Thursday",
    "thurs": "Thursday",
}
_CALENDAR_NAME_PATTERN = (
    r"Jan(?:uary)?|Feb(?:ruary)?|March|Mar|April|Apr|May|June?|July?|Aug(?:ust)?|Sept(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|Mon(?:day)?|Tues?(?:day)?|Wed(?:nesday)?|Thur?s?(?:day)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?"
)
_CALENDAR_NAME_BEFORE = re.compile(rf"\b(?:{_CALENDAR_NAME_PATTERN})\.?(?:\s\d{{1,4}})?\s?\Z")
_DATE_BEFORE = re.compile(
    rf"(?:\b(?:{_CALENDAR_NAME_PATTERN})\.?\s\d{{1,2}}|\b\d{{1,2}}\s(?:{_CALENDAR_NAME_PATTERN})\.?)(?:,?\s\d{{4}})?\s\Z"
)
_SHORT_WEEKDAY_PATTERN = r"(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)"
_WEEKDAY_PATTERN = r"(?:Mon|Tues?|Wednes|Thurs|Fri|Satur|Sun)day|" + _SHORT_WEEKDAY_PATTERN
_DAY_JOINT_PATTERN = r"(?:\s?[-–&/]\s?|,\s(?:and\s)?|\s(?:and|or|to|until)\s)"
_CLOCK_PATTERN = r"(?:(?:at|from)\s)?\d{1,2}(?:[:.][0-5]\d|(?:[:.][0-5]\d)?\s?[ap]\.?m\b)"
_WEEK_ENDS = {"c": "commencing", "b": "beginning", "e": "ending"}
# Around a span of weekdays in letters, which is no pair of grades then: "9-5 M-F", "Tu-Sa, 10 to 4".
_HOURS_NEAR = re.compile(
    r"\b(?:[Hh]ours?|hrs|[Oo]pen|[Cc]losed|[Dd]aily)\b|\d(?::\d\d)?\s?(?:[ap]\.?m?\.?\b|[-–]\s?\d)"
)
_REACH_OF_HOURS_CHARS = 30


def read_short_weekday(match: re.Match[str]) -> Parts:
    """Read the weekday of "Sat 14 Sept"."""
    return say(match, _SHORT_CALENDAR_NAMES[match.group().rstrip(".").lower()])


def read_calendar_span(match: re.Match[str]) -> Parts:
    """Read "Mon-Fri", "Jan–March"."""
    first, last = (_SHORT_CALENDAR_NAMES.get(match[name].lower(), match[name]) for name in ("first", "last"))
    return (Word(first, *match.span("first")), Word(f"to {last}", match.end("first"), match.end()))


def read_calendar_dash(match: re.Match[str]) -> Parts | None:
    """Read the dash between two months or weekdays: "Mon.-Fri."."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    pattern = _DATE_BEFORE if match["spaced"] else _CALENDAR_NAME_BEFORE
    return say(match, "to") if pattern.search(before) else None


def read_letters_span(match: re.Match[str]) -> Parts | None:
    """Read "M-F", "Tu–Sa" near hours."""
    reach = _REACH_OF_HOURS_CHARS
    letters = match["first"] + match["last"]
    if len(letters) == len("MF") and _WEEK.find(letters[0]) >= _WEEK.find(letters[1]):  # "S-R" is a road
        return None
    if not _HOURS_NEAR.search(match.string, max(0, match.start() - reach), match.end() + reach):
        return None
    first, last = (_LETTERS_OF_WEEKDAYS[match[name]] for name in ("first", "last"))
    return (Word(first, *match.span("first")), Word(f"to {last}", match.end("first"), match.end()))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for weekdays and for spans of days and months."""

    def read_day_after_weekday(match: re.Match[str]) -> Parts:
        """Read the day after a weekday: "Monday 3rd"."""
        return say(match, f"the {variety.say_ordinal(int(match['day']))}")

    short_names = "|".join(
        sorted({*map(str.capitalize, _SHORT_CALENDAR_NAMES), *_SHORT_CALENDAR_NAMES.values()}, key=len, reverse=True)
    )
    return (
        # The "Th" of "Th (8/9)".
        Rule(
            "weekday",
            frozenset("mo tu we th fr sa su".split()),
            r"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?=\s\(\d\d?/\d\d?\))",
            lambda match: say(match, _LETTERS_OF_WEEKDAYS[match.group()]),
        ),
        # The "w/c" of "w/c 14 Nov".
        Rule(
            "week",
            frozenset({"w"}),
            rf"(?<![\w/])[Ww]/(?P<end>[CcBbEe]):?(?=\s(?:(?:{_WEEKDAY_PATTERN})\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?\b|{MONTH_PATTERN}\s\d))",
            lambda match: say(match, f"week {_WEEK_ENDS[match['end'].lower()]}"),
        ),
        # "M-F", "Tu–Sa"
        Rule(
            "weekday",
            frozenset({"mo", "tu", "we", "th", "fr", "sa", "su", LETTER, CAPITALS, MIXED}),
            rf"(?<![\w.&'’-])(?P<first>{_LETTERS_PATTERN})[-–](?P<last>{_LETTERS_PATTERN})(?![\w&'’-]|\.\w)",
            read_letters_span,
        ),
        # The "Sat" of "Sat 14 Sept", "Sat 2pm", "Sat 7 & Sun 8", "Sat & Sun".
        Rule(
            "weekday",
            frozenset(name for name, full in _SHORT_CALENDAR_NAMES.items() if full in _WEEKDAY_NAMES),
            rf"(?<![\w.–-]){_SHORT_WEEKDAY_PATTERN}\.?(?=,?\s(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{MONTH_PATTERN}(?!\w)|,?\s{_CLOCK_PATTERN}"
            rf"|(?:\s\d{{1,2}}(?:st|nd|rd|th)?{_DAY_JOINT_PATTERN}|\s?[&/]\s?|\s(?:and|or|to)\s)(?:{_WEEKDAY_PATTERN})\b)"
            rf"|(?:(?<=day\s&\s)|(?<=\b(?:Mon|Tue|Wed|Thu|Fri|Sat)\s&\s)|(?<=\b(?:Mon|Tue|Wed|Thu|Fri|Sat)/)){_SHORT_WEEKDAY_PATTERN}(?![\w.-]|\s[A-Z])",
            read_short_weekday,
        ),
        # "Monday 3rd", "Fri 14 & Sat 15 May"
        Rule(
            "date",
            frozenset({FOLLOWED}),
            r"(?=\d{1,2}(?:[a-z&/,–-]|\s[&a-z–-]))(?:(?<=day\s)|(?<=\bMon\s)|(?<=\bTue\s)|(?<=\bWed\s)|(?<=\bThu\s)|(?<=\bFri\s)|(?<=\bSat\s)|(?<=\bSun\s)|(?<=\bTues\s)|(?<=\bThurs\s))(?P<day>[0-3]?\d)"
            rf"(?:(?:st|nd|rd|th)(?![\w-]|\s(?!to\b|and\b|or\b|until\b|at\b)[a-zA-Z])|(?={_DAY_JOINT_PATTERN}(?:{_WEEKDAY_PATTERN})\s\d))",
            read_day_after_weekday,
        ),
        # "Mon-Wed"
        Rule(
            "span",
            frozenset({*_SHORT_CALENDAR_NAMES, *map(str.lower, _SHORT_CALENDAR_NAMES.values())}),
            rf"(?<![\w.])(?P<first>{short_names})\s?[-–]\s?(?P<last>{short_names})(?!\w|\.\w)",
            read_calendar_span,
        ),
        # The dash of "Tues.-Sat.", "Aug. 2 – Sept. 7".
        Rule(
            "span",
            frozenset({"-", "–", "—"}),
            rf"[-–—](?=(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?(?:{_CALENDAR_NAME_PATTERN})\b"
            rf"|(?P<spaced>\s)(?:(?:{_CALENDAR_NAME_PATTERN})\.?\s\d|\d{{1,2}}\s(?:{_CALENDAR_NAME_PATTERN})\b))",
            read_calendar_dash,
        ),
    )
