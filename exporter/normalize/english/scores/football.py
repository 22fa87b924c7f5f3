"""Football: formations ("four three three") and the minutes of goals: (10'), (45+2')."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import (
    SCORE_END_PATTERN,
    SCORE_START_PATTERN,
    Variety,
    find_word_after,
    find_word_before,
    has_context,
)
from exporter.script import Word

_LINE_JOINT_PATTERN = r"[-–]"
_SCORER_BEFORE = re.compile(r"[A-ZÀ-Þ]\S*\s\([\d+'’′,\s]*\Z")
# Players in a formation: eleven without the goalkeeper.
_OUTFIELD_PLAYERS = 10
# A formation of three lines looks like wins, losses and draws.
_AMBIGUOUS_LINES = 3
# "A 4-3-3" is a formation, "a 5-3-2 record" is not.
_WORDS_BEFORE_FORMATIONS = frozenset(
    "a an his her its our their usual preferred favored favoured familiar traditional".split()
)
_WORDS_AFTER_RECORDS = frozenset("record start season mark finish run".split())
_PLAYER_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'’-]+\.?\s\Z")
# A match with extra time lasts 120 minutes.
_MAX_MINUTE = 120


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for football."""

    def read_formation(match: re.Match[str]) -> Parts | None:
        lines = [int(line) for line in re.split(_LINE_JOINT_PATTERN, match.group())]
        if sum(lines) != _OUTFIELD_PLAYERS or (len(lines) == _AMBIGUOUS_LINES and not _is_formation(match)):
            return None
        return say(match, " ".join(map(variety.say_cardinal, lines)))

    def read_minute(match: re.Match[str]) -> Parts | None:
        minute, added = match["minute"], match["added"]
        named = int(minute) <= _MAX_MINUTE and _PLAYER_BEFORE.search(
            match.string, max(0, match.start() - 20), match.start()
        )
        if (
            not match["added"]
            and not named
            and not (int(minute) <= _MAX_MINUTE and has_context("goals", match))
            and not _SCORER_BEFORE.search(match.string[max(0, match.start() - 40) : match.start()])
        ):
            return None
        if not added:
            return say(match, f"{variety.say_ordinal(int(minute))} minute")
        return (
            Word(variety.say_number(minute), *match.span("minute")),
            Word(f"plus {variety.say_number(added)}", match.end("minute"), match.end()),
        )

    tied = frozenset({TIED})
    return (
        # "a 4-3-3"
        Rule(
            "formation",
            tied,
            rf"{SCORE_START_PATTERN}[1-6](?:{_LINE_JOINT_PATTERN}[1-6]){{2,3}}{SCORE_END_PATTERN}",
            read_formation,
        ),
        # The minutes of goals: "(44', 90+3')".
        Rule(
            "minute",
            tied,
            r"(?:(?<=\w\s\()|(?<=['’′],\s)|(?<=[\w.]\s))(?P<minute>\d{1,3})(?:\+(?P<added>\d{1,2}))?['’′](?![\w'’]|\s(?:tall|high|long|wide|deep|x|by)\b|\s?\d)",
            read_minute,
        ),
    )


def _is_formation(match: re.Match[str]) -> bool:
    """Whether three numbers are a formation, by the words around them."""
    own = find_word_before(match.string, match.start())
    mine = own in _WORDS_BEFORE_FORMATIONS or own.endswith(("'s", "’s"))
    return mine and find_word_after(match.string, match.end()) not in _WORDS_AFTER_RECORDS
