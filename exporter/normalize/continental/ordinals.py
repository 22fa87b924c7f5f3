"""Ordinals: 3.º, 1er, 2e, der 3. Platz; and Roman numerals of centuries and monarchs."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, MIXED, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.continental.tongue import Tongue
from exporter.normalize.roman import value

_NUMBERED = re.compile(r"\b(?:siglos?|capítulo|Luis|Felipe|Carlos|Alfonso|Juan|Pablo|Benedicto|León|Pío)\s\Z")
_FEMININE = frozenset(("ª", ".ª", "ra", "re", "ère"))


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules for ordinals."""
    if tongue.language == "de":
        return (_german(tongue),)
    return (_raised(tongue), _spanish(tongue) if tongue.language == "es" else _french(tongue))


def _raised(tongue: Tongue) -> Rule:
    """Figures with the ending of the word behind them."""

    def read(match: re.Match[str]) -> Parts:
        said = tongue.ordinal(int(match["number"]))
        if match["ending"] in _FEMININE:
            said = f"{said[:-1]}a" if tongue.language == "es" else said.replace("premier", "première")
        return say(match, said)

    endings = "|".join(map(re.escape, sorted(tongue.tables["ordinals"]["endings"].split(), key=len, reverse=True)))
    pattern = rf"(?<![\w.,])(?P<number>\d{{1,3}})(?P<ending>{endings})(?!\w)"
    return Rule("ordinal", frozenset({TIED}), pattern, read)


def _german(tongue: Tongue) -> Rule:
    """Figures with a dot between an article and a noun."""

    def read(match: re.Match[str]) -> Parts | None:
        before = match.string[max(0, match.start() - 16) : match.start()]
        said = tongue.inflected(int(match["number"]), before)
        # Without an article the dot is more likely the sentence's.
        return None if said.endswith("r") else say(match, said)

    return Rule("ordinal", frozenset({NUMBER}), r"(?<![\w.,])(?P<number>\d{1,3})\.(?=\s[A-ZÄÖÜ])", read)


def _spanish(tongue: Tongue) -> Rule:
    """Centuries and monarchs: ordinals up to ten, as is usual, and cardinals beyond."""

    def read(match: re.Match[str]) -> Parts | None:
        number = value(match.group())
        found = _NUMBERED.search(match.string[max(0, match.start() - 16) : match.start()])
        if number is None or not found:
            return None
        counted = number > 10 or found.group().startswith("siglo")
        return say(match, tongue.cardinal(number) if counted else tongue.ordinal(number))

    return Rule("roman", frozenset({CAPITALS, LETTER}), r"(?<!\w)[IVXLC]{1,8}(?!\w)", read)


def _french(tongue: Tongue) -> Rule:
    """Centuries."""

    def read(match: re.Match[str]) -> Parts | None:
        number = value(match["roman"])
        return say(match, tongue.ordinal(number)) if number else None

    return Rule("roman", frozenset({MIXED, "ve", "xe"}), r"(?<!\w)(?P<roman>[IVX]{1,6})(?:e|ème)(?=\ssiècle)", read)
