"""Pictures by the number of their lines ("1080p", but in a shop "1440p" is pence), and the cards that draw them."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, near

# Nothing else is written so.
_SURE = frozenset(("720", "1080", "2160"))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for resolutions and graphics cards."""
    del variety  # they are read alike everywhere
    lines = "240|360|480|540|576|720|900|1080|1440|2160|4320"
    return (
        Rule("resolution", frozenset({TIED}), rf"(?<![\w.,$£€])(?P<lines>{lines})(?P<scan>[pi])(?!\w)", _read),
        Rule(
            "graphics card",
            frozenset({NUMBER}),
            r"(?<![\w.,$£€])\d{4}(?=\s(?:XTX?|Ti)\b)",
            lambda match: say(match, english_numerals.pairs(int(match.group()))),
        ),
    )


def _read(match: re.Match[str]) -> Parts | None:
    if match["lines"] not in _SURE and not near("screens", match):
        return None
    return say(match, f"{english_numerals.pairs(int(match['lines']))} {match['scan'].upper()}")
