"""Cricket: runs for wickets ("two hundred ten for four"), a bowler's wickets for runs, and who is not out."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule
from exporter.normalize.english.english_grammar import Variety, before, near
from exporter.script import Word

_BATTER = re.compile(r"[A-Z][a-z]+\s\Z")
# A batter who is not out, at the end of the day.
_NOT_OUT = re.compile(r"\d\*")
# Before a bowler's wickets for runs.
_BOWLED = frozenset("took takes taking take claimed claiming bagged returned".split())
# How far from a result the words of the game stand.
_REACH = 100
_WICKETS = 10


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for cricket."""

    def played(match: re.Match[str]) -> bool:
        return near("cricket", match, _REACH) or bool(
            _NOT_OUT.search(match.string, max(0, match.start() - _REACH), match.end() + _REACH)
        )

    def read_result(match: re.Match[str]) -> Parts | None:
        fewer, more = sorted((int(match["first"]), int(match["second"])))
        bowled = before(match.string, match.start()) in _BOWLED
        if not (fewer <= _WICKETS and (bowled or more > _WICKETS)) or not played(match):
            return None
        return (
            Word(variety.number(match["first"]), *match.span("first")),
            Word(f"for {variety.number(match['second'])}", match.end("first"), match.end()),
        )

    def read_not_out(match: re.Match[str]) -> Parts | None:
        if not played(match) and not _BATTER.search(match.string, max(0, match.start() - 20), match.start()):
            return None
        return (
            Word(variety.number(match["runs"]), *match.span("runs")),
            Word("not out", match.end("runs"), match.end()),
        )

    tied, edge = frozenset({TIED}), r"(?<![\w.,/:$£€#–-])"
    return (
        Rule(
            "cricket",
            tied,
            rf"{edge}(?P<first>\d{{1,3}})[-–/](?P<second>\d{{1,3}})"
            r"(?![\w%:/–-]|[.,]\d|\s(?:outsiders?|shots?|chance|odds|fav))",
            read_result,
        ),
        Rule("cricket", tied, rf"{edge}(?P<runs>\d{{1,3}})\*(?![\w*])", read_not_out),
    )
