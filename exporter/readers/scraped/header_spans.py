"""Known spans within the text of a page header: dates, bylines, share words, the title again.

A header that was run together ("World Title By Ann Lee May 3, 2024 Share Print ...") is a row of such spans with short
gaps between them; where the row ends, the article begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from exporter.readers import boilerplate, bylines, publication_dates
from exporter.readers.text_tests import MAX_BYLINE_CHARS, MIN_TITLE_WORDS, is_ideographic_text

MAX_HEADER_CHARS = 1_500
"""Characters of a piece that may belong to a header. Chosen by reading pages; no measurement."""

_SPACES = re.compile(r"\s(?=\S)")
_WORD_OR_DIGIT = re.compile(r"[^\W\d]+|\d(?<![^\W\d].)")  # a fact may begin within a number, not within a word

_LABEL = re.compile(r"[^\W\d_]+:")
"""A label that a colon marks: "Tags:"."""

_MIN_DATE_SHARE = 0.7
"""Share of a line's characters that its date takes, if the line is a date."""

_MIN_TITLE_LETTERS = 12
"""Letters of a title that is looked for; a shorter one may stand in a header by chance, and a word or two in any
sentence."""


class HeaderSpan(msgspec.Struct, frozen=True):
    """A stretch of a header and its kind; `moment` is set for a date, `names` for a byline."""

    start: int
    end: int
    kind: Literal["date", "byline", "words", "title"]
    moment: publication_dates.Moment | None = None
    names: tuple[str, ...] = ()


def find_spans(text: str, title: str, day_first: bool = False) -> tuple[HeaderSpan, ...]:
    """Return the known spans of a text in order, without overlaps; `day_first` reads 3/4 as the 3rd of April."""
    text = text[:MAX_HEADER_CHARS]
    moments = {moment.start: moment for moment in publication_dates.find_dates(text, day_first)}
    long = len(title.split()) >= MIN_TITLE_WORDS or is_ideographic_text(title)
    letters = "".join(filter(str.isalnum, title)) if long else ""
    found: list[HeaderSpan] = []
    end = 0
    for match in _WORD_OR_DIGIT.finditer(text):
        start = match.start()
        if start < end:
            continue
        span = _match_span(text, start, letters, moments)
        if span:
            found.append(span)
            end = span.end
    return tuple(found)


@lru_cache(maxsize=1024)  # several steps ask of the same lines
def is_fact(text: str) -> bool:
    """Whether a line is a byline or a date, or both."""
    if len(text) > MAX_BYLINE_CHARS:
        return False
    moment = publication_dates.find_date(text)
    if moment and moment.end - moment.start > len(text) * _MIN_DATE_SHARE:
        return True
    return bool(bylines.parse_byline(text[: moment.start].rstrip(" ,|·•-–—") if moment else text))


def _match_span(text: str, start: int, letters: str, moments: dict[int, publication_dates.Moment]) -> HeaderSpan | None:
    """Return the span that begins at a place, or None."""
    if size := _measure_title(text, start, letters):
        return HeaderSpan(start, start + size, "title")
    if moment := moments.get(start):
        return HeaderSpan(start, moment.end, "date", moment=moment)
    for end in _find_byline_ends(text, start, moments):
        if names := bylines.parse_byline(text[start:end].rstrip(" \t|·•⋅/,;:-–—")):
            return HeaderSpan(start, end, "byline", names=names)
    if (text[start].isupper() or text[start].isdigit()) and (size := boilerplate.measure_phrase(text, start)):
        return HeaderSpan(start, start + size, "words")
    return None


def _measure_title(text: str, start: int, letters: str) -> int:
    """Return the length of the title, given by its letters, at this place; 0 if it is not there."""
    if len(letters) < _MIN_TITLE_LETTERS or text[start] != letters[0]:
        return 0
    at, matched = start, 0
    while matched < len(letters):
        if at == len(text):
            return 0
        if text[at].isalnum():
            if text[at] != letters[matched]:
                return 0
            matched += 1
        at += 1
    while at < len(text) and text[at] in ".?!\"'”’»":
        at += 1
    return at - start


def _find_byline_ends(text: str, start: int, moments: dict[int, publication_dates.Moment]) -> Iterator[int]:
    """Yield where a byline that begins here may end: before a date, a share word or a label, or with the text."""
    if not bylines.has_lead_at(text, start):
        return
    limit = min(len(text), start + MAX_BYLINE_CHARS)
    for match in _SPACES.finditer(text, start + 3, limit):
        at = match.end()
        capital = text[at].isupper() and (boilerplate.measure_phrase(text, at) or _LABEL.match(text, at))
        if at in moments or capital or text[at].isdigit():
            yield match.start()
    if len(text) <= limit:
        yield len(text)


def pair_with_gaps(text: str, found: Sequence[HeaderSpan]) -> Iterator[tuple[str, HeaderSpan]]:
    """Yield each span with the text between it and the span before it."""
    end = 0
    for span in found:
        yield text[end : span.start], span
        end = span.end
