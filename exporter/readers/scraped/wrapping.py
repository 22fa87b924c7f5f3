"""Line wrapping undone: lines become paragraphs by the width at which the page's lines were broken.

A scraper breaks lines at a width: each broken line was too full for the first word of the next one. So the width can be
inferred from the lines that certainly go on (no sentence ends, and the next begins with a small letter), and then
decides which others go on. The number of blank lines within a sentence is learnt in the same way: other lines are
joined only over gaps that stand within sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from exporter.errors import Notice
from exporter.readers import boilerplate, photo_credits
from exporter.readers.scraped import header_spans, hyphens
from exporter.readers.scraped.line_breaks import LineBreak, TextLine, measure_break
from exporter.readers.scraped.list_lines import BULLETS
from exporter.readers.scraped.scraped_page import TextPiece
from exporter.readers.text_tests import MAX_LABEL_CHARS, ends_abbreviation, is_ideographic

_MIN_EXPLAINED_SHARE = 0.6
"""Share of the lines that certainly go on that one width must explain."""

_MIN_WIDTH_COLUMNS = 24
"""Columns of the narrowest width; narrower lines are items or verses."""

_MAX_LONGER_SHARE = 0.1
"""Share of all lines that may be longer than the width (addresses, titles)."""

_MIN_BRIDGED_SHARE = 0.2
"""Share of the lines that certainly go on that must have a gap below them, for other lines to be joined over it."""

_MAX_INDENTED_SHARE, _MAX_INDENTED_INSIDE_SHARE = 0.7, 0.05
"""Largest shares of indented lines on a page where an indent begins a paragraph: of all lines, and of those that
certainly go on."""

_MIN_PARTED_RATIO = 2
"""On a page that separates paragraphs by blank lines, so many do for each that ends without one."""

_MIN_FILLED_SHARE = 0.85
"""Share of the width that most broken lines fill, and few bylines and lines of boilerplate."""

_SAMPLE_LINES = 2_000
"""Lines in which sentences are counted."""

_SLACK_COLUMNS = 2
"""Columns that marks at a line's end may exceed the width by."""

_SENTENCE_STOPS = (". ", "? ", "! ", '." ', '?" ', '!" ', ".” ", "?” ", "!” ", ".» ")

_MEAN_WORD_CHARS = 6
"""Characters of a word with its space, on average."""

_MIN_SENTENCE_RATE, _MAX_SENTENCE_RATE = 0.02, 0.2
"""Bounds of the probability that a sentence ends with a word: sentences of 50 and of 5 words."""

_SPACES = re.compile(" {2,}")

_MIN_BROKEN_CHARS = 40
"""Without a known width, only a line of so many characters can have been broken within a sentence."""

_MAX_BRIDGED_GAP = 2
"""Without a known width, so many blank lines may stand within a sentence."""


class Layout(msgspec.Struct, frozen=True):
    """How a page's lines were broken.

    `width` is in columns; 0 means at no width. `gaps` are the numbers of blank lines that may stand within a sentence.
    `parted`: more blank lines than those separate paragraphs. `indented`: a paragraph's first line is indented.
    `inset`: the width counts the indent. `ratio` is the number of lines that go on for each that ends a paragraph,
    `sentence` the probability that a sentence ends with a word.
    """

    width: int = 0
    gaps: frozenset[int] = frozenset()
    parted: bool = False
    indented: bool = False
    inset: bool = False
    ratio: float = 1.0
    sentence: float = 0.05


def join_lines(lines: Sequence[TextLine]) -> tuple[tuple[TextPiece, ...], tuple[Notice, ...]]:
    """Join lines to pieces, one a paragraph; the notice states the width at which the lines had been broken."""
    breaks = [measure_break(line, after) for line, after in pairwise(lines)]
    layout = infer_layout(breaks, lines)
    if layout.inset:
        breaks = _add_indents(breaks)
    speller = hyphens.Speller(line.text for line in lines) if any(place.broken for place in breaks) else None
    pieces: list[TextPiece] = []
    start = 0
    for number in range(1, len(lines) + 1):
        goes_on = number < len(lines) and _continues(lines[number - 1], lines[number], breaks[number - 1], layout)
        ended = number < len(lines) and breaks[number - 1].ends and lines[number - 1].text[-1] != ":"
        if not goes_on or (ended and _is_heading_line(lines[number], breaks, number, layout)):
            pieces.append(_join_piece(lines[start:number], speller))
            start = number
    if len(pieces) == len(lines):
        return tuple(pieces), ()
    how = f"broken at about {layout.width} characters" if layout.width else "broken within sentences"
    return tuple(pieces), (Notice("lines", f"joined: {len(lines)} lines, {how}, are {len(pieces)} paragraphs"),)


def infer_layout(breaks: Sequence[LineBreak], lines: Sequence[TextLine]) -> Layout:
    """Infer the layout of a page from the lines that certainly go on."""
    certain = [place for place in breaks if place.certain]
    if len(certain) < 2:
        return Layout()
    counts = Counter(place.gap for place in certain)
    gaps = frozenset(gap for gap, count in counts.items() if count >= _MIN_BRIDGED_SHARE * len(certain))
    certain = [place for place in certain if place.gap in gaps]
    width = _find_width([place for place in certain if not place.inset] or certain)
    # Typesetters count an indent as a part of the width; scrapers add it afterwards, and then lines are too long.
    inset = not any(place.inset and place.length + place.inset > width for place in breaks)
    if inset:
        breaks, certain = _add_indents(breaks), _add_indents(certain)
    explained = sum(_is_full(place, width) for place in certain)
    if width < _MIN_WIDTH_COLUMNS:
        return Layout()
    longer = sum(len(line.text) > width + _SLACK_COLUMNS for line in lines)
    if explained < _MIN_EXPLAINED_SHARE * len(certain) or longer > _MAX_LONGER_SHARE * len(lines):
        return Layout(gaps=gaps)
    bridged = [place for place in breaks if place.gap in gaps]
    inner = sum(_is_full(place, width) and not place.ends for place in bridged)
    last = sum(not _is_full(place, width) for place in bridged)
    ended = sum(place.ends and not _is_full(place, width) for place in bridged)
    indents = sum(place.indent > 0 for place in bridged)
    inside = sum(place.indent > 0 for place in certain)
    return Layout(
        width=width,
        gaps=gaps,
        parted=len(breaks) - len(bridged) > _MIN_PARTED_RATIO * max(ended, 1),
        indented=0 < indents <= _MAX_INDENTED_SHARE * len(bridged)
        and inside <= _MAX_INDENTED_INSIDE_SHARE * len(certain),
        inset=inset,
        ratio=max(inner, 1) / max(last, 1),
        sentence=_sentence_rate(lines),
    )


def _find_width(certain: Sequence[LineBreak]) -> int:
    """Return the width that most lines agree with: a sweep over their intervals."""
    events = sorted([(place.length, 1) for place in certain] + [(place.needed, -1) for place in certain])
    best = width = agree = 0
    for at, step in events:
        agree += step
        if agree > best:
            best, width = agree, at
    return width


def _add_indents(breaks: Sequence[LineBreak]) -> list[LineBreak]:
    """Return the line breaks with the indents counted as parts of the lines."""
    return [
        msgspec.structs.replace(place, length=place.length + place.inset, needed=place.needed + place.inset)
        if place.inset
        else place
        for place in breaks
    ]


def _sentence_rate(lines: Sequence[TextLine]) -> float:
    """Return the probability that a sentence ends with a word."""
    sample = "\n".join(line.text for line in lines[:_SAMPLE_LINES])
    rate = sum(map(sample.count, _SENTENCE_STOPS)) * _MEAN_WORD_CHARS / len(sample)
    return min(max(rate, _MIN_SENTENCE_RATE), _MAX_SENTENCE_RATE)


def _is_full(place: LineBreak, width: int) -> bool:
    """Whether the next line's first word did not fit in this line."""
    return place.length <= width + _SLACK_COLUMNS and place.needed > width


def _is_heading_line(line: TextLine, breaks: Sequence[LineBreak], number: int, layout: Layout) -> bool:
    """Whether a line ends no sentence, has room left, and nothing goes on from it: it is not a paragraph's last line.

    If it follows the end of a sentence, a paragraph ended there although its last line is full: this is a heading.
    """
    if not layout.width or layout.parted or number >= len(breaks) or not line.text[0].isalnum():
        return False
    place = breaks[number]
    return not (place.ends or place.certain or _is_full(place, layout.width))


def _continues(line: TextLine, after: TextLine, place: LineBreak, layout: Layout) -> bool:
    """Whether a line goes on in the next one."""
    if after.text[0] in BULLETS or after.text[0] == ">" or "\t" in line.text or "\t" in after.text:
        return after.text[0] == line.text[0] == ">" and place.certain
    if layout.width and place.gap in layout.gaps:
        # A line as full as those of the text is text.
        filled = len(after.text) > _MIN_FILLED_SHARE * layout.width
        if not _continues_by_layout(line, place, layout):
            return False
        # A caption ends with its credit; a short line below may be the rest of the credit.
        flows = place.certain and after.text[0] not in "–—"
        return (flows or not photo_credits.has_credit_at_end(line.text)) if filled else not _is_lone_line(after.text)
    # Without a layout only certain breaks are undone.
    if not place.certain or not (place.gap in layout.gaps or place.gap <= _MAX_BRIDGED_GAP):
        return False
    broken = line.text[0] in BULLETS or (place.length >= _MIN_BROKEN_CHARS and not _is_lone_line(line.text))
    return broken and not _is_lone_line(after.text)


def _continues_by_layout(line: TextLine, place: LineBreak, layout: Layout) -> bool:
    """Whether a line goes on in the next one by the page's layout."""
    if layout.indented and place.indent:
        return False
    if not _is_full(place, layout.width):
        # A semicolon ends an item of a list as often as a clause.
        if not place.certain or line.text[-1] == ";":
            return False
        # A link broken out of its sentence may leave one word of it on a line, whatever the width.
        return place.length * 2 > layout.width or line.text[-1] == "," or (place.lower and not place.gap)
    # What follows a colon within a full line belongs to the same paragraph.
    if not place.ends or line.text[-1] == ":" or place.lower or layout.indented or ends_abbreviation(line.text):
        return True
    if layout.parted:
        return True
    # A full line that ends a sentence: a paragraph's last line, full by chance, or one of its inner lines.
    return layout.ratio * layout.sentence >= (place.word + 1) / layout.width


def _is_lone_line(text: str) -> bool:
    """Whether a line never goes on from another: a byline, a date, boilerplate."""
    return len(text) <= MAX_LABEL_CHARS and (bool(boilerplate.classify(text)) or header_spans.is_fact(text))


def _join_piece(group: Sequence[TextLine], speller: hyphens.Speller | None) -> TextPiece:
    """Join the lines of a paragraph to one piece."""
    first = group[0]
    parts = [first.text]
    for before, line in pairwise(group):
        if speller and hyphens.is_word_broken(before.text, line.text):
            parts[-1], text = speller.mend(parts[-1], line.text)
            parts.append(text)
        else:
            solid = is_ideographic(before.text) and is_ideographic(line.text[:1])
            compound = before.text[-1] == "-" and before.text[-2:-1].isalpha() and line.text[0].isupper()
            parts.append(line.text if solid or compound else f" {line.text}")
    text = "".join(parts)
    return TextPiece(_SPACES.sub(" ", text) if "  " in text else text, line=first.number, gap=first.gap)
