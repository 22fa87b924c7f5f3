"""Single signs: ampersand, at, section, degree, asterisk, slash; and what is not said at all."""

from __future__ import annotations

import re
import unicodedata

from exporter.normalize import NUMERIC, Parts, Rule, say
from exporter.normalize.english.grammar import Variety
from exporter.normalize.tables import table
from exporter.script import Word

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for signs."""
    signs: dict[str, str] = table("en", "symbols")["signs"]

    def read_sign(match: re.Match[str]) -> Parts:
        return say(match, signs[match.group()])

    def silent(match: re.Match[str]) -> Parts:
        return say(match, "")

    def read_note(match: re.Match[str]) -> Parts:
        text, start = match.string, match.start()
        return (Word("", start - (text[start - 1 : start] == " "), match.end()),)

    def read_slash(match: re.Match[str]) -> Parts:
        return say(match, "slash")

    def read_censored(match: re.Match[str]) -> Parts:
        return say(match, "bleep")

    def read_figure(match: re.Match[str]) -> Parts | None:
        value = unicodedata.numeric(match.group(), None)
        return say(match, variety.cardinal(int(value))) if value is not None and value == int(value) else None

    return (
        Rule(
            "note mark",
            frozenset({"[", "†", "‡", "*"}),
            r"(?<=[\w.,;:!?\"”’)\]])(?:\[(?:\d{1,3}(?:[,–-]\s?\d{1,3})*|[a-z]|note \d{1,3}|citation needed)\]|[†‡]|\*{1,3}(?!\w))",
            read_note,
        ),
        Rule(
            "note mark",
            frozenset({NUMERIC}),
            rf"(?:(?<=[^\W\d_]{{4}})|(?<=[.,;:!?\"”’)]))[{_RAISED}]{{1,3}}(?!\w)",
            silent,
        ),
        Rule(
            "censored",
            frozenset({"f", "s", "b", "c", "a", "d", "n", "p", "w", "t", "h", "m"}),
            r"(?<!\w)[A-Za-z]{1,5}(?:\*{2,8}|[-–—_]{3,8})[a-z]{0,4}(?!\w)",
            read_censored,
        ),
        Rule("sign", frozenset(signs), "|".join(map(re.escape, sorted(signs, key=len, reverse=True))), read_sign),
        Rule("slash", frozenset({"/"}), r"(?<=\w)/(?=\w)", read_slash),
        Rule("figure", frozenset({NUMERIC}), ".", read_figure),
        Rule(
            "silent",
            frozenset("*_#^~`|<>{}\\©®™•·°¶†‡"),
            r"(?P<sign>[*_#^`|{}\\®™•·¶†‡])(?P=sign)*+|[~<>](?!\s?\d)",
            silent,
        ),
    )
