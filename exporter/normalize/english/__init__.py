"""The rules of English, the most trusted first."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.normalize import Rule
from exporter.normalize.english import (
    abbreviations,
    angles,
    basketball,
    bonds,
    censored,
    codes,
    cricket,
    dates,
    decades,
    durations,
    emoji,
    fiscal,
    football,
    fractions,
    homographs,
    identifiers,
    initialisms,
    keys,
    lengths,
    measures,
    money,
    names,
    note_marks,
    ordinals,
    percents,
    phones,
    place_names,
    plain_numbers,
    punctuation,
    racing,
    ranges,
    records,
    romans,
    scales,
    science,
    scores,
    slashes,
    streets,
    symbols,
    tennis,
    times,
    versions,
    web_addresses,
    years,
)
from exporter.normalize.english.english_grammar import Variety

_FAMILIES = (
    web_addresses,
    names,
    cricket,
    football,
    tennis,
    basketball,
    racing,
    note_marks,
    censored,
    phones,
    dates,
    durations,
    times,
    identifiers,
    money,
    percents,
    decades,
    scales,
    place_names,
    streets,
    angles,
    measures,
    lengths,
    versions,
    fiscal,
    keys,
    bonds,
    science,
    codes,
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
    plain_numbers,
)


def rules(british: bool, pictures: bool) -> Iterator[Rule]:
    """Yield every rule of English, the most trusted first; `pictures` says whether emoji are read by name."""
    variety = Variety(british)
    yield from emoji.rules(pictures)
    for family in _FAMILIES:
        yield from family.rules(variety)
