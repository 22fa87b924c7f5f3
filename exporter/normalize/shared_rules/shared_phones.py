"""Telephone numbers, said group by group."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, Parts, Rule, say
from exporter.normalize.languages.language import Language
from exporter.script import Word

_COUNTRY_CODE = r"(?:(?P<plus>\+)(?P<country>\d{2,3})[\s.-]?(?:\(0\))?)"
_INTERNATIONAL_NUMBER = rf"{_COUNTRY_CODE}(?P<rest>\d{{1,4}}(?:[ ./-]?\d{{2,4}}){{2,4}})"

_MAX_INTRODUCTION_CHARS = 24  # searched for the words that introduce an emergency number
_NO_DATE = r"(?!\d\d?[./-]\d\d?[./-](?:19|20)\d\d(?!\d))"


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for telephone numbers."""

    def read(match: re.Match[str]) -> Parts:
        spans = [found.span() for found in re.finditer(r"\d+", match["rest"])]
        start = match.start("rest")
        parts = [
            Word(language.say_phone_group(match["rest"][first:last]), start + first, start + last)
            for first, last in spans
        ]
        if match.groupdict().get("plus"):
            country = f"{language.words['plus']} {language.say_cardinal(int(match['country']))}"
            parts = [Word(country, match.start(), match.end("country")), *parts]
        else:
            parts[0] = Word(parts[0].text, match.start(), parts[0].end)  # with a bracket before it
        return (*(Word(f"{part.text},", part.start, part.end) for part in parts[:-1]), parts[-1])

    emergency_before = re.compile(language.find_pattern("before_emergency"))

    def read_emergency(match: re.Match[str]) -> Parts | None:
        """Read an emergency number digit by digit, after words that introduce one."""
        before = match.string[max(0, match.start() - _MAX_INTRODUCTION_CHARS) : match.start()]
        return say(match, language.say_digits(match.group())) if emergency_before.search(before) else None

    edge, end = r"(?<![\w.,/-])", r"(?![\w/-]|[.,]\d|\s\d)"

    def read_book_number(match: re.Match[str]) -> Parts:
        return say(match, ", ".join(map(language.say_digits, match.group().split("-"))))

    emergency = rf"{edge}{language.find_pattern('emergency')}(?![\w/-]|[.,]\d|\s\d)(?!\s[A-ZÄÖÜ])"
    return (
        Rule("phone", frozenset({NUMBER}), emergency, read_emergency),
        Rule(
            "phone",
            frozenset({NUMBER}),
            edge + r"(?:97[89](?:-\d{1,7}){4}|(?<=ISSN )\d{4}-\d{3}[\dX])" + end,
            read_book_number,
        ),
        Rule("phone", frozenset({"+"}), edge + _INTERNATIONAL_NUMBER + end, read),
        Rule("phone", frozenset({NUMBER, "("}), edge + _NO_DATE + language.find_pattern("phone") + end, read),
    )
