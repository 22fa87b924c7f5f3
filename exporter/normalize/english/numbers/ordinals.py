"""Ordinals: 1st, 22nd, 100ths; and plurals of figures: 747s, 10s."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for ordinals and plurals of numbers."""

    def read_ordinal(match: re.Match[str]) -> Parts:
        said = variety.say_ordinal(int(match["number"].replace(",", "")))
        return say(match, f"{said}s" if match["many"] else said)

    def read_plural(match: re.Match[str]) -> Parts:
        number = int(match["number"])
        if number in (100, 1000) and not match["apostrophe"]:
            return say(match, "hundreds" if number == 100 else "thousands")
        said = english_numerals.say_pairs(number) if number > 100 else variety.say_cardinal(number)
        return say(match, f"{said}'s" if match["apostrophe"] else english_numerals.pluralize_number(said))

    return (
        # "2nd", "100ths"
        Rule(
            "ordinal",
            frozenset({TIED}),
            r"(?P<number>\d{1,3}(?:,\d{3}){1,5}|\d{1,12})(?i:(?<!1[1-3])(?:(?<=1)st|(?<=2)nd|(?<=3)rd)|(?:(?<=[04-9])|(?<=1[1-3]))th)(?P<many>s)?(?![^\W_])",
            read_ordinal,
        ),
        # "40,000er"
        Rule(
            "plural",
            frozenset({TIED}),
            r"(?P<number>\d{1,3},000)ers?(?![^\W_])",
            lambda match: say(match, f"{variety.say_number(match['number'])}{match.group()[len(match['number']) :]}"),
        ),
        # "the 747s", "100s of"
        Rule("plural", frozenset({TIED}), r"(?<![.,])(?P<number>\d{1,4})(?P<apostrophe>['’])?s(?![^\W_])", read_plural),
        # The dash of "12th-13th".
        Rule(
            "span",
            frozenset("-–"),
            r"(?<=\dst|\dnd|\drd|\dth)[-–](?=\d{1,4}(?:st|nd|rd|th)\b)",
            lambda match: say(match, "to"),
        ),
    )
