"""Verse: short lines in stanzas stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from exporter.readers import boilerplate, text_tests
from exporter.readers.scraped import wrapping
from exporter.readers.scraped.line_breaks import TextLine, measure_break
from exporter.readers.scraped.scraped_page import TextPiece

_MAX_VERSE_LINE_CHARS = 60
"""Characters of a line of verse: longer ones are sentences."""

_MAX_LONG_LINE_SHARE = 0.1
"""Share of lines that may be longer: a note on the poet, the source."""

_MIN_POEM_LINES = 6
"""Lines of a poem."""

_STANZA = 3  # lines of a stanza

_FILLED = 0.75
"""Part of the longest line that lines of verse fill on average at most; a text broken at a width fills nine tenths."""

_ENDED, _FURNISHED = 0.5, 0.1
"""At most so many lines of a poem end a sentence, and so many look like a page's furniture."""


def stanzas(lines: Sequence[TextLine]) -> tuple[TextPiece, ...]:
    """Return a page of verse, a stanza a piece; empty where it is none.

    Verse has short lines only, at least two stanzas of several lines, and blank lines between them.
    """
    lengths = [size for line in lines if (size := len(line.text)) <= _MAX_VERSE_LINE_CHARS]
    if len(lengths) < max(_MIN_POEM_LINES, (1 - _MAX_LONG_LINE_SHARE) * len(lines)) or sum(lengths) > _FILLED * max(
        lengths
    ) * len(lengths):
        return ()
    groups = _groups(lines)
    several = [group for group in groups if len(group) >= _STANZA]
    if len(several) < 2 or sum(map(len, several)) * 2 < len(lines):
        return ()
    ended = sum(text_tests.ends_sentence_or_colon(line.text) for line in lines)
    furnished = sum(bool(boilerplate.classify(line.text)) for line in lines)
    if ended > _ENDED * len(lines) or furnished > _FURNISHED * len(lines):
        return ()
    if wrapping.infer_layout([measure_break(line, after) for line, after in pairwise(lines)], lines).width:
        return ()  # prose in a narrow column
    # What stands above the first stanza is the title and the poet's name, a line each.
    above = () if len(groups[0]) >= _STANZA else groups[0]
    return (*(TextPiece(line.text, gap=line.gap) for line in above), *map(_piece, groups[bool(above) :]))


def _groups(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    starts = 0
    numbered: list[tuple[int, TextLine]] = []
    for line in lines:
        starts += line.gap > 0
        numbered.append((starts, line))
    return [[line for _, line in group] for _, group in groupby(numbered, key=lambda pair: pair[0])]


def _piece(group: Sequence[TextLine]) -> TextPiece:
    text = "\n".join(line.text for line in group)
    return TextPiece(text, kind="verse" if len(group) > 1 else "text", gap=group[0].gap)
