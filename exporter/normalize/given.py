"""Readings that somebody gave (a producer, a formula, ruby) come before any rule."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.normalize import Normalizer, Reading, Spoken
from exporter.normalize.engine import assemble
from exporter.script import Word


def reading(start: int, end: int, spoken: str, rule: str) -> Reading:
    """Make the reading of a span as a whole."""
    return Reading(start, end, spoken, rule, parts=(Word(spoken, start, end),))


def read(text: str, given: Sequence[Reading], normal: Normalizer) -> Spoken:
    """Say a text with these readings, which rise and do not overlap, and everything between them as ever."""
    spoken = normal(text)
    if not given:
        return spoken
    free = (other for other in spoken.readings if not any(_meet(other, one) for one in given))
    return assemble(text, sorted((*given, *free), key=lambda reading: (reading.start, reading.end)))


def _meet(one: Reading, other: Reading) -> bool:
    return one.start < other.end and other.start < one.end
