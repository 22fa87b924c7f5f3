"""Overrides: readings from outside the rules (a producer, a formula, ruby), which come before any rule."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice, takewhile

from msgspec.structs import replace

from exporter.normalize import Normalizer, Reading, Spoken
from exporter.normalize.resolver import assemble_spoken
from exporter.script import Word


def make_reading(start: int, end: int, spoken: str, rule: str) -> Reading:
    """Return the reading of a span that is said as a whole."""
    return Reading(start, end, spoken, rule, parts=(Word(spoken, start, end),))


def say_span(text: str, start: int, end: int, readings: Sequence[Reading]) -> str:
    """Return how `text[start:end]` is said by the readings inside it; `readings` rise and do not overlap."""
    first = bisect_left(readings, start, key=lambda one: one.start)
    inside = takewhile(lambda one: one.end <= end, islice(readings, first, None))

    def shift(one: Reading) -> Reading:
        parts = tuple(Word(part.text, part.start - start, part.end - start) for part in one.parts)
        return replace(one, start=one.start - start, end=one.end - start, parts=parts)

    return assemble_spoken(text[start:end], [shift(one) for one in inside]).text


def read_with_overrides(text: str, overrides: Sequence[Reading], normalize: Normalizer) -> Spoken:
    """Return a text in spoken words by these readings, which rise and do not overlap, and the rest by the rules."""
    spoken = normalize(text)
    if not overrides:
        return spoken
    ends = [one.end for one in overrides]

    def is_free(other: Reading) -> bool:
        place = bisect_right(ends, other.start)
        return place == len(overrides) or other.end <= overrides[place].start

    free = filter(is_free, spoken.readings)
    return assemble_spoken(text, sorted((*overrides, *free), key=lambda reading: (reading.start, reading.end)))
