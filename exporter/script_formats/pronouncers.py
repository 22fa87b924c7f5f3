"""Pronouncers: written text with the spoken words beside each span that is not read as written.

``On {Aug.|August} {8|eighth}, {375,000|three hundred seventy-five thousand} people`` is both forms at once, and a
person can edit it. A slash between spaces is a breath: it divides a line into utterances. A backslash before such a
mark makes it an ordinary character.
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
"""Name of the rule behind readings that a pronouncer gives."""

BREATH_MARK = " / "
"""What stands between two utterances of one line."""

_PRONOUNCER = re.compile(r"\\([\\{|}/(])|\{((?:[^\\{|}]|\\.)*)\|((?:[^\\{|}]|\\.)*)\}")
_BREATH = re.compile(r"(?<=\s)/(?=\s)")
_BRACE = re.compile(r"[{}].*", re.DOTALL)
_SPECIAL_CHAR = re.compile(r"[\\{|}]")
# Beside these, in text that is read as written: a slash that would be a breath, and what would be a pause.
_SPECIAL_TEXT = re.compile(r"[\\{|}]|(?<!\S)/(?!\S)|\((?=\s*pause\b)", re.IGNORECASE)
_ESCAPED_CHAR = re.compile(r"\\(.)", re.DOTALL)


class PronouncedSpan(msgspec.Struct, frozen=True):
    """A span of written text and how it is said; None if it is read as written."""

    written: str
    spoken: str | None = None


def split_utterance(say: Say, language: str) -> list[PronouncedSpan]:
    """Split an utterance into spans that are read as written and spans that are not.

    The spans are read back to the same words; if no division does that, the whole utterance is one span.
    """
    fine = list(_divide_by_words(say))
    for spans in (list(_join_touching(fine)), fine):
        spoken = read_spans(spans, say.language or language)
        if (spoken.text, spoken.words) == (say.spoken, say.words):
            return spans
    return [PronouncedSpan(say.written, say.spoken)]


def find_stray_brace(text: str) -> str:
    """Return the rest of a line from a brace on that belongs to no pronouncer; empty if there is none."""
    match = _BRACE.search(_PRONOUNCER.sub("", text))
    return match[0] if match else ""


def mask_pronouncers(text: str) -> str:
    """Return text of the same length in which pronouncers and what a backslash protects are no cues."""
    return _PRONOUNCER.sub(lambda match: "x" * len(match[0]), text)


def divide_marks(text: str) -> Iterator[tuple[str, bool]]:
    """Divide a line into what is read out and the marks around it, with the written forms (second value True)."""
    at = 0
    for match in _PRONOUNCER.finditer(text):
        if match[1] or not match[3]:
            continue
        yield text[at : match.start()], False
        yield text[match.start() : match.start(3)], True
        yield match[3], False
        yield text[match.end(3) : match.end()], True
        at = match.end()
    yield text[at:], False


def split_breaths(text: str) -> list[str]:
    """Split a line into its utterances, at the breath marks outside pronouncers."""
    places = [0]
    for match in _BREATH.finditer(mask_pronouncers(text)):
        places += match.span()
    pieces = (text[start:end].strip() for start, end in zip(places[::2], [*places[1::2], len(text)], strict=True))
    return [piece for piece in pieces if piece]


def read_spans(spans: list[PronouncedSpan], language: str) -> Spoken:
    """Return spans in spoken words: by their pronouncers first, the rest by the rules.

    A pronouncer that says what the rules say is ignored: the rules align its words more finely.
    """
    normalize = load_normalizer(language)
    text = "".join(span.written for span in spans)
    by_rules = normalize(text).readings
    readings: list[Reading] = []
    at = 0
    for span in spans:
        end = at + len(span.written)
        if span.spoken is not None and span.spoken != overrides.say_span(text, at, end, by_rules):
            readings.append(overrides.make_reading(at, end, span.spoken, PRONOUNCER_RULE))
        at = end
    return overrides.read_with_overrides(text, readings, normalize)


def _join_touching(spans: Iterable[PronouncedSpan]) -> Iterator[PronouncedSpan]:
    """Join pronouncers that touch: "$3.5 million" is said as a whole."""
    last: PronouncedSpan | None = None
    for span in spans:
        if last is not None and last.spoken is not None and span.spoken is not None:
            last = PronouncedSpan(last.written + span.written, f"{last.spoken} {span.spoken}")
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def write_spans(spans: list[PronouncedSpan]) -> str:
    """Write spans as text with pronouncers."""
    return "".join(
        _SPECIAL_TEXT.sub(_put_backslash, span.written)
        if span.spoken is None
        else f"{{{_escape_marks(span.written)}|{_escape_marks(span.spoken)}}}"
        for span in spans
    )


def parse_spans(text: str) -> list[PronouncedSpan]:
    """Parse text with pronouncers."""
    spans: list[PronouncedSpan] = []
    plain = ""
    at = 0
    for match in _PRONOUNCER.finditer(text):
        plain += text[at : match.start()]
        at = match.end()
        if match[1]:
            plain += match[1]
            continue
        spans += [PronouncedSpan(plain)] if plain else []
        plain = ""
        spans.append(PronouncedSpan(_ESCAPED_CHAR.sub(r"\1", match[2]), _ESCAPED_CHAR.sub(r"\1", match[3])))
    plain += text[at:]
    return [*spans, PronouncedSpan(plain)] if plain else spans


def _escape_marks(text: str) -> str:
    return _SPECIAL_CHAR.sub(_put_backslash, text)


def _put_backslash(match: re.Match[str]) -> str:
    return "\\" + match[0]


def _count_common_prefix(one: str, other: str) -> int:
    """Return the length of the common beginning of two texts."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


_AlignedSpan = tuple[int, int, int, int]
"""A written span (start, end) and the spoken span that says it."""


def _divide_by_words(say: Say) -> Iterator[PronouncedSpan]:
    """Yield the spans of an utterance from left to right; those said as written have no pronouncer."""
    plain = ""
    pair: PronouncedSpan | None = None
    for written, spoken, silent in _align_stretches(say):
        if not written and silent:
            # A space between two readings is added again when they are read; a comma belongs to the words before it.
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
    """Yield aligned written and spoken text: groups of words, and the text between them (third value True)."""
    at_written = at_spoken = 0
    for start, end, begin, stop in _group_words(say):
        yield from _split_silent(say.written[at_written:start], say.spoken[at_spoken:begin])
        yield say.written[start:end], say.spoken[begin:stop], False
        at_written, at_spoken = end, stop
    yield from _split_silent(say.written[at_written:], say.spoken[at_spoken:])


def _split_silent(written: str, spoken: str) -> Iterator[tuple[str, str, bool]]:
    """Split the text between words into a common beginning, what differs, and a common ending."""
    head = _count_common_prefix(written, spoken)
    tail = _count_common_prefix(written[head:][::-1], spoken[head:][::-1])
    yield written[:head], written[:head], True
    yield written[head : len(written) - tail], spoken[head : len(spoken) - tail], True
    yield written[len(written) - tail :], written[len(written) - tail :], True


def _group_words(say: Say) -> list[_AlignedSpan]:
    """Group the words that stand for the same written characters, in aligned spans."""
    aligned: list[_AlignedSpan] = []
    place = 0
    for word in say.words:
        begin = say.spoken.find(word.text, place)
        if begin < 0:
            continue
        place = begin + len(word.text)
        aligned_span = (word.start, word.end, begin, place)
        if aligned and word.start < aligned[-1][1]:
            aligned_span = _join_overlapping(say, aligned.pop(), aligned_span)
        aligned.append(aligned_span)
    return aligned


def _join_overlapping(say: Say, aligned_span: _AlignedSpan, other: _AlignedSpan) -> _AlignedSpan:
    """Join two spans that overlap: "eight hundred | thirty-mile" is "830", and "-mile" is read as written."""
    start, end, begin, _ = aligned_span
    first, last, _, stop = other
    head, tail = say.written[start:first], say.written[end:last]
    if head and say.spoken.startswith(head, begin):
        start, begin = first, begin + len(head)
    if tail and say.spoken.endswith(tail, begin, stop):
        return start, end, begin, stop - len(tail)
    return start, max(end, last), begin, stop
