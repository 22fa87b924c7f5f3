"""Durations and race results (1:30:05, 3:43.13, 3h44m), and times of day to the second."""

from __future__ import annotations

import re

from exporter.normalize import CODE, LETTER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, find_word_before, has_context, is_attributive

_TIME_OF_DAY_NEXT = re.compile(
    r"\s?[ap]\.?m\b|\s[+-]\d{4}\b|\s(?:GMT|UTC|[ECMP][SD]?T|BST|IST|CES?T|local\stime)\b|Z\b"
)
_YEAR_BEFORE = re.compile(r"\b(?:19|20)\d\d,?\s\Z")
_WORDS_BEFORE_TIMES = frozenset(
    "at by until from to around before after since showed shows show reads read stamped".split()
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for durations."""

    def say_count(match: re.Match[str], unit: str) -> str:
        number = int(match[unit])
        return f"{variety.say_cardinal(number)} {unit}{'' if number == 1 else 's'}"

    def read_clock_duration(match: re.Match[str]) -> Parts:
        """Read h:mm:ss: "two hours, one minute and nine seconds"."""
        seconds = say_count(match, "second")
        if match["part"]:
            part = english_numerals.say_digits(match["part"])
            seconds = f"{variety.say_cardinal(int(match['second']))} point {part} seconds"
        if is_time_of_day(match):
            minutes = f" {english_numerals.say_two_digits(int(match['minute']))}" if int(match["minute"]) else ""
            return say(match, f"{variety.say_cardinal(int(match['hour']))}{minutes} and {seconds}")
        said = [say_count(match, unit) for unit in ("hour", "minute") if int(match[unit])]
        return say(match, " ".join([*said, "and", seconds] if said else [seconds]))

    def is_time_of_day(match: re.Match[str]) -> bool:
        """Whether a half of the day or a zone follows, or a word for times stands before an hour that races lack."""
        if _TIME_OF_DAY_NEXT.match(match.string, match.end()):
            return True
        late = "12" < match["hour"] < "25" if len(match["hour"]) == 2 else False
        early = len(match["hour"]) == 2 and match["hour"][0] == "0"
        if _YEAR_BEFORE.search(match.string, max(0, match.start() - 8), match.start()):
            return len(match["hour"]) == 2
        return (late or early) and find_word_before(match.string, match.start()) in _WORDS_BEFORE_TIMES

    def read_countdown(match: re.Match[str]) -> Parts:
        """Read the time before or since the start of a rocket, without what is zero."""
        said = [say_count(match, unit) for unit in ("hour", "minute", "second") if match[unit] and int(match[unit])]
        joined = " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))
        return say(match, f"T {'plus' if match['sign'] == '+' else 'minus'} {joined or 'zero'}")

    def read_split_time(match: re.Match[str]) -> Parts:
        """Read a result such as 3:43.13 or 9:58.2."""
        minute, second = (
            variety.say_cardinal(int(match["minute"])),
            english_numerals.say_two_digits(int(match["second"])),
        )
        return say(match, f"{minute} {second} point {english_numerals.say_digits(match['part'])}")

    def read_compact_duration(match: re.Match[str]) -> Parts:
        """Read 3h44m, 2h15, 1h 02m 13s."""
        said = [say_count(match, unit) for unit in ("hour", "minute", "second") if match[unit]]
        if match["part"]:
            part = english_numerals.say_digits(match["part"])
            said[-1] = f"{variety.say_cardinal(int(match['second']))} point {part} seconds"
        if is_attributive(match.string, match.start(), match.end()):  # "a 1m17.2s lap"
            said = [each.removesuffix("s") for each in said]
        return say(match, " ".join(said))

    def read_dosing_interval(match: re.Match[str]) -> Parts:
        unit = {"h": "hour", "d": "day", "w": "week", "m": "minute"}[match["unit"][0]]
        number = int(match["number"])
        first = f"{variety.say_cardinal(int(match['first']))} to " if match["first"] else ""
        return say(match, f"every {unit}" if number == 1 else f"every {first}{variety.say_cardinal(number)} {unit}s")

    tied = frozenset({TIED})
    return (
        # "3h44m"
        Rule(
            "duration",
            tied,
            r"(?<![\w.,:/])(?P<hour>\d{1,2})h\s?(?P<minute>\d{1,2})(?:m(?:ins?)?)?(?:\s?(?P<second>\d{1,2})(?P<part>)s)?(?!\w|[.,]\d)",
            read_compact_duration,
        ),
        # Before and since a start: "T+0:01:10".
        Rule(
            "duration",
            frozenset({CODE, LETTER}),
            r"(?<![\w-])T\s?(?P<sign>[-+−])\s?(?:(?P<hour>\d{1,2}):)?(?P<minute>\d{1,2}):(?P<second>[0-5]\d)(?!\w|:\d|[.,]\d)",
            read_countdown,
        ),
        # The countdown of "T-10 minutes".
        Rule(
            "duration",
            frozenset({CODE}),
            r"(?<![\w-])T[-−](?=\d{1,3}(?:\s(?:minutes?|seconds?|hours?|days?|mins?\b|secs?\b|hrs?\b)|:\d\d))",
            lambda match: say(match, "T minus"),
        ),
        # The interval of a dose: "q4h", "q5-15min".
        Rule(
            "duration",
            frozenset("q"),
            r"(?<!\w)[qQ]\s?(?:(?P<first>\d{1,2})\s?[-–]\s?)?(?P<number>\d{1,2})\s?(?P<unit>hrs?|h|d|wks?|w|min)(?!\w)",
            read_dosing_interval,
        ),
        # "1m30s", "2m 15.35s"
        Rule(
            "duration",
            tied,
            r"(?<![\w.,:/])(?P<hour>)(?P<minute>\d{1,3})m\s?(?P<second>\d{1,2})(?:\.(?P<part>\d{1,3}))?s(?!\w|[.,]\d)",
            read_compact_duration,
        ),
        # Hours, minutes and seconds: "2:09:40".
        Rule(
            "duration",
            tied,
            r"(?<![\w.,:/])(?P<hour>\d{1,3}):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?:\.(?P<part>\d{1,3}))?(?![\w:]|[.,]\d)",
            read_clock_duration,
        ),
        # The gap of a rider: "45" behind".
        Rule(
            "duration",
            tied,
            r"(?<![\w.,:/'’′])(?P<second>\d{1,2})\s?[\"”″](?!\w)",
            lambda match: say(match, say_count(match, "second")) if has_context("cycling", match) else None,
        ),
        # Minutes and parts of seconds: "2:54.43", "1'23.778".
        Rule(
            "duration",
            tied,
            r"(?<![\w.,:/°])(?P<minute>\d{1,2})[:'’′](?P<second>[0-5]\d)\.(?P<part>\d{1,3})s?(?![\w\"”″])",
            read_split_time,
        ),
    )
