"""Racing and betting: the odds of a horse (7/4), a bookmaker's line (+350), distances in miles and furlongs (2m 4f)."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import SCORE_START_PATTERN, Variety, has_context, is_noun_next
from exporter.script import Word

_BETTING_NEXT_PATTERN = (
    r"\s(?:(?:joint[- ]|second[- ])?fav(?:ou?rites?)?|shots?|chance|outsiders?|odds|on|against"
    r"|to\s(?:finish|win|lift|beat|reach|make|score|be|retain|take))\b"
)
# "Won at 9/2", "sent off at 7/4".
_PRICED_BEFORE = re.compile(r"\b(?:won|win|wins|winner|off|priced|returned|backed|obliged)\sat\s\Z")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for racing and betting."""

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

    def read_distance(match: re.Match[str]) -> Parts:
        miles, furlongs = match["miles"], match["furlongs"]
        single = is_noun_next(match.string, match.end())  # "a 2m 4f chase"
        said = f"{variety.say_number(miles)} mile{'' if miles == '1' or single else 's'}"
        return say(match, f"{said} {variety.say_number(furlongs)} furlong{'' if furlongs == '1' or single else 's'}")

    def read_furlongs(match: re.Match[str]) -> Parts | None:
        if not has_context("turf", match):
            return None
        furlong = "furlong" if is_noun_next(match.string, match.end()) else "furlongs"
        return say(match, f"{variety.say_number(match['furlongs'])} {furlong}")

    tied = frozenset({TIED})
    return (
        # "a 6f sprint"
        Rule("distance", tied, rf"{SCORE_START_PATTERN}(?P<furlongs>[5-9])f(?!\w)", read_furlongs),
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
        # "2m 4f"
        Rule("distance", tied, rf"{SCORE_START_PATTERN}(?P<miles>[1-4])m\s?(?P<furlongs>[1-7])f(?!\w)", read_distance),
    )
