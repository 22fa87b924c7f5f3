"""No rule does more than linear work: patterns look at bounded stretches, and so do the functions that read matches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, SupportsIndex

import pytest

from exporter.normalize import Rule
from exporter.normalize.resolver import RuleNormalizer
from tests.normalize.sweep import LANGUAGES, find_units, list_rules

RULES = {language: list_rules(language) for language in LANGUAGES}
PARSER: Any = vars(re)["_parser"]
# A run of one sign or of digits, which is read as a whole.
RUNS = ("*+", "++")


class CountedText(str):
    """A text that counts the characters of its slices."""

    counted = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        found = super().__getitem__(key)
        self.counted += len(found)
        return found


def iterate_repeats(parsed: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield the repetitions in a parsed pattern: how they are written, and the most they repeat."""
    for operation, arguments in parsed:
        if str(operation).endswith("_REPEAT"):
            yield str(operation), arguments[1]
        yield from iterate_repeats(_list_parts(arguments))


def _list_parts(arguments: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the operations inside the arguments of one."""
    for argument in arguments if isinstance(arguments, list | tuple) else ():
        if isinstance(argument, PARSER.SubPattern):
            yield from argument
        elif isinstance(argument, list | tuple):
            yield from _list_parts(argument)


@pytest.mark.parametrize(
    "rule",
    [pytest.param(rule, id=f"{language}-{rule.name}") for language, rules in RULES.items() for rule in rules],
)
def test_every_repetition_is_bounded(rule: Rule) -> None:
    """Only a possessive repetition, which never goes back, may go on to the end of the line."""
    endless = [kind for kind, most in iterate_repeats(PARSER.parse(rule.pattern)) if most is PARSER.MAXREPEAT]
    assert [kind for kind in endless if kind != "POSSESSIVE_REPEAT"] == []


@pytest.mark.parametrize(("language", "rule", "unit"), list(find_units(per_rule=1)))
def test_reading_a_match_takes_a_bounded_stretch(language: str, rule: str, unit: str) -> None:
    """For twice as many units, the functions of the rules look at about twice as many characters."""
    # Windows of a few hundred characters are full from some units on.
    few, many = (_count_looked_at(language, unit * count) for count in (40, 80))
    assert many <= 2.1 * few + 8_000, rule


def _count_looked_at(language: str, text: str) -> int:
    counted = CountedText(text)
    NORMALIZERS[language]._find_offers(counted)
    return counted.counted


NORMALIZERS = {language: RuleNormalizer(rules) for language, rules in RULES.items()}
