"""Times of day: 14:30, 14h30, 14.30 Uhr."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER as FIGURES
from exporter.normalize import Parts, Rule, say
from exporter.normalize.languages.agreement import Agreement
from exporter.normalize.languages.language import Language
from exporter.script import Word

# Hours are feminine in the Romance languages ("une heure"), and "ein Uhr" in German.
_HOUR_AGREEMENT = Agreement(counts=True, feminine=True, form="nominative n")
_LAST_HOUR = 24
_EDGE = r"(?<![\w.,:/])"
_FIGURES = frozenset({FIGURES})


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for times of day, and for the dash between two of them."""
    many = language.words["hours"]
    one = language.words.get("hour", many)
    full_hour = language.words.get("full_hour", "{hour} {hours}")
    clock = language.words.get("clock", "{hour} {hours} {minute}")
    # "une" in French; elsewhere minutes are said as a number that counts nothing.
    is_feminine = "minute" in language.nouns.feminine
    minute_agreement = Agreement(counts=is_feminine, feminine=is_feminine)

    def say_hours(match: re.Match[str], template: str) -> str:
        number = int(match["hour"])
        name = one if language.is_one(str(number)) else many
        return template.format(hour=language.say_cardinal(number, _HOUR_AGREEMENT), hours=name)

    def read(match: re.Match[str]) -> Parts | None:
        hour, minute = int(match["hour"]), int(match["minute"])
        if hour > _LAST_HOUR:
            return None
        if not minute:
            return say(match, say_hours(match, full_hour))
        said = clock.format(
            hour=language.say_cardinal(hour, _HOUR_AGREEMENT),
            hours=one if language.is_one(str(hour)) else many,
            minute=language.say_cardinal(minute, minute_agreement),
            padded=language.say_number(match["minute"]),
            named=many if match.groupdict().get("name") else "",
        )
        return say(match, said.strip())

    def read_whole(match: re.Match[str]) -> Parts | None:
        return say(match, say_hours(match, "{hour} {hours}")) if int(match["hour"]) <= _LAST_HOUR else None

    def read_first(match: re.Match[str]) -> Parts | None:
        """Read the first hour and the dash of "8–18 Uhr" and "9–17.30 Uhr"."""
        if int(match["first"]) > _LAST_HOUR or int(match["hour"]) > _LAST_HOUR:
            return None
        first = language.say_cardinal(int(match["first"]), _HOUR_AGREEMENT)
        return (Word(first, *match.span("first")), Word(language.words["to"], *match.span("dash")))

    def read_dash(match: re.Match[str]) -> Parts:
        """Read the dash between two times: "9.00-17.30 uur"."""
        return say(match, language.words["to"])

    hour = r"(?P<hour>[0-2]?\d)"
    minutes, whole = language.find_pattern("minutes"), language.find_pattern("full_hour")
    first = rf"{_EDGE}(?<!-)(?P<first>\d{{1,2}})(?P<dash>\s?[-–]\s?)"
    after_time = rf"(?:(?<=\d[:h.]\d\d)|(?<=\d[:h.]\d\d\s)|(?<=\dh)|(?<=\dh\s)|(?<={many}\s))"
    before_time = rf"(?=\s?(?:\d\d?[:h]\d\d|\d\d?h|\d\d?\.\d\d\s?{many}|[0-2]?\d\.[0-5][05](?![.,]\d|\s?[€%]))(?!\w))"
    return (
        Rule("time", _FIGURES, f"{_EDGE}{hour}{minutes}", read),
        Rule("time", _FIGURES, f"{_EDGE}{hour}{whole}", read_whole),
        Rule("time", _FIGURES, f"{first}(?={hour}{minutes})", read_first),
        Rule("time", _FIGURES, f"{first}(?={hour}(?:{whole}))", read_first),
        Rule("time", frozenset("-–"), f"{after_time}[-–]{before_time}", read_dash),
    )
