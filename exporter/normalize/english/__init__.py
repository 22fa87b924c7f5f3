"""English: its rules, the most trusted first."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.normalize import Rule
from exporter.normalize.english import (
    abbreviations,
    codes,
    dates,
    decades,
    fractions,
    initialisms,
    lengths,
    measures,
    money,
    names,
    numbers,
    ordinals,
    percents,
    phones,
    places,
    ranges,
    romans,
    scales,
    science,
    scores,
    symbols,
    times,
    web,
    years,
)
from exporter.normalize.english.grammar import Variety

_FAMILIES = (
    web,
    names,
    phones,
    dates,
    times,
    money,
    percents,
    decades,
    scales,
    places,
    measures,
    lengths,
    codes,
    science,
    abbreviations,
    romans,
    years,
    fractions,
    scores,
    ranges,
    initialisms,
    ordinals,
    symbols,
    numbers,
)


def rules(british: bool, emoji: bool) -> Iterator[Rule]:
    """Yield every rule of English, in the order in which they are trusted."""
    variety = Variety(british)
    for family in _FAMILIES:
        yield from family.rules(variety)
