"""Verse: the short lines of stanzas are kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from exporter.readers import boilerplate
from exporter.readers.poems import MAX_SENTENCE_ENDS_SHARE, MAX_VERSE_LINE_CHARS, MIN_POEM_LINES
from exporter.readers.scraped import wrapping
from exporter.readers.scraped.line_breaks import TextLine, measure_break
from exporter.readers.scraped.scraped_page import TextPiece
from exporter.readers.text_tests import ends_sentence_or_colon

_MAX_LONG_LINE_SHARE = 0.1
"""Share of lines that may be longer: a note on the poet, the source."""

_MIN_STANZA_LINES = 3
"""Lines of a stanza."""

_MAX_FILLED_SHARE = 0.75
"""Share of the longest line that lines of verse fill on average; lines broken at a width fill nine tenths of it."""

_MAX_BOILERPLATE_SHARE = 0.1
"""Share of a poem's lines that look like boilerplate. Chosen by reading pages; no measurement."""


def find_stanzas(lines: Sequence[TextLine]) -> tuple[TextPiece, ...]:
    """Return the stanzas of a page of verse, each a piece; empty if the page is prose.

    Verse has short lines only, at least two stanzas of several lines, and blank lines between them.
    """
    short = [size for line in lines if (size := len(line.text)) <= MAX_VERSE_LINE_CHARS]
    if len(short) < max(MIN_POEM_LINES, (1 - _MAX_LONG_LINE_SHARE) * len(lines)):
        return ()
    if sum(short) * 2 < sum(len(line.text) for line in lines):
        return ()  # a copied page: more text in its paragraphs than in the lines of its menus
    groups = _split_at_blank_lines(lines)
    stanzas = [group for group in groups if len(group) >= _MIN_STANZA_LINES]
    if len(stanzas) < 2 or sum(map(len, stanzas)) * 2 < len(lines) or _is_prose(lines, short):
        return ()
    # Above the first stanza are the title and the poet's name, a line each.
    above = () if len(groups[0]) >= _MIN_STANZA_LINES else groups[0]
    return (
        *(TextPiece(line.text, line=line.number, gap=line.gap) for line in above),
        *map(_join_stanza, groups[bool(above) :]),
    )


def _is_prose(lines: Sequence[TextLine], lengths: Sequence[int]) -> bool:
    """Whether lines are full, end too many sentences, are boilerplate, or were broken at the width of a column."""
    if sum(lengths) > _MAX_FILLED_SHARE * max(lengths) * len(lengths):
        return True
    ends = sum(ends_sentence_or_colon(line.text) for line in lines)
    marked = sum(bool(boilerplate.classify(line.text)) for line in lines)
    if ends > MAX_SENTENCE_ENDS_SHARE * len(lines) or marked > _MAX_BOILERPLATE_SHARE * len(lines):
        return True
    return wrapping.infer_layout([measure_break(line, after) for line, after in pairwise(lines)], lines).width > 0


def _split_at_blank_lines(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    starts = 0
    numbered: list[tuple[int, TextLine]] = []
    for line in lines:
        starts += line.gap > 0
        numbered.append((starts, line))
    return [[line for _, line in group] for _, group in groupby(numbered, key=lambda pair: pair[0])]


def _join_stanza(group: Sequence[TextLine]) -> TextPiece:
    text = "\n".join(line.text for line in group)
    return TextPiece(text, "verse" if len(group) > 1 else "text", line=group[0].number, gap=group[0].gap)
