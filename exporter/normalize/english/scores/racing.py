"""Races of horses: distances in miles, furlongs and yards (2m 4f, 1m 3f 211y), and ages (3YOs)."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import (
    SCORE_START_PATTERN,
    Variety,
    has_context,
    is_attributive,
    is_noun_next,
    say_mixed_number,
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for races of horses."""

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
        # Horses of an age: "3YOs", "4yo+".
        Rule(
            "age",
            tied,
            r"(?<![\w.,/-])(?P<age>\d{1,2})-?(?:YO|yo|Y\.O\.|y\.o\.)(?P<many>s)?(?P<up>\+)?(?!\w)",
            read_age,
        ),
        # "2m 4f"
        Rule(
            "distance",
            tied,
            rf"{SCORE_START_PATTERN}(?P<mile>[1-4])m\s?(?:(?P<furlong>[1-7]½?)f)?(?:\s?(?P<yard>\d{{1,3}})y(?:ds?)?)?(?!\w)",
            read_distance,
        ),
    )
