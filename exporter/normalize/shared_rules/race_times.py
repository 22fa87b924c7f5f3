"""Times of races: 9"58, 1min07s281, 9'18", 1:07,934, 2:24.10, 1.43,24."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.language import Language

_EDGE = r"(?<![\w.,:/])"


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for minutes and seconds with their parts."""
    count = language.count_unit

    def read_result(match: re.Match[str]) -> Parts:
        """Read the time of a race number by number: "2:24.10", "1.43,24"."""
        return say(
            match,
            " ".join(
                (language.say_cardinal(int(match["first"])), *map(language.say_number, match.group("second", "part")))
            ),
        )

    def read_seconds(match: re.Match[str]) -> Parts:
        """Read minutes and seconds with or without their parts: "9'18''", "9"58", "1min07s281"."""
        minutes = f"{count(int(match['minutes']), 'min')} " if match["minutes"] else ""
        part = f" {language.say_number(match['part'])}" if match["part"] else ""
        return say(match, f"{minutes}{count(int(match['second']), 's')}{part}")

    def read_lap(match: re.Match[str]) -> Parts:
        """Read minutes, seconds and thousandths: "1:07,934 min"."""
        seconds = f"{language.say_number(match['seconds'].removeprefix('0'))} {language.say_unit('s', single=False)}"
        return say(match, f"{count(int(match['minutes']), 'min')} {seconds}")

    measured = language.find_pattern("duration")
    found = (
        (  # 9"58, 1min07s281
            rf"{_EDGE}(?:(?P<minutes>\d{{1,2}})\s?(?:min|['’′])\s?)?(?P<second>\d{{1,2}})(?:[\"″”s]|''|’’)(?P<part>\d{{2,3}})(?!\w)",
            read_seconds,
        ),
        (  # 9'18"
            rf"{_EDGE}(?<![°º])(?<![°º]\s)(?P<minutes>\d{{1,2}})['′’]\s?(?P<second>[0-5]\d)(?:''|’’|[\"″”])(?P<part>)(?![\w\"])",
            read_seconds,
        ),
        (  # 15m19s
            rf"{_EDGE}(?P<minutes>\d{{1,2}})\s?m(?:in)?\s?(?P<second>[0-5]?\d)(?P<part>)\s?s(?:eg)?(?!\w)",
            read_seconds,
        ),
        (  # 1:07,934
            rf"{_EDGE}(?P<minutes>\d{{1,2}})[:.m](?P<seconds>[0-5]\d,\d{{3}})(?:\s?(?:{measured}|min|s)\b)?(?!\w)",
            read_lap,
        ),
        (  # 2:24.10, 1.43,24
            rf"{_EDGE}(?P<first>\d\d?)(?:(?P<colon>:)|\.)(?P<second>[0-5]\d)(?(colon)[.,´]|,)(?P<part>\d\d?|(?(colon)\d{{3}}|(?!)))(?![\w:]|[.,]\d)",
            read_result,
        ),
    )
    return tuple(Rule("time", frozenset({FIGURES}), pattern, read) for pattern, read in found)
