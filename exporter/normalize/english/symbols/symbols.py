"""Single signs: those with words (&, @, §, %) and those that are silent."""

from __future__ import annotations

import re
import unicodedata

from exporter.normalize import NUMERIC, OTHER, Parts, Rule, say
from exporter.normalize.english.english_grammar import RAISED_AND_LOWERED, SIGN_WORDS, Variety
from exporter.normalize.toml_tables import load_table

# Left-over markup, trade marks, and invisible characters.
_SILENT_CHARS = "*_#^`|{}\\®™•·¶†‡~<>\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u20e3\ufe0e\ufe0f\ufeff\ufffc"


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for signs."""
    signs: dict[str, str] = load_table("en", "symbols")["signs"]

    def read_sign(match: re.Match[str]) -> Parts:
        return say(match, signs[match["sign"]])

    def read_figure(match: re.Match[str]) -> Parts | None:
        if match.group().translate(RAISED_AND_LOWERED).isalpha():  # a raised letter
            return say(match, match.group().translate(RAISED_AND_LOWERED))
        value = unicodedata.numeric(match.group(), None)
        return say(match, variety.say_cardinal(int(value))) if value is not None and value == int(value) else None

    def read_other(match: re.Match[str]) -> Parts | None:
        """Leave out a symbol that no other rule reads: an arrow, a box."""
        silent = unicodedata.category(match["sign"])[0] == "S" and match["sign"] not in SIGN_WORDS
        return say(match, "") if silent else None

    return (
        # Signs of the list: "2+", "@ 7:30".
        Rule(
            "sign",
            frozenset(signs),
            rf"(?P<sign>{'|'.join(map(re.escape, signs))})(?:(?<=[$€£¥])(?P=sign)*+)?",
            read_sign,
        ),
        # "FDA# 1204"
        Rule("sign", frozenset("#"), r"(?<=[A-Z]{2})#(?=\s?\d)", lambda match: say(match, " number")),
        # "+/-"
        Rule("sign", frozenset("+"), r"\+/[-−–]", lambda match: say(match, "plus or minus")),
        # The "~" of "~$40m".
        Rule(
            "sign",
            frozenset("~≈<>≤≥"),
            r"(?<![\w)])[~≈<>≤≥](?=\s?[A-Z]{0,2}[$£€¥]\s?\d)",
            lambda match: say(match, SIGN_WORDS[match.group()].strip()),
        ),
        # "¶ 12"
        Rule("sign", frozenset("¶"), r"¶{1,2}(?=\s?\d)", lambda match: say(match, "paragraph")),
        # An arrow, a box: "⌁".
        Rule("silent", frozenset({OTHER}), r"(?P<sign>[^\w\s])(?P=sign)*+", read_other),
        # "MAX_SIZE"
        Rule("silent", frozenset("_"), r"(?<=\w)_(?=\w)", lambda match: say(match, " ")),
        # "C:\\Temp" as far as no path is read.
        Rule("silent", frozenset("\\"), r"(?<=\w)\\(?=\w)", lambda match: say(match, " ")),
        # "Step ①"
        Rule("figure", frozenset({NUMERIC}), ".", read_figure),
        # "*two*"
        Rule(
            "silent",
            frozenset(_SILENT_CHARS),
            rf"(?![~<>]\s?\d)(?P<sign>[{re.escape(_SILENT_CHARS)}])(?P=sign)*+",
            lambda match: say(match, ""),
        ),
    )
