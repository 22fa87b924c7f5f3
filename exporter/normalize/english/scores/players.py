"""Players: position, height, tries and counts ("QB Dak Prescott", "a 6-8 forward", "8-13 3PT", "a 3-2 pitch")."""

from __future__ import annotations

import re

from exporter.normalize import CODE, FOLLOWED, LETTER, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import (
    SCORE_END_PATTERN,
    SCORE_START_PATTERN,
    Variety,
    find_word_before,
    has_context,
)
from exporter.normalize.resolver import find_anchor
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_SHOT_KINDS = {"3PT": "from three", "3P": "from three", "3FG": "from three", "FG": "field goals", "FT": "free throws"}
# What a batter did besides, behind his hits: "3-5, 2B, 2 RBI".
_BATTING_NEXT_PATTERN = r",\s(?:\d\s)?(?:RBIs?|R|2B|3B|HRs?|BB|K|SB)\b"
# Before these, numbers with hyphens are read one after the other: "a 3-2 count", "a 6-4-3 double play".
_COUNTED_NEXT_PATTERN = (
    r"(?=\s(?:count|pitch|fastball|curveball|slider|splitter|change-?up|sinker|cutter|sweeper|defen[sc]e|front|zone|formation|scheme|alignment"
    r"|look|trap|forecheck|set-?up|press"
    r"|double\splay|putout|inning)\b"
    r"|(?<=1-2-3)\s(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)"
)
# A share before the tries in brackets; greater second numbers are not those of dates and fractions.
_SHARE_BEFORE = re.compile(r"%|\bper\s?cent\b")
_SHARE_REACH = 60
_MAX_DENOMINATOR = 32
# A player's weight or place in the team behind his height: "6-8, 240 pounds", "a 6-8 forward".
_PLAYER_NEXT_PATTERN = (
    r"(?=,\s\d{3}(?:[-\s](?:pounds?|lbs?)\b|[),.;]|\s?\Z)"
    r"|\s(?:forward|guard|center|centre|wing|swingman|tackle|lineman|quarterback|receiver|linebacker|right-hander|left-hander"
    r"|junior|senior|sophomore|freshman|striker|defenseman|goaltender|goalie|point|power|shooting|small)\b)"
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for players; a position is read before a first and a last name."""
    positions: dict[str, str] = load_table("en", "initialisms")["positions"]

    def read_made(match: re.Match[str]) -> Parts:
        """Read shots made of shots tried: "8-13 3PT"."""
        kind = f" {_SHOT_KINDS[match['kind']]}" if match["kind"] else ""
        return (
            Word(variety.say_number(match["first"]), *match.span("first")),
            Word(f"of {variety.say_number(match['second'])}{kind}", match.end("first"), match.end()),
        )

    def read_share(match: re.Match[str]) -> Parts | None:
        """Read tries in brackets behind a share, "89 per cent of his serves (42/47)", or before yards."""
        share = _SHARE_BEFORE.search(match.string, max(0, match.start() - _SHARE_REACH), match.start())
        first, second = (int(match[name] or match[other]) for name, other in (("first", "passes"), ("second", "tries")))
        if first > second or not (share or match["passes"] or second > _MAX_DENOMINATOR):
            return None
        return say(match, f"{variety.say_cardinal(first)} of {variety.say_cardinal(second)}")

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
            rf"(?<![\w.-])(?:{'|'.join(positions)})(?=\s[A-Z][\w.'’-]{{1,20}}\s[A-Z][\w'’-]{{0,20}}[a-z])",
            lambda match: say(match, positions[match.group()]),
        ),
        Rule(
            "made",
            tied,
            rf"{SCORE_START_PATTERN}(?P<first>\d{{1,3}})[-–](?P<second>\d{{1,3}})(?:\s(?P<kind>{'|'.join(_SHOT_KINDS)})(?!\w)"
            rf"|(?=\sshooting\b|{_BATTING_NEXT_PATTERN}|\s(?:from|behind|beyond|inside)\s(?:deep|three|long\srange|downtown|3-point|the\s(?:free[-\s]throw\s|foul\s)?(?:field|line|floor|arc|stripe|perimeter))|\son\s(?:3-pointers|threes|3s|free\sthrows|field\sgoals)\b))",
            read_made,
        ),
        Rule(
            "made",
            tied,
            r"(?:(?<=\()(?P<first>\d{1,3})/(?P<second>\d{1,3})(?=\))|(?<![\w.,/])(?P<passes>\d{1,2})/(?P<tries>\d{1,2})(?=,\s\d{1,3}\s(?:yards|yds)\b))",
            read_share,
        ),
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
