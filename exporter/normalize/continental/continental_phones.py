"""Telephone numbers, said group by group."""

from __future__ import annotations

import re

from exporter.normalize import NUMBER, Parts, Rule
from exporter.normalize.continental.number_words import Verbalizer
from exporter.script import Word

_COUNTRY_CODE = r"(?:(?P<plus>\+)(?P<country>\d{2,3})[\s.-]?(?:\(0\))?)"
_INTERNATIONAL_NUMBER = rf"{_COUNTRY_CODE}(?P<rest>\d{{1,4}}(?:[ ./-]?\d{{2,4}}){{2,4}})"
_MAX_INTRODUCTION_CHARS = 24  # searched for the words that introduce an emergency number
_BEFORE_EMERGENCY_NUMBER = re.compile(
    r"\b(?:Notruf|Notrufnummer|Rufnummer|wählen Sie|unter der|die)\s(?:die\s)?\Z", re.IGNORECASE
)


def rules(verbalizer: Verbalizer) -> tuple[Rule, ...]:
    """Return the rules for telephone numbers."""

    def say_group(figures: str) -> str:
        # French says pairs as numbers, with a leading zero on its own.
        if verbalizer.language == "fr" and len(figures) == 2:
            return verbalizer.say_digits(figures) if figures[0] == "0" else verbalizer.say_cardinal(int(figures))
        return verbalizer.say_digits(figures)

    def read(match: re.Match[str]) -> Parts:
        spans = [found.span() for found in re.finditer(r"\d+", match["rest"])]
        start = match.start("rest")
        parts = [Word(say_group(match["rest"][first:last]), start + first, start + last) for first, last in spans]
        if match.groupdict().get("plus"):
            country = f"{verbalizer.words['plus']} {verbalizer.say_cardinal(int(match['country']))}"
            parts = [Word(country, match.start(), match.end("country")), *parts]
        return (*(Word(f"{part.text},", part.start, part.end) for part in parts[:-1]), parts[-1])

    def read_call(match: re.Match[str]) -> Parts | None:
        """Read a German emergency number digit by digit, after words that introduce one."""
        if not _BEFORE_EMERGENCY_NUMBER.search(
            match.string[max(0, match.start() - _MAX_INTRODUCTION_CHARS) : match.start()]
        ):
            return None
        return (Word(verbalizer.say_digits(match.group()), *match.span()),)

    edge, end = r"(?<![\w.,/-])", r"(?![\w/-]|[.,]\d|\s\d)"
    found = [
        Rule("phone", frozenset({"+"}), edge + _INTERNATIONAL_NUMBER + end, read),
        Rule("phone", frozenset({NUMBER}), edge + verbalizer.find_pattern("phone") + end, read),
    ]
    if verbalizer.language == "de":
        found.append(Rule("phone", frozenset({NUMBER}), rf"{edge}11[0-9]{end}(?!\s[A-ZÄÖÜ])", read_call))
    return tuple(found)
