"""Spanish, French and German: one set of rules, with words from the tables of each language.

Numbers come from num2words, units from CLDR (Babel), words from ``data/<language>/speech.toml`` and
``abbreviations.toml``. The patterns of dates and times and the inflection of numbers are in the rules themselves:
`continental_dates`, `continental_times`, `number_words`. The speech engine reads what has no rule.
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
    """Yield all rules of a language that has these tables, the most trusted first."""
    for family in _FAMILIES:
        yield from family.rules(load_verbalizer(language))
