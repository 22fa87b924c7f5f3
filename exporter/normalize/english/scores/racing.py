"""Racing and betting: the odds of a horse (7/4), a bookmaker's line (+350), distances (2m 4f), ages (3YOs)."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    SCORE_START_PATTERN,
    Variety,
    has_context,
    is_attributive,
    is_noun_next,
    say_mixed_number,
)
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

    def read_distance(match: re.Match[str]) -> Parts | None:
        """Read miles, furlongs and yards, of which the miles and another part must be there."""
        single = is_attributive(match.string, match.start(), match.end())  # "a 2m 4f chase"
        said = [
            f"{say_mixed_number(variety, match[name])} {name}{'' if match[name] == '1' or single else 's'}"
            for name in ("mile", "furlong", "yard")
            if match[name]
        ]
        return say(match, " ".join(said)) if len(said) > 1 else None

    def read_age(match: re.Match[str]) -> Parts:
        older = " and up" if match["up"] else ""
        return say(match, f"{variety.say_number(match['age'])}-year-old{'s' if match['many'] or older else ''}{older}")

    def read_furlongs(match: re.Match[str]) -> Parts | None:
        if match["out"] is None and not has_context("turf", match):
            return None
        single = match["furlongs"] == "1" or is_noun_next(match.string, match.end())
        return say(match, f"{say_mixed_number(variety, match['furlongs'])} {'furlong' if single else 'furlongs'}")

    tied = frozenset({TIED})
    return (
        # "a 6f sprint", "led 2f out"
        Rule(
            "distance",
            tied,
            rf"{SCORE_START_PATTERN}(?P<furlongs>[5-9]½?|[1-9](?=f\sout\b))f(?!\w)(?P<out>(?=\sout\b))?",
            read_furlongs,
        ),
        # "At 9/2 favourite"
        Rule(
            "odds",
            tied,
            rf"{SCORE_START_PATTERN}(?<!\d\s)(?P<first>\d{{1,3}})/(?P<second>[1-9]\d?)(?P<favourite>F(?!\w))?(?P<backed>(?={_BETTING_NEXT_PATTERN}))?"
            r"(?![\w/%]|[.,]\d)(?!\s(?:of|a|an|cup|miles?|furlongs?|lengths?)\b)",
            read_odds,
        ),
        # Horses of an age: "3YOs", "4yo+".
        Rule(
            "age",
            tied,
            r"(?<![\w.,/-])(?P<age>\d{1,2})-?(?:YO|yo|Y\.O\.|y\.o\.)(?P<many>s)?(?P<up>\+)?(?!\w)",
            read_age,
        ),
        # "-110"
        Rule("line", frozenset("+-−"), r"(?<![\w)])[+−-](?P<line>[1-9]\d{2,3})(?![\w%]|[.,:-]\d)", read_line),
        # "2m 4f"
        Rule(
            "distance",
            tied,
            rf"{SCORE_START_PATTERN}(?P<mile>[1-4])m\s?(?:(?P<furlong>[1-7]½?)f)?(?:\s?(?P<yard>\d{{1,3}})y(?:ds?)?)?(?!\w)",
            read_distance,
        ),
    )
