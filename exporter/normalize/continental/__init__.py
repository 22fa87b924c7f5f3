"""Spanish, French and German: one set of rules, the words from each language's tables.

Numbers come from num2words, units from CLDR (Babel), words from ``data/<language>/speech.toml`` and
``abbreviations.toml``. How a language writes dates and times, and what it does to its numbers in a sentence, stands
with the rules: `dates`, `times`, `tongue`. What has no rule here is left to the speech engine.
"""

from __future__ import annotations

from collections.abc import Iterator

from exporter.normalize import Rule
from exporter.normalize.continental import (
    abbreviations,
    amounts,
    codes,
    dates,
    decades,
    fractions,
    initialisms,
    numbers,
    ordinals,
    phones,
    romans,
    times,
    web,
)
from exporter.normalize.continental.tongue import tongue

_FAMILIES = (
    web,
    phones,
    abbreviations,
    dates,
    times,
    decades,
    fractions,
    ordinals,
    amounts,
    romans,
    codes,
    numbers,
    initialisms,
)


def rules(language: str) -> Iterator[Rule]:
    """Yield every rule of a language that has these tables, in the order in which they are trusted."""
    for family in _FAMILIES:
        yield from family.rules(tongue(language))
