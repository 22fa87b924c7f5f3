"""Football: formations ("four three three") and the minutes of goals: (10'), (45+2')."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english.grammar import Variety, near
from exporter.script import Word

_DASH = r"[-–]"
_SCORER = re.compile(r"[A-ZÀ-Þ]\S*\s\([\d+'’′,\s]*\Z")
# Eleven play, and the goalkeeper is not counted.
_PLACED = 10
_NAMED = re.compile(r"[A-ZÀ-Þ][\w'’-]+\.?\s\Z")
_LONGEST = 120


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for football."""

    def read_formation(match: re.Match[str]) -> Parts | None:
        lines = [int(line) for line in re.split(_DASH, match.group())]
        return say(match, " ".join(map(variety.cardinal, lines))) if sum(lines) == _PLACED else None

    def read_minute(match: re.Match[str]) -> Parts | None:
        minute, added = match["minute"], match["added"]
        named = int(minute) <= _LONGEST and _NAMED.search(match.string, max(0, match.start() - 20), match.start())
        if (
            not match["added"]
            and not named
            and not (int(minute) <= _LONGEST and near("goals", match))
            and not _SCORER.search(match.string[max(0, match.start() - 40) : match.start()])
        ):
            return None
        if not added:
            return say(match, f"{variety.ordinal(int(minute))} minute")
        return (
            Word(variety.number(minute), *match.span("minute")),
            Word(f"plus {variety.number(added)}", match.end("minute"), match.end()),
        )

    tied = frozenset({TIED})
    return (
        Rule(
            "formation",
            tied,
            rf"(?<![\w.,/:$£€#–-])(?:[1-6](?:{_DASH}[1-6]){{3}}|[1-6](?:{_DASH}[1-6]){{2}}"
            rf"(?=\s(?:formation|system|shape|set-?up|line-?up|diamond)\b)|(?:(?<=\ba\s)|(?<=[a-z]\s\())[1-6](?:{_DASH}[1-6]){{2}}(?!\s(?:record|start|season|mark|finish|run)\b))(?![\w%:/–-]|[.,]\d)",
            read_formation,
        ),
        Rule(
            "minute",
            tied,
            r"(?:(?<=\w\s\()|(?<=['’′],\s)|(?<=[\w.]\s))(?P<minute>\d{1,3})(?:\+(?P<added>\d{1,2}))?['’′](?![\w'’]|\s(?:tall|high|long|wide|deep|x|by)\b|\s?\d)",
            read_minute,
        ),
    )
