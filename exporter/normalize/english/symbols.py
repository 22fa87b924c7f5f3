"""Single signs: what is said for them (&, @, §, %, /), and those that are never said."""

from __future__ import annotations

import re
import unicodedata

from exporter.normalize import NUMERIC, Parts, Rule, say
from exporter.normalize.english.grammar import SIGNS, Variety
from exporter.normalize.tables import table

# Markup that has lost its meaning, marks of trade, and characters without a shape.
_SILENT = "*_#^`|{}\\®™•·¶†‡~<>\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u20e3\ufe0e\ufe0f\ufeff\ufffc"


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for signs."""
    signs: dict[str, str] = table("en", "symbols")["signs"]

    def read_sign(match: re.Match[str]) -> Parts:
        return say(match, signs[match["sign"]])

    def read_figure(match: re.Match[str]) -> Parts | None:
        value = unicodedata.numeric(match.group(), None)
        return say(match, variety.cardinal(int(value))) if value is not None and value == int(value) else None

    def read_words(match: re.Match[str]) -> Parts | None:
        """Leave the slash between words out; what is no sentence but only words and slashes is a path."""
        return say(match, " ") if " " in match.string.strip() else None

    return (
        Rule(
            "sign",
            frozenset(signs),
            rf"(?P<sign>{'|'.join(map(re.escape, signs))})(?:(?<=[$€£¥])(?P=sign)*+)?",
            read_sign,
        ),
        Rule("sign", frozenset("+"), r"\+/[-−–]", lambda match: say(match, "plus or minus")),
        Rule(
            "slash",
            frozenset("/"),
            r"(?<=[\w%])/(?=(?:hour|day|night|week|month|year)\b)",
            lambda match: say(match, "per"),
        ),
        # Between names ("AP Photo/Jane Roe") it is a breath.
        Rule(
            "sign",
            frozenset("~≈<>≤≥"),
            r"(?<![\w)])[~≈<>≤≥](?=\s?[A-Z]{0,2}[$£€¥]\s?\d)",
            lambda match: say(match, SIGNS[match.group()].strip()),
        ),
        Rule("slash", frozenset("/"), r"(?<=\w)/(?=[A-Z]|[$£€¥]\s?\d)", lambda match: say(match, ", ")),
        Rule("slash", frozenset("/"), r"(?<=[^\W_]{2})/(?=[^\W\d_]{2})", read_words),
        Rule("slash", frozenset("/"), r"(?<=\w)/(?=\w)", lambda match: say(match, "slash")),
        Rule("figure", frozenset({NUMERIC}), ".", read_figure),
        Rule(
            "silent",
            frozenset(_SILENT),
            rf"(?![~<>]\s?\d)(?P<sign>[{re.escape(_SILENT)}])(?P=sign)*+",
            lambda match: say(match, ""),
        ),
    )
