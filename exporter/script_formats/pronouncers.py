"""Pronouncers: the written text with how it is said beside what would be read differently.

``On {Aug.|August} {8|eighth}, {375,000|three hundred seventy-five thousand} people`` is both forms at once, and a
person can write it. A backslash takes the meaning of the three marks away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

import msgspec

from exporter.normalize import Reading, Spoken, overrides
from exporter.normalize.normalizers import load_normalizer
from exporter.script import Say

PRONOUNCER_RULE = "pronouncer"

_PRONOUNCER = re.compile(r"\\([\\{|}])|\{((?:[^\\{|}]|\\.)*)\|((?:[^\\{|}]|\\.)*)\}")
_SPECIAL_CHAR = re.compile(r"[\\{|}]")
_ESCAPED_CHAR = re.compile(r"\\(.)", re.DOTALL)


class PronouncedSpan(msgspec.Struct, frozen=True):
    """A stretch of written text, and what is said for it where that differs (None where it does not)."""

    written: str
    spoken: str | None = None


def split_utterance(say: Say, language: str) -> list[PronouncedSpan]:
    """Divide an utterance into what is read as written and what is not; the second form tells all about the first.

    Where no division says exactly the same, the whole utterance is one segment.
    """
    fine = list(_divide_by_words(say))
    for found in (list(_join_touching(fine)), fine):
        known = read_segments(found, say.language or language)
        if (known.text, known.words) == (say.spoken, say.words):
            return found
    return [PronouncedSpan(say.written, say.spoken)]


def read_segments(found: list[PronouncedSpan], language: str) -> Spoken:
    """Say segments: what a person wrote beside the text comes first, the rest is normalized as ever.

    What stands beside the text and would be said anyway changes nothing: the rules know better which word is which.
    """
    normal = load_normalizer(language)
    text = "".join(segment.written for segment in found)
    usual = normal(text).readings
    readings: list[Reading] = []
    at = 0
    for segment in found:
        end = at + len(segment.written)
        if segment.spoken is not None and segment.spoken != overrides.say_span(text, at, end, usual):
            readings.append(overrides.make_reading(at, end, segment.spoken, PRONOUNCER_RULE))
        at = end
    return overrides.read_with_overrides(text, readings, normal)


def _join_touching(found: Iterable[PronouncedSpan]) -> Iterator[PronouncedSpan]:
    """Put pronouncers that touch together: what says "$3.5 million" is said as a whole."""
    last: PronouncedSpan | None = None
    for segment in found:
        if last is not None and last.spoken is not None and segment.spoken is not None:
            last = PronouncedSpan(last.written + segment.written, f"{last.spoken} {segment.spoken}")
            continue
        if last is not None:
            yield last
        last = segment
    if last is not None:
        yield last


def mark_segments(found: list[PronouncedSpan]) -> str:
    """Write segments down."""
    return "".join(
        _escape_marks(segment.written)
        if segment.spoken is None
        else f"{{{_escape_marks(segment.written)}|{_escape_marks(segment.spoken)}}}"
        for segment in found
    )


def parse_segments(text: str) -> list[PronouncedSpan]:
    """Read what `mark_segments` wrote, or a person."""
    found: list[PronouncedSpan] = []
    plain = ""
    at = 0
    for match in _PRONOUNCER.finditer(text):
        plain += text[at : match.start()]
        at = match.end()
        if match[1]:
            plain += match[1]
            continue
        found += [PronouncedSpan(plain)] if plain else []
        plain = ""
        found.append(PronouncedSpan(_ESCAPED_CHAR.sub(r"\1", match[2]), _ESCAPED_CHAR.sub(r"\1", match[3])))
    plain += text[at:]
    return [*found, PronouncedSpan(plain)] if plain else found


def _escape_marks(text: str) -> str:
    return _SPECIAL_CHAR.sub(lambda match: "\\" + match[0], text)


def _count_common_prefix(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


_Tie = tuple[int, int, int, int]
"""A written span and the spoken span that says it."""


def _divide_by_words(say: Say) -> Iterator[PronouncedSpan]:
    """Go along the words: equal stretches stay, others become pairs."""
    plain = ""
    pair: PronouncedSpan | None = None
    for written, spoken, silent in _align_stretches(say):
        if not written and silent:
            # A space that only keeps two readings apart comes back by itself; a comma goes with the words before it.
            if pair and spoken.strip():
                pair = PronouncedSpan(pair.written, f"{pair.spoken}{spoken}")
        elif written == spoken:
            if pair:
                yield pair
                pair = None
            plain += written
        else:
            if pair:
                yield pair
            elif plain:
                yield PronouncedSpan(plain)
                plain = ""
            pair = PronouncedSpan(written, spoken)
    if pair:
        yield pair
    if plain:
        yield PronouncedSpan(plain)


def _align_stretches(say: Say) -> Iterator[tuple[str, str, bool]]:
    """Yield written and spoken text in step, the groups of words and what stands between them (`silent`)."""
    at_written = at_spoken = 0
    for start, end, begin, stop in _group_words(say):
        yield from _split_silent(say.written[at_written:start], say.spoken[at_spoken:begin])
        yield say.written[start:end], say.spoken[begin:stop], False
        at_written, at_spoken = end, stop
    yield from _split_silent(say.written[at_written:], say.spoken[at_spoken:])


def _split_silent(written: str, spoken: str) -> Iterator[tuple[str, str, bool]]:
    """Divide what stands between words into what both forms begin with, what differs, and what both end with."""
    head = _count_common_prefix(written, spoken)
    tail = _count_common_prefix(written[head:][::-1], spoken[head:][::-1])
    yield written[:head], written[:head], True
    yield written[head : len(written) - tail], spoken[head : len(spoken) - tail], True
    yield written[len(written) - tail :], written[len(written) - tail :], True


def _group_words(say: Say) -> list[_Tie]:
    """Group the words that stand for the same written characters."""
    ties: list[_Tie] = []
    place = 0
    for word in say.words:
        begin = say.spoken.find(word.text, place)
        if begin < 0:
            continue
        place = begin + len(word.text)
        tie = (word.start, word.end, begin, place)
        if ties and word.start < ties[-1][1]:
            tie = _join_ties(say, ties.pop(), tie)
        ties.append(tie)
    return ties


def _join_ties(say: Say, tie: _Tie, other: _Tie) -> _Tie:
    """Join two ties that overlap: "eight hundred | thirty-mile" is "830" and then "-mile", which is read as written."""
    start, end, begin, _ = tie
    first, last, _, stop = other
    head, tail = say.written[start:first], say.written[end:last]
    if head and say.spoken.startswith(head, begin):
        start, begin = first, begin + len(head)
    if tail and say.spoken.endswith(tail, begin, stop):
        return start, end, begin, stop - len(tail)
    return start, max(end, last), begin, stop
