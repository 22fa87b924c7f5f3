"""Tennis: the points of a game ("forty love"), where the words around tell it from a span."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule
from exporter.normalize.english.grammar import Variety, near
from exporter.script import Word

_GAME = re.compile(
    r"\b(?:serv(?:e|es|ed|ing|ice)|break points?|match points?|deuce|tie-?break(?:er)?|(?:fore|back)hand|aces?|Wimbledon"
    r"|Roland Garros|US Open|Australian Open|love|double[- ]fault(?:s|ed)?|baseline)\b"
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for the points of a game of tennis."""

    def read(match: re.Match[str]) -> Parts | None:
        if match["first"] == match["last"] == "0" or not near(_GAME, match):
            return None
        first, last = ("love" if match[name] == "0" else variety.number(match[name]) for name in ("first", "last"))
        return (Word(first, *match.span("first")), Word(last, match.end("first"), match.end()))

    points = r"(?:0|15|30|40)"
    return (
        Rule(
            "points",
            frozenset({TIED}),
            rf"(?<![\w.,/:$£€#–-])(?P<first>{points})[-–](?P<last>{points})(?![\w%:/–-]|[.,]\d|\s(?:percent|minutes|people)\b)",
            read,
        ),
    )
