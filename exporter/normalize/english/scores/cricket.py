"""Cricket: runs for wickets ("two hundred ten for four"), wickets for runs, and batters who are not out."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule
from exporter.normalize.english.english_grammar import (
    SCORE_START_PATTERN,
    Variety,
    find_word_before,
    has_context,
    is_noun_next,
)
from exporter.script import Word

_BATTER_BEFORE = re.compile(r"[A-Z][a-z]+\s\Z")
# The runs of a batter who is not out.
_NOT_OUT_RUNS = re.compile(r"\d\*")
# Verbs before wickets for runs: "took 5-38".
_BOWLING_VERBS = frozenset("took takes taking take claimed claiming bagged returned".split())
# Characters around a result in which a word of cricket is looked for; chosen by reading reports, no measurement.
_CRICKET_CONTEXT_CHARS = 160
# An innings ends with the tenth wicket.
_MAX_WICKETS = 10
# Before wickets for runs: "figures of 3-103"; before the second of two innings: "282 & 201-7".
_FIGURES_BEFORE = re.compile(r"\bfigures\sof\s\Z")
_INNINGS_BEFORE = re.compile(r"\d\d\s&\s\Z")
_DECLARED_NEXT = re.compile(r"\sdec(?:lared)?\b")
# Of fewer runs a result with a slash looks like a fraction or a rating.
_MIN_CLEAR_RUNS = 100


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for cricket."""

    def played(match: re.Match[str]) -> bool:
        text, start, end = match.string, match.start(), match.end()
        return has_context("cricket", match, _CRICKET_CONTEXT_CHARS) or bool(
            _NOT_OUT_RUNS.search(text, max(0, start - _CRICKET_CONTEXT_CHARS), start)
            or _NOT_OUT_RUNS.search(text, end, end + _CRICKET_CONTEXT_CHARS)
        )

    def read_result(match: re.Match[str]) -> Parts | None:
        fewer, more = sorted((int(match["first"]), int(match["second"])))
        before = match.string[max(0, match.start() - 12) : match.start()]
        bowled = find_word_before(match.string, match.start()) in _BOWLING_VERBS or bool(_FIGURES_BEFORE.search(before))
        if not (fewer <= _MAX_WICKETS and (bowled or more >= _MAX_WICKETS)):
            return None
        # "376/10" and "took 6-88 on" are clear without a word of cricket.
        innings = "/" in match.group() and int(match["first"]) >= _MIN_CLEAR_RUNS and fewer > 1
        figures = bowled and more > _MAX_WICKETS and not is_noun_next(match.string, match.end())
        declared = match["declared"] or _INNINGS_BEFORE.search(before)
        if not (innings or figures or declared or _DECLARED_NEXT.match(match.string, match.end()) or played(match)):
            return None
        return (
            Word(variety.say_number(match["first"]), *match.span("first")),
            Word(
                f"for {variety.say_number(match['second'])}" + (" declared" if match["declared"] else ""),
                match.end("first"),
                match.end(),
            ),
        )

    def read_not_out(match: re.Match[str]) -> Parts | None:
        if not played(match) and not _BATTER_BEFORE.search(match.string, max(0, match.start() - 20), match.start()):
            return None
        return (
            Word(variety.say_number(match["runs"]), *match.span("runs")),
            Word("not out", match.end("runs"), match.end()),
        )

    tied = frozenset({TIED})
    return (
        # "198-4", "took 5-38"
        Rule(
            "cricket",
            tied,
            rf"{SCORE_START_PATTERN}(?P<first>\d{{1,3}})[-–/](?P<second>\d{{1,3}})(?P<declared>d)?"
            r"(?![\w%:/–-]|[.,]\d|\s(?:outsiders?|shots?|chance|odds|fav))",
            read_result,
        ),
        # "87*"
        Rule(
            "cricket",
            tied,
            rf"{SCORE_START_PATTERN}(?P<runs>\d{{1,3}})\*(?![\w*]|\s(?:hotel|resort|luxury))",
            read_not_out,
        ),
    )
