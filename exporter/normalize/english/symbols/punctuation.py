"""Dashes and slashes between words.

Dashes become one dash, at which speech engines pause. A slash is a pause between names and sizes, silent between words,
"per" before a period, else "slash".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety

_SIZE_BEFORE = re.compile(r"\d\+?[\s-]?°?[A-Za-z]{1,5}\Z")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for dashes and slashes."""
    del variety  # the same in all varieties

    def read_words(match: re.Match[str]) -> Parts | None:
        """Leave out the slash between words; a text without spaces is a path."""
        return say(match, " ") if " " in match.string.strip() else None

    def read_sizes(match: re.Match[str]) -> Parts | None:
        """Pause between two sizes: 8GB/256GB."""
        return say(match, ", ") if _SIZE_BEFORE.search(match.string, max(0, match.start() - 8), match.start()) else None

    def read_pause(match: re.Match[str]) -> Parts:
        return say(match, ", ")

    return (
        # "Then -- suddenly"
        Rule(
            "dash",
            frozenset("-"),
            r"(?<=\s)--?-?(?=\s)|(?<=[^\s-])--(?=[^\s-])|(?<=[a-z]\s)--(?=[a-z]{1,20}\s)|(?<=[a-z,])--(?=\s)",
            lambda match: say(match, "—"),
        ),
        # "The vote – her third"
        Rule("dash", frozenset("–―"), r"(?<=\s)[–―](?=\s)", lambda match: say(match, "—")),
        # "poetry / prose"
        Rule("dash", frozenset("/|"), r"(?<=\s)[/|](?=\s)", lambda match: say(match, "—")),
        # "41 mpg city/38 highway".
        _make_slash_rule(r"(?<=\b[a-z]{4})/(?=\d{1,3}\s[a-z])", read_pause),
        _make_slash_rule(r"(?<=[\w%×])/(?=(?:hour|day|night|week|month|year)\b)", lambda match: say(match, "per")),
        # Between names ("AP Photo/Jane Roe"), sums ("$50/£40") and zones ("ET/9 p.m."); but "r/science" is a path.
        _make_slash_rule(r"(?<=\w)(?<!\b[ru])/(?=(?i:gas\smark)|[A-Z]|[$£€¥]\s?\d)|(?<=\b[ECMP]T)/(?=\d)", read_pause),
        _make_slash_rule(r"(?<=[^\W_]{2})/(?=[^\W\d_]{2}|\d{1,3}-[a-z])", read_words),
        _make_slash_rule(r"(?<=[a-zA-Z])/(?=\d)", read_sizes),
        _make_slash_rule(r"(?<=\d\.\d)/(?=\d)|(?<=\d)/(?=\d{1,3}\.\d)", read_pause),
        _make_slash_rule(r"(?<=\w)/(?=\w)", lambda match: say(match, "slash")),
        _make_slash_rule(r"(?<=\w)/(?=\s)", lambda match: say(match, ",")),
        _make_slash_rule(r"(?!(?<=\+)/[-−–])//*+", lambda match: say(match, " ")),
    )


def _make_slash_rule(pattern: str, read: Callable[[re.Match[str]], Parts | None]) -> Rule:
    return Rule("slash", frozenset("/"), pattern, read)
