"""Spans of time and results by the clock: 1:30:05, 3:43.13, 3h44m; and a time of day to the second."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english import numerals
from exporter.normalize.english.grammar import Variety

_HALF_FOLLOWS = re.compile(r"\s?[ap]\.?m\b")
_UNITS = ("hour", "minute", "second")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for durations."""

    def clock(hour: str, minute: str) -> str:
        said = variety.cardinal(int(hour))
        return f"{said} {numerals.two(int(minute))}" if int(minute) else said

    def read_length(match: re.Match[str]) -> Parts:
        """Read h:mm:ss: "two hours, one minute and nine seconds"."""
        if _HALF_FOLLOWS.match(match.string, match.end()):
            return say(
                match, f"{clock(match['hour'], match['minute'])} and {variety.cardinal(int(match['second']))} seconds"
            )
        numbers = [int(match[unit]) for unit in _UNITS]
        said = [
            f"{variety.cardinal(number)} {unit}{'' if number == 1 else 's'}"
            for number, unit in zip(numbers, _UNITS, strict=True)
            if number or unit != "minute"
        ]
        if match["part"]:
            seconds = variety.cardinal(numbers[-1])
            said[-1] = f"{seconds} point {numerals.digits(match['part'])} seconds"
        return say(match, f"{' '.join(said[:-1])} and {said[-1]}")

    def read_split(match: re.Match[str]) -> Parts:
        """Read a result such as 3:43.13 or 9:58.2."""
        return say(
            match,
            f"{variety.cardinal(int(match['minute']))} {numerals.two(int(match['second']))} "
            f"point {numerals.digits(match['part'])}",
        )

    def read_compact(match: re.Match[str]) -> Parts:
        """Read 3h44m, 2h15, 1h 02m 13s."""
        said = [
            f"{variety.cardinal(int(match[unit]))} {unit}{'' if int(match[unit]) == 1 else 's'}"
            for unit in _UNITS
            if match[unit]
        ]
        return say(match, " ".join(said))

    tied = frozenset({TIED})
    return (
        Rule(
            "duration",
            tied,
            r"(?<![\w.,:/])(?P<hour>\d{1,2})h\s?(?P<minute>\d{1,2})(?:m(?:ins?)?)?(?:\s?(?P<second>\d{1,2})s)?(?!\w|[.,]\d)",
            read_compact,
        ),
        Rule(
            "duration",
            tied,
            r"(?<![\w.,:/])(?P<hour>\d{1,3}):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?:\.(?P<part>\d{1,3}))?(?![\w:]|[.,]\d)",
            read_length,
        ),
        Rule(
            "duration",
            tied,
            r"(?<![\w.,:/])(?P<minute>\d{1,2}):(?P<second>[0-5]\d)\.(?P<part>\d{1,3})(?!\w)",
            read_split,
        ),
    )
