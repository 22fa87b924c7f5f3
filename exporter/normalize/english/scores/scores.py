"""Numbers of sport other than scores: countdowns, places, tries ("oh for three"), counts (3-2) and heights (6-8)."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import SCORE_END_PATTERN, SCORE_START_PATTERN, Variety

# Before these, numbers with hyphens are read one after the other: "a 3-2 count", "a 6-4-3 double play".
_COUNTED_NEXT_PATTERN = (
    r"(?=\s(?:count|pitch|fastball|curveball|slider|splitter|change-?up|sinker|cutter|sweeper|defen[sc]e|front|zone|formation|scheme|alignment"
    r"|double\splay|putout|inning)\b"
    r"|(?<=1-2-3)\s(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)"
)
# A player's weight or place in the team behind his height: "6-8, 240 pounds", "a 6-8 forward".
_PLAYER_NEXT_PATTERN = (
    r"(?=,\s\d{3}(?:[-\s](?:pounds?|lbs?)\b|[),.;]|\s?\Z)"
    r"|\s(?:forward|guard|center|centre|wing|swingman|tackle|lineman|quarterback|receiver|linebacker|right-hander|left-hander"
    r"|junior|senior|sophomore|freshman|striker|defenseman|goaltender|goalie|point|power|shooting|small)\b)"
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for countdowns, places, tries, counts and heights."""

    def read_countdown(match: re.Match[str]) -> Parts:
        return say(match, ", ".join(map(variety.say_number, re.split(r"\D", match.group()))))

    def read_count(match: re.Match[str]) -> Parts:
        figures = re.split(r"\D", match.group())
        return say(match, " ".join("oh" if each == "0" else variety.say_number(each) for each in figures))

    tied = frozenset({TIED})
    return (
        Rule(
            "count", tied, rf"{SCORE_START_PATTERN}\d{{1,2}}(?:[-–]\d{{1,2}}){{1,2}}{_COUNTED_NEXT_PATTERN}", read_count
        ),
        Rule("height", tied, rf"{SCORE_START_PATTERN}[4-7]-(?:\d|1[01])(?!\d){_PLAYER_NEXT_PATTERN}", read_count),
        # The "0" of "0-for-4".
        Rule(
            "tries",
            frozenset({TIED, FOLLOWED}),
            r"(?<![\w.,-])0(?=-for-\d|\sfor\s\d{1,2}(?!\w|[.,]\d))",
            lambda match: say(match, "oh"),
        ),
        # "a 1-2 finish"
        Rule(
            "places", tied, r"(?:(?<=['’]s\s)1-2|(?<![\w.,/-])1-2(?:-3)?(?=\sfinish))(?![\w-]|[.,]\d)", read_countdown
        ),
        # "5-4-3-2-1"
        Rule("countdown", tied, rf"{SCORE_START_PATTERN}(?:10-9-8|5-4-3-2-1|3-2-1){SCORE_END_PATTERN}", read_countdown),
    )
