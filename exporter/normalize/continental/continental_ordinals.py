"""Ordinals in digits: 3.º, 1er, 2e, der 3. Platz."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.continental.number_words import Verbalizer
from exporter.script import Word

_FEMININE_ENDINGS = frozenset(("ª", ".ª", "a", ".a", "ra", ".ra", "re", "ère", "nde"))
_SHORTENED_ENDINGS = frozenset(("er", ".er"))
_SECOND_ENDINGS = frozenset(("nd", "nde", "d", "de"))
_MAX_RAISED_ORDINAL = 20  # above it a raised letter is the sign of degrees; chosen by reading pages, no measurement


def rules(verbalizer: Verbalizer) -> tuple[Rule, ...]:
    """Return the rules for ordinals."""
    return (_make_german_rule(verbalizer),) if verbalizer.language == "de" else (_make_raised_rule(verbalizer),)


def _make_raised_rule(verbalizer: Verbalizer) -> Rule:
    """Return the rule for digits with the ending of the ordinal."""

    def read(match: re.Match[str]) -> Parts | None:
        # "36º" and "-4º" are degrees.
        if match["ending"] == "º" and int(match["number"]) > _MAX_RAISED_ORDINAL:
            return None
        if verbalizer.language == "fr" and match["ending"] in _SECOND_ENDINGS:
            return say(match, "seconde" if match["ending"].endswith("e") else "second")
        said = verbalizer.say_ordinal(int(match["number"]), match["ending"] in _FEMININE_ENDINGS)
        if verbalizer.language == "es" and match["ending"] in _SHORTENED_ENDINGS:
            said = said.removesuffix("o")
        return say(match, said)

    endings = "|".join(map(re.escape, sorted(verbalizer.tables["ordinals"]["endings"].split(), key=len, reverse=True)))
    pattern = rf"(?<![\w.,−-])(?P<number>\d{{1,3}})(?P<ending>{endings})(?!\w)"
    return Rule("ordinal", frozenset({TIED}), pattern, read)


def _make_german_rule(verbalizer: Verbalizer) -> Rule:
    """Return the rule for digits with a dot that does not end the sentence."""

    def read(match: re.Match[str]) -> Parts | None:
        said = verbalizer.inflect_ordinal(int(match["number"]), match.string, match.start())
        # Without an article before it, the dot more likely ends the sentence.
        if said.endswith("r") and not match["same"]:
            return None
        return (Word(said, match.start(), match.end("dot")),)

    pattern = r"(?<![\w.,])(?P<number>\d{1,3})(?P<dot>\.)(?=\s(?:[A-ZÄÖÜ]|(?P<same>[a-zäöü]))|,\s\d{1,2}\.)"
    return Rule("ordinal", frozenset({NUMBER}), pattern, read)
