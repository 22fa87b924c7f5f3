"""Durations with letters for their units (3h44m, 1m 15.35s), and intervals of doses (q4h)."""

from __future__ import annotations

import re

from exporter.normalize import CODE, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, is_attributive


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for durations."""

    def say_count(match: re.Match[str], unit: str) -> str:
        number = int(match[unit])
        return f"{variety.say_cardinal(number)} {unit}{'' if number == 1 else 's'}"

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
    )
