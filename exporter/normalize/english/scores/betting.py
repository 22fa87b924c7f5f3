"""Betting: the odds of a horse (7/4) and a bookmaker's line (+350)."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import SCORE_START_PATTERN, Variety, has_context
from exporter.script import Word

_BETTING_NEXT_PATTERN = (
    r"\s(?:(?:joint[- ]|second[- ])?fav(?:ou?rites?)?|shots?|chance|outsiders?|odds|on|against"
    r"|to\s(?:finish|win|lift|beat|reach|make|score|be|retain|take))\b"
)
# "Won at 9/2", "sent off at 7/4".
_PRICED_BEFORE = re.compile(r"\b(?:won|win|wins|winner|off|priced|returned|backed|obliged)\sat\s\Z")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for betting."""

    def read_odds(match: re.Match[str]) -> Parts | None:
        # "8/10 on Steam" is a rating.
        backed = match["backed"] is not None or match["favourite"]
        priced = _PRICED_BEFORE.search(match.string, max(0, match.start() - 24), match.start())
        if not priced and (not backed or match["second"] == "10") and not has_context("turf", match):
            return None
        favourite = " favourite" if match["favourite"] else ""
        return (
            Word(variety.say_number(match["first"]), *match.span("first")),
            Word(f"to {variety.say_number(match['second'])}{favourite}", match.end("first"), match.end()),
        )

    def read_line(match: re.Match[str]) -> Parts | None:
        sign = "plus" if match.group()[0] == "+" else "minus"
        return (
            say(match, f"{sign} {english_numerals.say_pairs(int(match['line']))}")
            if has_context("line", match)
            else None
        )

    tied = frozenset({TIED})
    return (
        # "At 9/2 favourite"
        Rule(
            "odds",
            tied,
            rf"{SCORE_START_PATTERN}(?<!\d\s)(?P<first>\d{{1,3}})/(?P<second>[1-9]\d?)(?P<favourite>F(?!\w))?(?P<backed>(?={_BETTING_NEXT_PATTERN}))?"
            r"(?![\w/%]|[.,]\d)(?!\s(?:of|a|an|cup|miles?|furlongs?|lengths?)\b)",
            read_odds,
        ),
        # "-110"
        Rule("line", frozenset("+-−"), r"(?<![\w)])[+−-](?P<line>[1-9]\d{2,3})(?![\w%]|[.,:-]\d)", read_line),
    )
