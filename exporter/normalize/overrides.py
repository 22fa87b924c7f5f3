"""Readings that somebody gave (a producer, a formula, ruby) come before any rule."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice, takewhile

from msgspec.structs import replace

from exporter.normalize import Normalizer, Reading, Spoken
from exporter.normalize.resolver import assemble_spoken
from exporter.script import Word


def make_reading(start: int, end: int, spoken: str, rule: str) -> Reading:
    """Make the reading of a span as a whole."""
    return Reading(start, end, spoken, rule, parts=(Word(spoken, start, end),))


def say_span(text: str, start: int, end: int, readings: Sequence[Reading]) -> str:
    """How `text[start:end]` is said by those of its readings that lie within; they rise and do not overlap."""
    first = bisect_left(readings, start, key=lambda one: one.start)
    inside = takewhile(lambda one: one.end <= end, islice(readings, first, None))

    def moved(one: Reading) -> Reading:
        parts = tuple(Word(part.text, part.start - start, part.end - start) for part in one.parts)
        return replace(one, start=one.start - start, end=one.end - start, parts=parts)

    return assemble_spoken(text[start:end], [moved(one) for one in inside]).text


def read_with_overrides(text: str, given: Sequence[Reading], normal: Normalizer) -> Spoken:
    """Say a text with these readings, which rise and do not overlap, and everything between them as ever."""
    spoken = normal(text)
    if not given:
        return spoken
    ends = [one.end for one in given]

    def is_free(other: Reading) -> bool:
        place = bisect_right(ends, other.start)
        return place == len(given) or other.end <= given[place].start

    free = filter(is_free, spoken.readings)
    return assemble_spoken(text, sorted((*given, *free), key=lambda reading: (reading.start, reading.end)))
