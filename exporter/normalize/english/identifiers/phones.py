"""Telephone numbers, and other groups of digits: social security numbers, ISBN."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, spell_letters

# ISBN and ISSN: groups of digits, the last of which may be an X.
_BOOK_NUMBER_PATTERN = r"\d{1,13}(?:[-–\s]\d{1,8}){0,4}(?:[-–\s]?X)?"
_ROUND_THOUSANDS = re.compile(r"\d{1,3}(?:\s\d{3}){0,4}\s\d00")
_CALLING_VERB = re.compile(
    r"\b(?:call|dial|text|phone|ring|hotline|helpline|lifeline|telephone|tel|fax|reach|contact)(?:s|ed|led|ing|ling)?\b",
    re.IGNORECASE,
)
# How near a verb of calling stands before a number that only it tells from a count, and the digits of such a number.
_CALLING_REACH = 40
_MIN_PHONE_DIGITS = 6
_FIGURES = frozenset({NUMBER, "+", "("})
_START_PATTERN = r"(?<![\w.,/$£€-])"
_END_PATTERN = r"(?![\w/]|[-.,]\d)"


class _PhoneReader:
    """Reads groups of digits."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety

    def say_group(self, figures: str) -> str:
        if figures == "X":
            return figures
        if figures in ("800", "900"):
            return self.variety.say_number(figures)
        return english_numerals.say_digits(figures)

    def read_phone(self, match: re.Match[str]) -> Parts:
        groups = re.findall(r"\d+|[A-Z]+", match.group())
        said = [self.say_group(each) if each.isdigit() else _say_keypad_letters(each) for each in groups]
        plus = "plus " if match.group().startswith("+") else ""
        return say(match, plus + ", ".join(said))

    def read_international(self, match: re.Match[str]) -> Parts:
        groups = re.findall(r"\d+", match.group().replace("(0)", " "))
        return say(match, "plus " + ", ".join(map(self.say_group, groups)))

    def read_called(self, match: re.Match[str]) -> Parts | None:
        """Read groups of digits after a verb of calling; a phone number has at least six digits."""
        near = match.string[max(0, match.start() - _CALLING_REACH) : match.start()]
        many = sum(map(str.isdecimal, match.group())) >= _MIN_PHONE_DIGITS
        # "Called 300 000 people" is a count.
        counted = _ROUND_THOUSANDS.fullmatch(match.group())
        return self.read_phone(match) if many and not counted and _CALLING_VERB.search(near) else None

    def read_book_number(self, match: re.Match[str]) -> Parts:
        return say(match, ", ".join(map(self.say_group, re.findall(r"\d+|X", match.group()))))


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for telephone numbers and others in groups of digits."""
    reader = _PhoneReader(variety)
    tied, edge, end = frozenset({TIED}), _START_PATTERN, _END_PATTERN
    return (
        # With an area code: "(212) 555-0147".
        Rule(
            "phone",
            _FIGURES,
            rf"{edge}(?:\+?\d{{1,3}}[-.\s]?)?\(?\d{{3}}\)?(?:[-.\s]{{1,2}}|/)\d{{3}}[-.\s]\d{{4}}(?:-\d{{1,4}})?{end}",
            reader.read_phone,
        ),
        # Without a space: "(555)010-4477".
        Rule(
            "phone",
            _FIGURES,
            rf"{edge}(?:\+?\d{{1,3}}\s?)?\(\d{{3}}\)[-\s]?\d{{3}}[-.\s]\d{{4}}{end}",
            reader.read_phone,
        ),
        # "+47 555 01 02 03"
        Rule("phone", _FIGURES, rf"{edge}\+\d{{1,3}}(?:[-.\s]\(?\d{{1,5}}\)?){{2,5}}{end}", reader.read_phone),
        # "+44 (0)20 7946 0123": the zero is left out from abroad.
        Rule(
            "phone",
            frozenset("+"),
            rf"{edge}\+\d{{1,3}}\s?\(0\)(?:[-.\s]?\d{{2,8}}){{1,5}}{end}",
            reader.read_international,
        ),
        # Australian numbers that are free or cost a local call: "1800 333 000", "13 11 14".
        Rule(
            "phone",
            _FIGURES,
            rf"{edge}1[38]00\s\d{{3}}\s\d{{3}}{end}|{edge}13\s\d\d\s\d\d(?!\s\d){end}",
            reader.read_phone,
        ),
        # "1-800-GO-SOLAR"
        Rule("phone", tied, rf"{edge}1-8\d\d-[A-Z0-9]{{1,7}}(?:-[A-Z0-9]{{1,7}}){{0,3}}(?![\w-])", reader.read_phone),
        # "020 7946 0123"
        Rule("phone", _FIGURES, rf"{edge}0\d{{2,4}}(?:\s\d{{3,4}}\s?|-\d{{3,4}}-)\d{{3,4}}{end}", reader.read_phone),
        # "078-05-1120": a social security number.
        Rule("phone", tied, rf"{edge}\d{{3}}-\d{{2}}-\d{{4}}{end}", reader.read_phone),
        # "0800 1111"
        Rule("phone", _FIGURES, rf"{edge}0\d{{3}}\s\d{{4}}(?!\s\d){end}", reader.read_phone),
        # "ISBN 0-306-40615-X"
        Rule(
            "book number",
            _FIGURES,
            rf"(?:(?:(?<=\bISBN\s)|(?<=\bISBN:\s)|(?<=\bISSN\s)|(?<=\bISBN\sis\s)){_BOOK_NUMBER_PATTERN}"
            rf"|{edge}97[89](?:-\d{{1,7}}){{4}})(?![\w-])",
            reader.read_book_number,
        ),
        # "555-0134"
        Rule("phone", tied, rf"{edge}\d{{3}}-\d{{4}}{end}", reader.read_phone),
        # "call the Samaritans on 116 123", "ring 1300 22 4636"
        Rule("phone", _FIGURES, rf"{edge}\d{{2,5}}(?:[\s-]\d{{2,6}}){{1,4}}{end}", reader.read_called),
        # An area code in brackets: "(04) 801 5000".
        Rule("phone", frozenset("("), rf"(?<!\w)\(0\d{{1,4}}\)(?:\s\d{{3,4}}){{1,2}}{end}", reader.read_phone),
    )


def _say_keypad_letters(letters: str) -> str:
    """Return the words of letters in a phone number: 1-800-GO-FEDEX."""
    return letters if len(letters) > 2 or letters in ("GO", "UP", "IT") else spell_letters(letters)
