"""Basketball: shots made of shots tried ("8-13 3PT", "5-9 from the field")."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule
from exporter.normalize.english.english_grammar import SCORE_START_PATTERN, Variety
from exporter.script import Word

_SHOT_KINDS = {"3PT": "from three", "3P": "from three", "3FG": "from three", "FG": "field goals", "FT": "free throws"}


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for shots."""

    def read_made(match: re.Match[str]) -> Parts:
        """Read shots made of shots tried: "8-13 3PT"."""
        kind = f" {_SHOT_KINDS[match['kind']]}" if match["kind"] else ""
        return (
            Word(variety.say_number(match["first"]), *match.span("first")),
            Word(f"of {variety.say_number(match['second'])}{kind}", match.end("first"), match.end()),
        )

    kinds = "|".join(_SHOT_KINDS)
    return (
        Rule(
            "made",
            frozenset({TIED}),
            rf"{SCORE_START_PATTERN}(?P<first>\d{{1,3}})[-–](?P<second>\d{{1,3}})(?:\s(?P<kind>{kinds})(?!\w)"
            r"|(?=\sshooting\b|,\s(?:\d\s)?(?:RBIs?|R|2B|3B|HRs?|BB|K|SB)\b|\sfrom\s(?:deep|three|the\s(?:field|line|floor|arc)|3-point)))",
            read_made,
        ),
    )
