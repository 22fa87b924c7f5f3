"""Numbers that name something, read in pairs or digit by digit: registrations, cards, roads, area code 718."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, CODE, LETTER, NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import (
    Variety,
    spell_letters,
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for identifiers."""
    del variety  # the same in all varieties
    return (
        # The registration of an aircraft or a car: "tail number N305DN".
        Rule(
            "registration",
            frozenset({CODE, LETTER, CAPITALS, NUMBER}),
            r"(?<=[rndse.]\s)(?:(?<=\btail\snumber\s)|(?<=\bregistration\s)|(?<=\bregistered\s)|(?<=\bregistered\sas\s)|(?<=\breg\.\s)|(?<=\bregistration\snumber\s)"
            r"|(?<=\bplate\s)|(?<=\blicense\splate\s))(?=[A-Z0-9]{0,7}-?\d|[A-Z]{1,2}-[A-Z]{3,4}\b)(?!\d{1,4}(?![\w-]))[A-Z0-9]{1,7}(?:[-\s][A-Z0-9]{2,5})?(?!\w)",
            read_registration,
        ),
        # The number of a vehicle: 17 letters and digits without I, O and Q.
        Rule(
            "registration",
            frozenset({CODE, CAPITALS, TIED}),
            r"(?<![\w-])(?=(?:[A-Z]{0,8}\d){4})(?=\d{0,6}[A-Z])[A-HJ-NPR-Z\d]{17}(?!\w)",
            read_registration,
        ),
        # The end of a card's number: "ending in 4821".
        Rule(
            "card number",
            frozenset({NUMBER}),
            r"(?<=\bending\sin\s)\d{4}(?![\w-]|[.,]\d)|(?<![\w.,/$£€-])(?:\d{4}[\s-]){3}\d{4}(?![\w-]|[.,]\d)",
            lambda match: say(match, ", ".join(map(english_numerals.say_digits, re.findall(r"\d{4}", match.group())))),
        ),
        # "the 405 Freeway"
        Rule(
            "road",
            frozenset({NUMBER}),
            r"(?<![\w.,/$£€-])[1-9]\d\d(?=\s(?:Freeway|Fwy\b|Expressway|Beltway|Toll\sRoad))",
            lambda match: say(match, english_numerals.say_designation(match.group())),
        ),
        # "04417-220": a number that only names something.
        Rule(
            "digits",
            frozenset({TIED}),
            r"(?<![\w.,/:$£€#-])0\d{1,8}-\d{1,9}(?!\w)",
            lambda match: say(match, english_numerals.say_digits(match.group())),
        ),
        # "area codes 718 and 347"
        Rule(
            "area code",
            frozenset({NUMBER}),
            r"(?=\d{3}(?!\d))(?:(?<=\b[Aa]rea\scode\s)|(?<=\b[Aa]rea\scodes\s)|(?<=\b[Aa]rea\scode\s\()|(?<=\b[Aa]rea\scodes\s\d{3}\sand\s)|(?<=\b[Aa]rea\scodes\s\d{3},\s))\d{3}(?![\w-]|[.,]\d)"
            r"|(?<!\w)[2-9]\d\d(?=\sarea\scodes?\b)",
            lambda match: say(match, english_numerals.say_digits(match.group())),
        ),
    )


def read_registration(match: re.Match[str]) -> Parts:
    """Read letters and digits one by one."""
    pieces = re.findall(r"[A-Z]+|\d+", match.group())
    return say(
        match,
        " ".join(english_numerals.say_digits(piece) if piece.isdecimal() else spell_letters(piece) for piece in pieces),
    )
