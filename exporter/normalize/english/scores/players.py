"""Players: position, height, counts and places ("QB Dak Prescott", "a 6-8 forward", "a 3-2 pitch", "T9")."""

from __future__ import annotations

import re

from exporter.normalize import CODE, LETTER, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import (
    SCORE_END_PATTERN,
    SCORE_START_PATTERN,
    Variety,
    find_word_before,
    has_context,
)
from exporter.normalize.resolver import find_anchor
from exporter.normalize.toml_tables import load_table

# Before these, numbers with hyphens are read one after the other: "a 3-2 count", "a 6-4-3 double play".
_COUNTED_NEXT_PATTERN = (
    r"(?=\s(?:count|pitch|fastball|curveball|slider|splitter|change-?up|sinker|cutter|sweeper|defen[sc]e|front|zone|formation|scheme|alignment"
    r"|look|trap|forecheck|set-?up|press"
    r"|double\splay|putout|inning)\b"
    r"|(?<=1-2-3)\s(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)"
)
# A player's weight or place in the team behind his height: "6-8, 240 pounds", "a 6-8 forward".
_PLAYER_NEXT_PATTERN = (
    r"(?=,\s\d{3}(?:[-\s](?:pounds?|lbs?)\b|[),.;]|\s?\Z)"
    r"|\s(?:forward|guard|center|centre|wing|swingman|tackle|lineman|quarterback|receiver|linebacker|right-hander|left-hander"
    r"|junior|senior|sophomore|freshman|striker|defenseman|goaltender|goalie|point|power|shooting|small)\b)"
)

# What makes the letters before it the name of a company: "LHP Hospital Group".
_NO_COMPANY_PATTERN = (
    r"(?!\s[\w.'’-]{1,20}\s(?:Group|Holdings|Inc|Corp|Ltd|LLC|Bank|Capital|Partners|Center|Hospital|University"
    r"|Systems)\b)"
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for players; a position is read before a first and a last name."""
    positions: dict[str, str] = load_table("en", "initialisms")["positions"]

    def read_shared_place(match: re.Match[str]) -> Parts | None:
        if not has_context("golf", match):
            return None
        tied_before = find_word_before(match.string, match.start()) == "tied"
        return say(match, f"{'' if tied_before else 'tied '}for {variety.say_ordinal(int(match['place']))}")

    def read_countdown(match: re.Match[str]) -> Parts:
        return say(match, ", ".join(map(variety.say_number, re.split(r"\D", match.group()))))

    def read_count(match: re.Match[str]) -> Parts:
        figures = re.split(r"\D", match.group())
        return say(match, " ".join("oh" if each == "0" else variety.say_number(each) for each in figures))

    tied = frozenset({TIED})
    return (
        Rule(
            "position",
            frozenset(map(find_anchor, positions)),
            rf"(?<![\w.-])(?:{'|'.join(positions)})(?=\s[A-Z][\w.'’-]{{1,20}}\s[A-Z][\w'’-]{{0,20}}[a-z]){_NO_COMPANY_PATTERN}",
            lambda match: say(match, positions[match.group()]),
        ),
        Rule(
            "count", tied, rf"{SCORE_START_PATTERN}\d{{1,2}}(?:[-–]\d{{1,2}}){{1,2}}{_COUNTED_NEXT_PATTERN}", read_count
        ),
        Rule("height", tied, rf"{SCORE_START_PATTERN}[4-7]-(?:\d|1[01])(?!\d){_PLAYER_NEXT_PATTERN}", read_count),
        # "a 1-2 finish"
        Rule(
            "places", tied, r"(?:(?<=['’]s\s)1-2|(?<![\w.,/-])1-2(?:-3)?(?=\sfinish))(?![\w-]|[.,]\d)", read_countdown
        ),
        # A place that several golfers share: "T9", "T-12th".
        Rule(
            "places",
            frozenset({CODE, LETTER}),
            r"(?<![\w-])T-?(?P<place>[1-9]\d?)(?:st|nd|rd|th)?(?!\w|[.,-]\d)",
            read_shared_place,
        ),
        # "5-4-3-2-1"
        Rule("countdown", tied, rf"{SCORE_START_PATTERN}(?:10-9-8|5-4-3-2-1|3-2-1){SCORE_END_PATTERN}", read_countdown),
    )
