"""The rules of English, the most trusted first."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.normalize import Rule
from exporter.normalize.english.addresses import (
    counties,
    directions,
    file_paths,
    landforms,
    parties,
    social_names,
    states,
    streets,
    web_addresses,
)
from exporter.normalize.english.dates import dates, decades, eras, numeric_dates, weekdays, years
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.english.identifiers import (
    aviation,
    codes,
    designations,
    devices,
    file_numbers,
    identifiers,
    keys,
    phones,
    protocols,
    short_numbers,
    versions,
)
from exporter.normalize.english.measures import angles, lengths, measures, numberless_units
from exporter.normalize.english.money import cents, currencies, finance, money
from exporter.normalize.english.numbers import (
    fractions,
    ordinals,
    percents,
    plain_numbers,
    powers_of_ten,
    ranges,
    romans,
    scales,
)
from exporter.normalize.english.references import citations, journals, law, music_catalogues, note_marks, scripture
from exporter.normalize.english.scores import (
    betting,
    box_scores,
    chess,
    cricket,
    football,
    players,
    racing,
    records,
    tennis,
    tries,
)
from exporter.normalize.english.symbols import chemistry, emoji, music, punctuation, science, symbols
from exporter.normalize.english.times import dotted_times, durations, elapsed_times, military_times, times
from exporter.normalize.english.words import (
    abbreviations,
    censored,
    homographs,
    initialisms,
    names,
    numbered,
    short_forms,
    titles,
)

_FAMILIES = (
    file_paths,
    web_addresses,
    social_names,
    law,
    citations,
    names,
    journals,
    cricket,
    football,
    tennis,
    box_scores,
    players,
    tries,
    betting,
    racing,
    censored,
    note_marks,
    music_catalogues,
    chess,
    music,
    scripture,
    phones,
    short_numbers,
    dates,
    eras,
    numeric_dates,
    weekdays,
    durations,
    elapsed_times,
    times,
    military_times,
    dotted_times,
    designations,
    aviation,
    file_numbers,
    identifiers,
    devices,
    protocols,
    money,
    cents,
    currencies,
    percents,
    decades,
    scales,
    parties,
    states,
    counties,
    directions,
    landforms,
    streets,
    angles,
    powers_of_ten,
    numberless_units,
    measures,
    lengths,
    versions,
    finance,
    keys,
    chemistry,
    science,
    codes,
    titles,
    numbered,
    short_forms,
    abbreviations,
    romans,
    years,
    fractions,
    records,
    ranges,
    initialisms,
    homographs,
    ordinals,
    punctuation,
    symbols,
    plain_numbers,
)


def rules(british: bool, pictures: bool) -> Iterator[Rule]:
    """Yield every rule of English, the most trusted first; `pictures` says whether emoji are read by name."""
    variety = Variety(british)
    yield from emoji.rules(pictures)
    for family in _FAMILIES:
        yield from family.rules(variety)
