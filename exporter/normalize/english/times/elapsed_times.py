"""Elapsed times as clocks write them: race results (2:09:40, 2:54.43), gaps (45"), launches (T+0:01:10)."""

from __future__ import annotations

import re

from exporter.normalize import CODE, LETTER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, find_word_before, has_context

_TIME_OF_DAY_NEXT = re.compile(
    r"\s?[ap]\.?m\b|\s[+-]\d{4}\b|\s(?:GMT|UTC|[ECMP][SD]?T|BST|IST|CES?T|local\stime)\b|Z\b"
)
_YEAR_BEFORE = re.compile(r"\b(?:19|20)\d\d,?\s\Z")
_YEAR_NEXT = re.compile(r"\s(?:19|20)\d\d\b")
_WORDS_BEFORE_TIMES = frozenset(
    "at by until from to around before after since showed shows show reads read stamped".split()
)


class _ElapsedTimeReader:
    """Reads elapsed times."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety

    def say_count(self, match: re.Match[str], unit: str) -> str:
        number = int(match[unit])
        return f"{self.variety.say_cardinal(number)} {unit}{'' if number == 1 else 's'}"

    def read_clock(self, match: re.Match[str]) -> Parts:
        """Read h:mm:ss: "two hours, one minute and nine seconds", or a time of day to the second."""
        seconds = self.say_count(match, "second")
        if match["part"]:
            part = english_numerals.say_digits(match["part"])
            seconds = f"{self.variety.say_cardinal(int(match['second']))} point {part} seconds"
        if _is_time_of_day(match):
            minutes = f" {english_numerals.say_two_digits(int(match['minute']))}" if int(match["minute"]) else ""
            return say(match, f"{self.variety.say_cardinal(int(match['hour']))}{minutes} and {seconds}")
        # The gap of a rider has no hours.
        hours = int(match["hour"]) or not has_context("cycling", match)
        units = [unit for unit, said in (("hour", hours), ("minute", int(match["minute"]))) if said]
        said = [self.say_count(match, unit) for unit in units]
        return say(match, " ".join([*said, "and", seconds] if said else [seconds]))

    def read_countdown(self, match: re.Match[str]) -> Parts:
        """Read the time before or since the start of a rocket, without what is zero."""
        units = ("hour", "minute", "second")
        said = [self.say_count(match, unit) for unit in units if match[unit] and int(match[unit])]
        joined = " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))
        return say(match, f"T {'plus' if match['sign'] == '+' else 'minus'} {joined or 'zero'}")

    def read_gap(self, match: re.Match[str]) -> Parts | None:
        return say(match, self.say_count(match, "second")) if has_context("cycling", match) else None

    def read_split_time(self, match: re.Match[str]) -> Parts:
        """Read a result such as 3:43.13 or 9:58.2."""
        minute = self.variety.say_cardinal(int(match["minute"]))
        second = english_numerals.say_two_digits(int(match["second"]))
        return say(match, f"{minute} {second} point {english_numerals.say_digits(match['part'])}")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for elapsed times."""
    reader = _ElapsedTimeReader(variety)
    tied = frozenset({TIED})
    return (
        # Before and since a start: "T+0:01:10".
        Rule(
            "duration",
            frozenset({CODE, LETTER}),
            r"(?<![\w-])T\s?(?P<sign>[-+−])\s?(?:(?P<hour>\d{1,2}):)?(?P<minute>\d{1,2}):(?P<second>[0-5]\d)(?!\w|:\d|[.,]\d)",
            reader.read_countdown,
        ),
        # Hours, minutes and seconds: "2:09:40".
        Rule(
            "duration",
            tied,
            r"(?<![\w.,:/])(?P<hour>\d{1,3}):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?:\.(?P<part>\d{1,3}))?(?![\w:]|[.,]\d)",
            reader.read_clock,
        ),
        # Under so many hours: "sub-2:00".
        Rule(
            "duration",
            tied,
            r"(?<=\b[Ss]ub-)(?P<hour>\d):00(?![\w:]|[.,]\d)",
            lambda match: say(match, variety.say_number(match["hour"])),
        ),
        # The gap of a rider: "45" behind".
        Rule("duration", tied, r"(?<![\w.,:/'’′])(?P<second>\d{1,2})\s?[\"”″](?!\w)", reader.read_gap),
        # Minutes and parts of seconds: "2:54.43", "1'23.778".
        Rule(
            "duration",
            tied,
            r"(?<![\w.,:/°])(?P<minute>\d{1,2})[:'’′](?P<second>[0-5]\d)\.(?P<part>\d{1,3})s?(?![\w\"”″])",
            reader.read_split_time,
        ),
    )


def _is_time_of_day(match: re.Match[str]) -> bool:
    """Whether a half of the day or a zone follows, or a word for times stands before an hour that races lack."""
    text, start, end = match.string, match.start(), match.end()
    if _TIME_OF_DAY_NEXT.match(text, end):
        return True
    if len(match["hour"]) != len("00"):
        return False
    if _YEAR_BEFORE.search(text, max(0, start - 8), start) or _YEAR_NEXT.match(text, end):
        return True
    return (match["hour"][0] == "0" or "12" < match["hour"] < "25") and find_word_before(
        text, start
    ) in _WORDS_BEFORE_TIMES
