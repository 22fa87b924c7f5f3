"""Times of day in four digits: 0855 GMT, 0630 hrs, at 0600."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, find_word_before, spell_letters
from exporter.normalize.english.times.clock import ZONE_PATTERN, join_letters
from exporter.script import Word

# Words before "0600".
_WORDS_BEFORE_HOURS = frozenset(
    "at by until from to and between around before after mon tue tues wed thu thurs fri sat sun".split()
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for times in four digits."""
    del variety  # the same in all varieties
    figures = frozenset({FOLLOWED})
    return (
        # "0855 GMT", "0630 hrs"
        Rule(
            "time",
            figures,
            rf"(?<![\w.,/$£€:])(?P<hour>[01]\d|2[0-4]|\d(?=\d\d\s?[A-Z]))(?P<minute>[0-5]\d)\s?(?:{ZONE_PATTERN}|Z\b|hours?\b|hrs\b(?:\.(?=\s[a-z]|,))?)",
            _read_military,
        ),
        # "0700-1900"
        Rule(
            "time",
            frozenset({TIED}),
            r"(?<![\w.,/$£€:-])(?P<hour>0\d)(?P<minute>[0-5]\d)\s?(?P<dash>[-–])\s?(?P<last_hour>[01]\d|2[0-4])(?P<last_minute>[0-5]\d)(?![\w:-]|[.,]\d)",
            _read_military_span,
        ),
        # With seconds: "1004:42".
        Rule(
            "time",
            frozenset({TIED}),
            r"(?<![\w.,/$£€:])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?![\w:]|[.,]\d)",
            _read_seconds,
        ),
        # "at 0600"
        Rule(
            "time",
            frozenset({NUMBER}),
            r"(?<!\w)(?P<hour>0\d)(?P<minute>[0-5]\d)(?![\w%]|[.,:/-]\d)",
            _read_early,
        ),
    )


def _read_military(match: re.Match[str]) -> Parts:
    """Read "0700 GMT": "oh seven hundred G M T"."""
    hour, minute = int(match["hour"]), int(match["minute"])
    said = f"{english_numerals.say_two_digits(hour) if hour else 'zero'} {_say_military_minute(minute)}"
    written = match.group()
    zone = spell_letters(join_letters(match["zone"])) if match["zone"] else "Zulu" if written[-1] == "Z" else "hours"
    return (Word(said, match.start(), match.end("minute")), Word(zone, match.end("minute"), match.end()))


def _read_seconds(match: re.Match[str]) -> Parts:
    """Read "1004:42", as reports of accidents write times."""
    hour = english_numerals.say_two_digits(int(match["hour"])) if int(match["hour"]) else "zero"
    second = int(match["second"])
    seconds = f"{english_numerals.say_cardinal(second)} second{'' if second == 1 else 's'}"
    return say(match, f"{hour} {_say_military_minute(int(match['minute']))} and {seconds}")


def _read_military_span(match: re.Match[str]) -> Parts | None:
    """Read "0700-1900"; numbers that do not rise are not hours."""
    if match["hour"] >= match["last_hour"]:
        return None
    first, last = (
        f"{english_numerals.say_two_digits(int(match[hour]))} {_say_military_minute(int(match[minute]))}"
        for hour, minute in (("hour", "minute"), ("last_hour", "last_minute"))
    )
    return (Word(first, match.start(), match.start("dash")), Word(f"to {last}", match.start("dash"), match.end()))


def _read_early(match: re.Match[str]) -> Parts | None:
    """Read "at 0600": four digits with a leading zero, after a preposition of time."""
    if find_word_before(match.string, match.start()).rstrip(".") not in _WORDS_BEFORE_HOURS:
        return None
    hour = english_numerals.say_two_digits(int(match["hour"]))
    return say(match, f"{hour} {_say_military_minute(int(match['minute']))}")


def _say_military_minute(minute: int) -> str:
    return english_numerals.say_two_digits(minute) if minute else "hundred"
