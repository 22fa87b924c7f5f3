"""Ordinals in figures: 3.º, 1er, 2e, der 3. Platz."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.continental.number_words import Tongue
from exporter.script import Word

_FEMININE = frozenset(("ª", ".ª", "a", ".a", "ra", ".ra", "re", "ère", "nde"))
_SHORT = frozenset(("er", ".er"))
_SECOND = frozenset(("nd", "nde", "d", "de"))
_LARGEST = 20  # above it, a raised letter is taken for the sign of degrees


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rules for ordinals."""
    return (_german(tongue),) if tongue.language == "de" else (_raised(tongue),)


def _raised(tongue: Tongue) -> Rule:
    """Figures with the ending of the word behind them."""

    def read(match: re.Match[str]) -> Parts | None:
        # "36º" and "-4º" are degrees.
        if match["ending"] == "º" and int(match["number"]) > _LARGEST:
            return None
        if tongue.language == "fr" and match["ending"] in _SECOND:
            return say(match, "seconde" if match["ending"].endswith("e") else "second")
        said = tongue.ordinal(int(match["number"]), match["ending"] in _FEMININE)
        if tongue.language == "es" and match["ending"] in _SHORT:
            said = said.removesuffix("o")
        return say(match, said)

    endings = "|".join(map(re.escape, sorted(tongue.tables["ordinals"]["endings"].split(), key=len, reverse=True)))
    pattern = rf"(?<![\w.,−-])(?P<number>\d{{1,3}})(?P<ending>{endings})(?!\w)"
    return Rule("ordinal", frozenset({TIED}), pattern, read)


def _german(tongue: Tongue) -> Rule:
    """Figures with a dot before a noun, or before what is no new sentence."""

    def read(match: re.Match[str]) -> Parts | None:
        said = tongue.inflected(int(match["number"]), match.string, match.start())
        # Without an article the dot is more likely the sentence's.
        if said.endswith("r") and not match["same"]:
            return None
        return (Word(said, match.start(), match.end("dot")),)

    pattern = r"(?<![\w.,])(?P<number>\d{1,3})(?P<dot>\.)(?=\s(?:[A-ZÄÖÜ]|(?P<same>[a-zäöü]))|,\s\d{1,2}\.)"
    return Rule("ordinal", frozenset({NUMBER}), pattern, read)
