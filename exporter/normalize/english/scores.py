"""Numbers of sport other than scores: countdowns, first and second places, tries ("oh for three")."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import SCORE_END_PATTERN, SCORE_START_PATTERN, Variety


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for countdowns, places and tries."""

    def read_countdown(match: re.Match[str]) -> Parts:
        return say(match, ", ".join(map(variety.say_number, re.split(r"\D", match.group()))))

    tied = frozenset({TIED})
    return (
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
