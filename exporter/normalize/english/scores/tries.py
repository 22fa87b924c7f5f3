"""Tries: shots made of shots tried ("8-13 3PT", "89 per cent (42/47)", "25/38, 272 yards"), and "0-for-4"."""

from __future__ import annotations

import re

from exporter.normalize import FOLLOWED, TIED, Parts, Rule, say
from exporter.normalize.english.english_grammar import SCORE_START_PATTERN, Variety
from exporter.script import Word

_SHOT_KINDS = {"3PT": "from three", "3P": "from three", "3FG": "from three", "FG": "field goals", "FT": "free throws"}
# What a batter did besides, behind his hits: "3-5, 2B, 2 RBI".
_BATTING_NEXT_PATTERN = r",\s(?:\d\s)?(?:RBIs?|R|2B|3B|HRs?|BB|K|SB)\b"
# A share before the tries in brackets; greater second numbers are not those of dates and fractions.
_SHARE_BEFORE = re.compile(r"%|\bper\s?cent\b")
_SHARE_REACH = 60
_MAX_DENOMINATOR = 32


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for tries."""

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

    tied = frozenset({TIED})
    return (
        Rule(
            "made",
            tied,
            rf"{SCORE_START_PATTERN}(?P<first>\d{{1,3}})[-–](?P<second>\d{{1,3}})(?:\s(?P<kind>{'|'.join(_SHOT_KINDS)})(?!\w)"
            rf"|(?=\sshooting\b|{_BATTING_NEXT_PATTERN}|\s(?:from|behind|beyond|inside)\s(?:deep|three|long\srange|downtown|3-point|the\s(?:free[-\s]throw\s|foul\s)?(?:field|line|floor|arc|stripe|perimeter))|\son\s(?:the\s(?:power\splay|penalty\skill|man\sadvantage)|3-pointers|threes|3s|free\sthrows|field\sgoals)\b))",
            read_made,
        ),
        Rule(
            "made",
            tied,
            r"(?:(?<=\()(?P<first>\d{1,3})/(?P<second>\d{1,3})(?=\))|(?<![\w.,/])(?P<passes>\d{1,2})/(?P<tries>\d{1,2})(?=,\s\d{1,3}\s(?:yards|yds)\b))",
            read_share,
        ),
        # The "0" of "0-for-4".
        Rule(
            "tries",
            frozenset({FOLLOWED}),
            r"(?<![\w.,-])0(?=-for-\d|\sfor\s\d{1,2}(?!\w|[.,]\d))",
            lambda match: say(match, "oh"),
        ),
    )
