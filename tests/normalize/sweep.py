"""Units for sweeps over the rules of every language: for each rule, what it reads in the tables of examples."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.normalize import Rule, Spoken, english, shared_rules
from exporter.normalize.normalizers import load_normalizer
from tests.test_normalize import OTHERS, examples

LANGUAGES = ("en-US", "en-GB", "de", "es", "fr", "it", "nl", "pt-BR", "pt-PT")


def list_rules(language: str) -> tuple[Rule, ...]:
    """Return the rules of a language, in their order."""
    if language.startswith("en"):
        return tuple(english.rules(british=language == "en-GB", pictures=True))
    return tuple(shared_rules.rules(language.lower()))


def find_units(per_rule: int) -> Iterator[tuple[str, str, str]]:
    """Yield languages and rules, each with up to so many units: the first words it reads, with a space after them."""
    seen: dict[tuple[str, str], set[str]] = {}
    for table, written, _ in examples():
        language = OTHERS.get(table, "en-US")
        spoken: Spoken = load_normalizer(language)(written)
        for reading in spoken.readings:
            units = seen.setdefault((language, reading.rule), set())
            unit = f"{written[max(0, reading.start - 8) : reading.end]} "
            if len(units) < per_rule and unit not in units:
                units.add(unit)
                yield language, reading.rule, unit
