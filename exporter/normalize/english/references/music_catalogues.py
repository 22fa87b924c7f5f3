"""Numbers of musical works in the catalogue of a composer: "K. 503", "D 960", "BWV 1052", "Hob. XVI:52"."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, LETTER, MIXED, Parts, Rule
from exporter.normalize.english.english_grammar import Variety, has_context, spell_letters
from exporter.normalize.roman_values import parse_roman
from exporter.script import Word

# Catalogues that are nothing else; the others are read near words of music.
_CLEAR_CATALOGUES = frozenset(("BWV", "HWV", "TWV", "WoO", "Hob"))
# Numbers of four digits are read in pairs: "BWV ten sixty-eight".
_PAIRED_DIGITS = 4
_SPOKEN_CATALOGUES = {"Hob": "Hoboken"}


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rule for numbers of musical works."""

    def read_work(match: re.Match[str]) -> Parts | None:
        """Read the catalogue, the group of works if there is one, and the number: "Hoboken sixteen, fifty-two"."""
        catalogue = match["catalogue"]
        if catalogue not in _CLEAR_CATALOGUES and not has_context("compositions", match):
            return None
        said = _SPOKEN_CATALOGUES.get(catalogue) or spell_letters(catalogue.upper())
        if match["group"]:
            group = parse_roman(match["group"])
            if group is None:
                return None
            said += f" {variety.say_cardinal(group)} {match['part'].upper()}".rstrip() + ","
        figures = match["number"]
        number = variety.say_year(int(figures)) if len(figures) == _PAIRED_DIGITS else variety.say_number(figures)
        number = f"{number} {match['version'].upper()}".rstrip()
        return (Word(said, match.start(), match.start("number")), Word(number, match.start("number"), match.end()))

    return (
        Rule(
            "catalogue",
            frozenset({LETTER, CODE, CAPITALS, MIXED, "hob", "kk", "wq", "sz"}),
            r"(?<![\w.'’-])(?P<catalogue>Hob|BWV|HWV|TWV|WoO|KV|Kk|Wq|Sz|RV|[KDL])\.?\s?(?:(?P<group>[IVX]{1,5})(?P<part>[a-h]?):\s?)?"
            r"(?P<number>\d{1,4})(?P<version>[a-f]?)(?![\w%]|[.,/-]\d)",
            read_work,
        ),
    )
