"""English: its rules, the most trusted first."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.normalize import Rule
from exporter.normalize.english import (
    abbreviations,
    angles,
    basketball,
    censored,
    codes,
    cricket,
    dates,
    decades,
    emoji,
    fiscal,
    football,
    fractions,
    homographs,
    initialisms,
    lengths,
    measures,
    money,
    names,
    notes,
    numbers,
    ordinals,
    percents,
    phones,
    places,
    punctuation,
    racing,
    ranges,
    romans,
    scales,
    science,
    scores,
    streets,
    symbols,
    tennis,
    times,
    versions,
    web,
    years,
)
from exporter.normalize.english.grammar import Variety

_FAMILIES = (
    web,
    names,
    cricket,
    football,
    tennis,
    basketball,
    racing,
    notes,
    censored,
    phones,
    dates,
    times,
    money,
    percents,
    decades,
    scales,
    places,
    streets,
    angles,
    measures,
    lengths,
    versions,
    fiscal,
    codes,
    science,
    abbreviations,
    romans,
    years,
    fractions,
    scores,
    ranges,
    initialisms,
    homographs,
    ordinals,
    punctuation,
    symbols,
    numbers,
)


def rules(british: bool, pictures: bool) -> Iterator[Rule]:
    """Yield every rule of English, in the order in which they are trusted; `pictures` is whether emoji are named."""
    variety = Variety(british)
    yield from emoji.rules(pictures)
    for family in _FAMILIES:
        yield from family.rules(variety)
