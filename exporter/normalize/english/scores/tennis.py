"""Tennis: sets ("six three") and tie-breaks, and the points of a game ("forty love")."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import SCORE_END_PATTERN, SCORE_START_PATTERN, Variety, has_context
from exporter.script import Word

_SET_PATTERN = r"[0-7][-–][0-7](?!\d)"
# Words before the games of a set: "at 4-4".
_GAMES_BEFORE_PATTERN = "|".join(
    rf"(?<=\b{word}\s)" for word in ("at", "led", "to", "trailing", "leading", "a", "set", "sets")
)
_GAMES_PATTERN = r"(?P<first>[0-7])[-–](?P<second>[0-7])"
_SET_BEFORE = re.compile(r"\bsets?\s\Z")
# Two records of a team in brackets, the second of which is no set: "(6-3, 4-2)", "(7-0, 6-0 Big Ten)".
_RECORDS = re.compile(r"\(\d[-–]\d,\s(?:(?:[0-5][-–][0-5]|7[-–][0-4]|[0-4][-–]7)(?=\)|,?\s[A-Z])|\d[-–]\d(?=\s[A-Z]))")
# A set that was won, before one that goes on.
_WON_SET = re.compile(r"[67][–-]\d|\d[–-][67]")


class _TennisReader:
    """Reads sets, points and games."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety

    def read_set(self, match: re.Match[str]) -> Parts | None:
        if (
            match["first"] < "6"
            and match["second"] < "6"
            and not _WON_SET.search(match.string, max(0, match.start() - 40), match.start())
        ):
            return None
        if _RECORDS.search(match.string, max(0, match.start() - 6), match.end() + 10):
            return None
        return (
            Word(self.variety.say_number(match["first"]), *match.span("first")),
            Word(self.variety.say_number(match["second"]), match.end("first"), match.end()),
        )

    def read_points(self, match: re.Match[str]) -> Parts | None:
        if match["first"] == match["last"] == "0" or not has_context("tennis", match):
            return None
        first, last = (
            "love" if match[name] == "0" else self.variety.say_number(match[name]) for name in ("first", "last")
        )
        return (Word(first, *match.span("first")), Word(last, match.end("first"), match.end()))

    def read_games(self, match: re.Match[str]) -> Parts | None:
        """Read the games of a set: "at 4-4", "led 5-0"."""
        if not (
            has_context("tennis", match) or _SET_BEFORE.search(match.string, max(0, match.start() - 6), match.start())
        ):
            return None
        first, last = match["first"], match["second"]
        said = "all" if first == last else "love" if last == "0" else self.variety.say_number(last)
        return (
            Word("love" if first == "0" else self.variety.say_number(first), *match.span("first")),
            Word(said, match.end("first"), match.end()),
        )


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for sets and points."""
    reader = _TennisReader(variety)
    tied = frozenset({TIED})
    two = r"(?P<first>\d{1,3})[-–](?P<second>\d{1,3})"
    points = r"(?:0|15|30|40)"
    return (
        # "6-4, 7-5": a set before another.
        Rule(
            "set",
            tied,
            rf"{SCORE_START_PATTERN}(?=[0-7]\D){two}{SCORE_END_PATTERN}(?=\s?\(\d{{1,2}}(?:[-–]\d{{1,2}})?\)|,?\s(?:and\s)?{_SET_PATTERN})",
            reader.read_set,
        ),
        # "6-4, 7-5": a set behind another.
        Rule(
            "set",
            tied,
            rf"(?:(?<=[0-7][–-][0-7],\s)(?<!\d\d[–-][0-7],\s)|(?<=[0-7][–-][0-7]\s)(?<!\d\d[–-][0-7]\s)|(?<=\),\s)|(?<=\d\)\s))(?=[0-7]\D){two}{SCORE_END_PATTERN}",
            reader.read_set,
        ),
        # "7-6(4)": the mark before its tie-break gets a space.
        Rule("set", frozenset("("), r"(?<=[67][–-][67])\((?=\d{1,2}\))", lambda match: say(match, " (")),
        # "7-6 (7-5)": its tie-break.
        Rule("set", tied, r"(?<=[0-7][–-][0-7]\s\()(?P<first>\d{1,2})[-–/](?P<second>\d{1,2})(?=\))", reader.read_set),
        # "w/o to Roe"
        Rule(
            "walkover", frozenset({"w"}), r"(?<![\w/])[Ww]/[Oo](?=\)|\sto\s[A-Z])", lambda match: say(match, "walkover")
        ),
        # "at 5-5", "led 4-0"
        Rule("set", tied, rf"(?:{_GAMES_BEFORE_PATTERN}){_GAMES_PATTERN}{SCORE_END_PATTERN}", reader.read_games),
        # "to lead 40-15"
        Rule(
            "points",
            tied,
            rf"{SCORE_START_PATTERN}(?P<first>{points})[-–/](?P<last>{points})(?![\w%:/–-]|[.,]\d|\s(?:percent|minutes|people)\b)",
            reader.read_points,
        ),
    )
