"""Single signs: what is said for them (&, @, §, %, /), and those that are never said."""

from __future__ import annotations

import re
import unicodedata

from exporter.normalize import NUMERIC, OTHER, Parts, Rule, say
from exporter.normalize.english.grammar import SIGNS, Variety
from exporter.normalize.tables import table

# Markup that has lost its meaning, marks of trade, and characters without a shape.
_SILENT = "*_#^`|{}\\®™•·¶†‡~<>\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u20e3\ufe0e\ufe0f\ufeff\ufffc"

_SIZE = re.compile(r"\d\+?\s?[A-Za-z]{1,5}\Z")


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for signs."""
    signs: dict[str, str] = table("en", "symbols")["signs"]

    def read_sign(match: re.Match[str]) -> Parts:
        return say(match, signs[match["sign"]])

    def read_figure(match: re.Match[str]) -> Parts | None:
        value = unicodedata.numeric(match.group(), None)
        return say(match, variety.cardinal(int(value))) if value is not None and value == int(value) else None

    def read_other(match: re.Match[str]) -> Parts | None:
        """Leave out a symbol that nothing else reads: an arrow, a box."""
        silent = unicodedata.category(match["sign"])[0] == "S" and match["sign"] not in SIGNS
        return say(match, "") if silent else None

    def read_words(match: re.Match[str]) -> Parts | None:
        """Leave the slash between words out; what is no sentence but only words and slashes is a path."""
        return say(match, " ") if " " in match.string.strip() else None

    def read_sizes(match: re.Match[str]) -> Parts | None:
        """Leave it out between two sizes: 8GB/256GB."""
        return say(match, ", ") if _SIZE.search(match.string, max(0, match.start() - 8), match.start()) else None

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
        Rule("slash", frozenset("/"), r"(?<=\w)(?<!\b[ru])/(?=[A-Z]|[$£€¥]\s?\d)|(?<=\b[ECMP]T)/(?=\d)", lambda match: say(match, ", ")),
        Rule("slash", frozenset("/"), r"(?<=[^\W_]{2})/(?=[^\W\d_]{2}|\d{1,3}-[a-z])", read_words),
        Rule("slash", frozenset("/"), r"(?<=[a-zA-Z])/(?=\d)", read_sizes),
        Rule("slash", frozenset("/"), r"(?<=\d\.\d)/(?=\d{1,2}\.\d)", lambda match: say(match, ",")),
        Rule("slash", frozenset("/"), r"(?<=\w)/(?=\w)", lambda match: say(match, "slash")),
        Rule("slash", frozenset("/"), r"(?<=\w)/(?=\s)", lambda match: say(match, ",")),
        Rule("slash", frozenset("/"), r"/(?P<more>/*+)", lambda match: say(match, " ")),
        Rule("sign", frozenset("¶"), r"¶{1,2}(?=\s?\d)", lambda match: say(match, "paragraph")),
        Rule("silent", frozenset({OTHER}), r"(?P<sign>[^\w\s])(?P=sign)*+", read_other),
        Rule("figure", frozenset({NUMERIC}), ".", read_figure),
        Rule(
            "silent",
            frozenset(_SILENT),
            rf"(?![~<>]\s?\d)(?P<sign>[{re.escape(_SILENT)}])(?P=sign)*+",
            lambda match: say(match, ""),
        ),
    )
