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
    designations,
    durations,
    emoji,
    fiscal,
    football,
    fractions,
    homographs,
    initialisms,
    keys,
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
    records,
    romans,
    scales,
    science,
    scores,
    screens,
    slashes,
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
    durations,
    times,
    screens,
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
    keys,
    designations,
    codes,
    science,
    abbreviations,
    romans,
    years,
    fractions,
    scores,
    records,
    ranges,
    initialisms,
    homographs,
    ordinals,
    punctuation,
    slashes,
    symbols,
    numbers,
)


def rules(british: bool, pictures: bool) -> Iterator[Rule]:
    """Yield every rule of English, in the order in which they are trusted; `pictures` is whether emoji are named."""
    variety = Variety(british)
    yield from emoji.rules(pictures)
    for family in _FAMILIES:
        yield from family.rules(variety)
