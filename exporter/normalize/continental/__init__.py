"""Spanish, French and German: one set of rules, the words from each language's tables.

Numbers come from num2words, units from CLDR (Babel), words from ``data/<language>/speech.toml`` and
``abbreviations.toml``. How a language writes dates and times, and what it does to its numbers in a sentence, stands
with the rules: `dates`, `times`, `tongue`. What has no rule here is left to the speech engine.
"""

from __future__ import annotations

from collections.abc import Iterator

from exporter.normalize import Rule
from exporter.normalize.continental import (
    amounts,
    continental_abbreviations,
    continental_codes,
    continental_dates,
    continental_decades,
    continental_fractions,
    continental_initialisms,
    continental_numbers,
    continental_ordinals,
    continental_phones,
    continental_romans,
    continental_times,
    continental_web,
)
from exporter.normalize.continental.number_words import load_verbalizer

_FAMILIES = (
    continental_web,
    continental_phones,
    continental_abbreviations,
    continental_dates,
    continental_times,
    continental_decades,
    continental_fractions,
    continental_ordinals,
    amounts,
    continental_romans,
    continental_codes,
    continental_numbers,
    continental_initialisms,
)


def rules(language: str) -> Iterator[Rule]:
    """Yield every rule of a language that has these tables, in the order in which they are trusted."""
    for family in _FAMILIES:
        yield from family.rules(load_verbalizer(language))
