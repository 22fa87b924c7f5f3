"""Rivers, islands and lakes, by one or two letters beside their names: "the Meuse R.", "Block Is.", "L. Erie"."""

from __future__ import annotations

import re

from exporter.normalize import LETTER, Parts, Rule
from exporter.normalize.english.english_grammar import Variety, find_abbreviation_end
from exporter.script import Word

# "the Meuse R." is a river, as opposed to "James R.".
_RIVER_BEFORE = re.compile(r"\b[Tt]he\s(?:[A-Z][\w'’.-]+\s){1,2}\Z")
_NAME_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'’.-]*\s\Z")
# The name before a river's letter: at most two words.
_MAX_NAME_CHARS = 48


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for rivers, islands and lakes."""
    del variety  # the same in all varieties
    return (
        # "the Meuse R."
        _make_landform_rule(LETTER, r"(?<=[a-z.]\s)R\.(?!\w|\s[A-Z])", "River", _RIVER_BEFORE),
        # "the Canary Is."
        _make_landform_rule(
            "is",
            r"(?:(?<=Canary\s)|(?<=Channel\s)|(?<=Aleutian\s)|(?<=Solomon\s)|(?<=Cayman\s)|(?<=Falkland\s)|(?<=Marshall\s)"
            r"|(?<=Faroe\s)|(?<=Virgin\s)|(?<=Shetland\s)|(?<=Orkney\s)|(?<=British\s)|(?<=Cook\s)|(?<=Thousand\s))Is\.",
            "Islands",
        ),
        # "Is. of Wight"
        _make_landform_rule("is", r"(?<![\w.])Is\.(?=\sof\s[A-Z])", "Isle"),
        # "Block Is."
        _make_landform_rule("is", r"(?<=[a-z]\s)Is\.(?=[,;)]|\s[a-z]|\s(?:Sound|Ferry)\b|\Z)", "Island", _NAME_BEFORE),
        # "L. Superior"
        _make_landform_rule(
            LETTER,
            r"(?<![\w.])L\.(?=\s(?:Superior|Erie|Huron|Tahoe|Champlain|Ontario|Okeechobee|Michigan(?!\sAve))\b)",
            "Lake",
        ),
    )


def _make_landform_rule(anchor: str, pattern: str, said: str, before: re.Pattern[str] | None = None) -> Rule:
    """Make the rule for a landform; `before` must match the text before it, None for any text."""

    def read(match: re.Match[str]) -> Parts | None:
        if before and not before.search(match.string[max(0, match.start() - _MAX_NAME_CHARS) : match.start()]):
            return None
        return (Word(said, match.start(), find_abbreviation_end(match.string, match.end())),)

    return Rule("landform", frozenset({anchor}), pattern, read)
