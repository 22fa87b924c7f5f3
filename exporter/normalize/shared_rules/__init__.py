"""The rules that languages share: each asks the `Language` for words, numbers and agreement, and names no tag.

A language's own rules of a family come before the shared ones. The speech engine reads what has no rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from exporter.normalize import Rule
from exporter.normalize.languages import load_language
from exporter.normalize.shared_rules import (
    amounts,
    bare_units,
    dotted_numbers,
    joined_numbers,
    month_days,
    race_times,
    shared_abbreviations,
    shared_codes,
    shared_coordinates,
    shared_dates,
    shared_durations,
    shared_fractions,
    shared_initialisms,
    shared_numbers,
    shared_ordinals,
    shared_phones,
    shared_romans,
    shared_science,
    shared_signs,
    shared_times,
    shared_web,
    shared_weekdays,
)

_FAMILIES = {
    "web": shared_web,
    "signs": shared_signs,
    "phones": shared_phones,
    "dotted numbers": dotted_numbers,
    "weekdays": shared_weekdays,
    "abbreviations": shared_abbreviations,
    "dates": shared_dates,
    "month days": month_days,
    "coordinates": shared_coordinates,
    "durations": shared_durations,
    "race times": race_times,
    "times": shared_times,
    "science": shared_science,
    "fractions": shared_fractions,
    "ordinals": shared_ordinals,
    "amounts": amounts,
    "bare units": bare_units,
    "romans": shared_romans,
    "codes": shared_codes,
    "joined numbers": joined_numbers,
    "numbers": shared_numbers,
    "initialisms": shared_initialisms,
}


def rules(tag: str) -> Iterator[Rule]:
    """Yield all rules of a language (a BCP 47 tag in lower case) that has a folder, the most trusted first."""
    language = load_language(tag)
    for name, family in _FAMILIES.items():
        yield from language.make_rules(name)
        yield from family.rules(language)
