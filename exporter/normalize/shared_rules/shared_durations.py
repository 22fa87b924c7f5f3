"""Durations (1h30, 2:05:31, 5:45 minutes) and the minutes of a match (67')."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.language import Language

_EDGE = r"(?<![\w.,:/])"
# A quotation that is open before a prime: the prime closes it.
_OPEN_QUOTE = re.compile(r"(?<!\w)['’‘][^'’‘]*\Z")
_MAX_QUOTED_CHARS = 60


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for durations and minutes; clocks share their name, so that the longest of all counts."""
    return (_make_minute_rule(language), *_make_duration_rules(language))


def _make_minute_rule(language: Language) -> Rule:
    """Return the rule for minutes with a prime: of a match ("(67')", "90+3'") or as a measure ("45'")."""
    in_match = re.compile(language.find_pattern("match_minute"))
    feminine = language.nouns.is_feminine(language.say_unit("min", single=True))

    def read(match: re.Match[str]) -> Parts | None:
        before = match.string[max(0, match.start() - _MAX_QUOTED_CHARS) : match.start()]
        if _OPEN_QUOTE.search(before):
            return None
        number = int(match["number"])
        if in_match.search(before):
            said = language.words["match_minute"].format(
                ordinal=language.say_ordinal(number, feminine), cardinal=language.say_cardinal(number)
            )
        else:
            said = language.count_unit(number, "min")
        added = f" {language.words['plus']} {language.say_cardinal(int(match['added']))}" if match["added"] else ""
        return say(match, said + added)

    pattern = r"(?<![\w.,'’‘/+])(?P<number>\d{1,3})(?:['′’]?\s?\+\s?(?P<added>\d{1,2}))?['′’](?![\w'’\"])"
    return Rule("time", frozenset({FIGURES}), pattern, read)


def _make_duration_rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for what lasts: "1h30", "2:05:31", "5:45 minutes"."""
    count = language.count_unit

    def read_long(match: re.Match[str]) -> Parts:
        """Read hours, minutes and seconds."""
        hours, minutes, seconds = (int(match[name]) for name in ("hours", "minutes", "seconds"))
        said = f"{count(hours, 'h')}, {count(minutes, 'min')} {language.words['and']} {count(seconds, 's')}"
        return say(match, said)

    def read_short(match: re.Match[str]) -> Parts:
        """Read minutes and seconds where a time of day is written in another way: "(1:43)", "(+ 0:12)"."""
        minutes, seconds = int(match["first"]), int(match["second"])
        said = f"{count(minutes, 'min')} {language.say_number(match['second'])}" if minutes else count(seconds, "s")
        return say(match, f"{language.words['plus']} {said}" if match["plus"] else said)

    def read_pair(match: re.Match[str]) -> Parts:
        """Read minutes and seconds before their unit: "1:23 minutos"."""
        return say(match, f"{language.say_cardinal(int(match['first']))} {language.say_number(match['second'])}")

    def read_duration(match: re.Match[str]) -> Parts:
        """Read "1h30", "2h01'09": how long something lasts."""
        if int(match["seconds"] or 0):
            return read_long(match)
        return say(match, language.say_duration(int(match["hours"]), int(match["minutes"])))

    hours = r"(?P<hours>\d{1,2})\s?[hu]\s?(?P<minutes>[0-5]\d)"
    measured = language.find_pattern("duration")
    minutes_and_seconds = r"(?P<first>\d\d?):(?P<second>[0-5]\d"
    found = (
        (  # 2h01'09", 65u31m27s
            rf"{_EDGE}{hours}\s?(?:m(?:in)?\.?\s?|['’′]\s?)(?P<seconds>[0-5]\d)(?:[\"″”]|''|\s?s\b)?(?!\w)",
            read_duration,
        ),
        (  # "in 1h30"
            rf"{language.find_pattern('lasting')}{hours}(?P<seconds>)(?:\s?min\b\.?|m\b|['’′])?(?!\w)",
            read_duration,
        ),
        (rf"{_EDGE}{hours}(?P<seconds>)(?={language.find_pattern('lasting_of')})", read_duration),
        (  # 2:05:31, 2h:05:31
            rf"{_EDGE}(?P<hours>\d\d?)h?:(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?:\s{measured})?(?![\d:])",
            read_long,
        ),
        (
            rf"{language.find_pattern('short_duration')}(?P<plus>\+\s?)?{minutes_and_seconds})(?![\w:]|[.,]\d)",
            read_short,
        ),
        (rf"{_EDGE}{minutes_and_seconds}(?:,\d{{1,3}})?)(?=\s{measured})", read_pair),
    )
    return tuple(Rule("time", frozenset({FIGURES, "+"}), pattern, read) for pattern, read in found)
