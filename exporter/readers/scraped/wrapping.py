"""Lines become paragraphs, by the width at which the page's lines were broken.

A scraper breaks lines at a width; every line that it broke was too full to take the first word of the next one. So the
width can be read off the lines that surely go on (no sentence ends, and the next begins with a small letter), and then
tells which others go on. What stands between two lines (nothing, one blank line, two) is learnt the same way: only the
gaps that stand within sentences somewhere may be bridged elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from exporter.errors import Notice
from exporter.readers import boilerplate, photo_credits, text_tests
from exporter.readers.scraped import header_spans, hyphens
from exporter.readers.scraped.line_breaks import LineBreak, TextLine, measure_break
from exporter.readers.scraped.scraped_page import TextPiece

_MIN_EXPLAINED_SHARE = 0.6
"""Of the lines that surely go on, as many must be explained by one width: else it is no width."""

_MIN_WIDTH_COLUMNS = 24
"""Columns below which lines are items or verses, and not broken by a width."""

_MAX_LONGER_SHARE = 0.1
"""Of all lines, so many may be longer than the width (addresses, titles): else it is no width."""

_MIN_BRIDGED_SHARE = 0.2
"""Of the lines that surely go on, as many must have a gap below them that others may be joined over."""

_MAX_INDENTED_SHARE, _MAX_INDENTED_INSIDE_SHARE = 0.7, 0.05
"""At most so many lines are indented where an indent begins a paragraph, and of those that surely go on, so many."""

_MIN_PARTED_RATIO = 2
"""Paragraphs that blank lines part, for each that ends without one, where a page parts its paragraphs so."""

_MIN_FILLED_SHARE = 0.85  # part of the width that most broken lines fill, and few bylines and lines of furniture
_SAMPLE_LINES = 2_000  # lines in which sentences are counted
_SLACK_COLUMNS = 2  # columns that marks at a line's end may hang over
_SENTENCE_STOPS = (". ", "? ", "! ", '." ', '?" ', '!" ', ".” ", "?” ", "!” ", ".» ")
_MEAN_WORD_CHARS = 6  # characters of a word with its space, on average
_SPACES = re.compile(" {2,}")
_BULLETS = "•▪▫◦‣●○■□◆∙⁃➤►▶✓✔✅"
_MIN_BROKEN_CHARS = 40  # characters of a line that can be broken within a sentence where no layout is known
_MAX_BRIDGED_GAP = 2  # blank lines that may stand within a sentence where no layout is known
_MAX_LONE_LINE_CHARS = 80  # characters of a byline or of a line of furniture


class Layout(msgspec.Struct, frozen=True):
    """How a page's lines were broken: at `width` columns (0: at no width), over which gaps between lines.

    `parted` says that more blank lines than those part paragraphs, `indented` that a paragraph's first line is
    indented, `inset` that the width counts its indent, `ratio` how many lines go on for each that ends a paragraph, and
    `sentence` how likely a sentence ends where a line is broken.
    """

    width: int = 0
    gaps: frozenset[int] = frozenset()
    parted: bool = False
    indented: bool = False
    inset: bool = False
    ratio: float = 1.0
    sentence: float = 0.05


def join_lines(lines: Sequence[TextLine]) -> tuple[tuple[TextPiece, ...], tuple[Notice, ...]]:
    """Join lines to pieces, one a paragraph; the notice says at which width they had been broken."""
    seams = [measure_break(line, after) for line, after in pairwise(lines)]
    layout = infer_layout(seams, lines)
    if layout.inset:
        seams = _add_indents(seams)
    speller = hyphens.Speller(line.text for line in lines) if any(place.broken for place in seams) else None
    pieces: list[TextPiece] = []
    start = 0
    for number in range(1, len(lines) + 1):
        goes_on = number < len(lines) and _continues(lines[number - 1], lines[number], seams[number - 1], layout)
        ended = number < len(lines) and seams[number - 1].ends and lines[number - 1].text[-1] != ":"
        if not goes_on or (ended and _is_heading_line(lines[number], seams, number, layout)):
            pieces.append(_join_piece(lines[start:number], speller))
            start = number
    if len(pieces) == len(lines):
        return tuple(pieces), ()
    how = f"broken at about {layout.width} characters" if layout.width else "broken within sentences"
    return tuple(pieces), (Notice("lines", f"joined: {len(lines)} lines, {how}, are {len(pieces)} paragraphs"),)


def infer_layout(seams: Sequence[LineBreak], lines: Sequence[TextLine]) -> Layout:
    """Read the layout off the lines that surely go on."""
    sure = [place for place in seams if place.sure]
    if len(sure) < 2:
        return Layout()
    counts = Counter(place.gap for place in sure)
    gaps = frozenset(gap for gap, count in counts.items() if count >= _MIN_BRIDGED_SHARE * len(sure))
    sure = [place for place in sure if place.gap in gaps]
    width = _find_width([place for place in sure if not place.inset] or sure)
    # Typesetters count an indent as a part of the width, scrapers put it in afterwards: then lines stick out.
    inset = not any(place.inset and place.length + place.inset > width for place in seams)
    if inset:
        seams, sure = _add_indents(seams), _add_indents(sure)
    explained = sum(_is_full(place, width) for place in sure)
    if width < _MIN_WIDTH_COLUMNS:
        return Layout()
    longer = sum(len(line.text) > width + _SLACK_COLUMNS for line in lines)
    if explained < _MIN_EXPLAINED_SHARE * len(sure) or longer > _MAX_LONGER_SHARE * len(lines):
        return Layout(gaps=gaps)
    bridged = [place for place in seams if place.gap in gaps]
    inner = sum(_is_full(place, width) and not place.ends for place in bridged)
    last = sum(not _is_full(place, width) for place in bridged)
    ended = sum(place.ends and not _is_full(place, width) for place in bridged)
    indents = sum(place.indent > 0 for place in bridged)
    inside = sum(place.indent > 0 for place in sure)
    return Layout(
        width=width,
        gaps=gaps,
        parted=len(seams) - len(bridged) > _MIN_PARTED_RATIO * max(ended, 1),
        indented=0 < indents <= _MAX_INDENTED_SHARE * len(bridged) and inside <= _MAX_INDENTED_INSIDE_SHARE * len(sure),
        inset=inset,
        ratio=max(inner, 1) / max(last, 1),
        sentence=_sentence_rate(lines),
    )


def _find_width(sure: Sequence[LineBreak]) -> int:
    """Return the width that the most lines agree with: a sweep over their intervals."""
    events = sorted([(place.length, 1) for place in sure] + [(place.needed, -1) for place in sure])
    best = width = agree = 0
    for at, step in events:
        agree += step
        if agree > best:
            best, width = agree, at
    return width


def _add_indents(seams: Sequence[LineBreak]) -> list[LineBreak]:
    """Return the seams with the lines' indents counted as a part of them."""
    return [
        msgspec.structs.replace(place, length=place.length + place.inset, needed=place.needed + place.inset)
        if place.inset
        else place
        for place in seams
    ]


def _sentence_rate(lines: Sequence[TextLine]) -> float:
    """Return how likely a sentence ends behind a word."""
    sample = "\n".join(line.text for line in lines[:_SAMPLE_LINES])
    return min(max(sum(map(sample.count, _SENTENCE_STOPS)) * _MEAN_WORD_CHARS / len(sample), 0.02), 0.2)


def _is_full(place: LineBreak, width: int) -> bool:
    """Whether the next line's first word had no room in this line."""
    return place.length <= width + _SLACK_COLUMNS and place.needed > width


def _is_heading_line(line: TextLine, seams: Sequence[LineBreak], number: int, layout: Layout) -> bool:
    """Whether a line is no paragraph's last one: it ends no sentence, nothing goes on from it, and it has room left.

    Where it follows the end of a sentence, a paragraph ended there, though its last line is full: this is a heading.
    """
    if not layout.width or layout.parted or number >= len(seams) or not line.text[0].isalnum():
        return False
    place = seams[number]
    return not (place.ends or place.sure or _is_full(place, layout.width))


def _continues(line: TextLine, after: TextLine, place: LineBreak, layout: Layout) -> bool:
    """Whether a line goes on in the next one."""
    if after.text[0] in _BULLETS or after.text[0] == ">" or "\t" in line.text or "\t" in after.text:
        return after.text[0] == line.text[0] == ">" and place.sure
    if layout.width and place.gap in layout.gaps:
        # What fills its line as the text does is text.
        filled = len(after.text) > _MIN_FILLED_SHARE * layout.width
        if not _continues_by_layout(line, place, layout):
            return False
        # A caption is over with its credit, unless what follows is short: then it may be the credit's rest.
        flows = place.sure and after.text[0] not in "–—"
        return (flows or not photo_credits.has_credit_at_end(line.text)) if filled else not _is_lone_line(after.text)
    # One break within a sentence is no layout, but it is a break all the same.
    near = place.gap in layout.gaps or place.gap <= _MAX_BRIDGED_GAP
    broken = line.text[0] in _BULLETS or (place.length >= _MIN_BROKEN_CHARS and not _is_lone_line(line.text))
    return place.sure and near and broken and not _is_lone_line(after.text)


def _continues_by_layout(line: TextLine, place: LineBreak, layout: Layout) -> bool:
    if layout.indented and place.indent:
        return False
    if not _is_full(place, layout.width):
        # A semicolon closes an item of a list as often as it goes on.
        if not place.sure or line.text[-1] == ";":
            return False
        # A link broken out of its sentence may leave one word of it on a line, whatever the width.
        return place.length * 2 > layout.width or line.text[-1] == "," or (place.lower and not place.gap)
    # What follows a colon within a full line is said in the same breath.
    if (
        not place.ends
        or line.text[-1] == ":"
        or place.lower
        or layout.indented
        or text_tests.ends_abbreviation(line.text)
    ):
        return True
    if layout.parted:
        return True
    # A full line that ends a sentence: a paragraph's last line, full by chance, or one of its inner lines.
    return layout.ratio * layout.sentence >= (place.word + 1) / layout.width


def _is_lone_line(text: str) -> bool:
    """Whether a line is one of a kind that never goes on from another: a byline, a date, furniture."""
    return len(text) <= _MAX_LONE_LINE_CHARS and (bool(boilerplate.classify(text)) or header_spans.is_fact(text))


def _join_piece(group: Sequence[TextLine], speller: hyphens.Speller | None) -> TextPiece:
    first = group[0]
    parts = [first.text]
    for before, line in pairwise(group):
        if speller and hyphens.is_word_broken(before.text, line.text):
            parts[-1], text = speller.mend(parts[-1], line.text)
            parts.append(text)
        else:
            solid = text_tests.is_ideographic(before.text) and text_tests.is_ideographic(line.text[:1])
            compound = before.text[-1] == "-" and before.text[-2:-1].isalpha() and line.text[0].isupper()
            parts.append(line.text if solid or compound else f" {line.text}")
    return TextPiece(_SPACES.sub(" ", "".join(parts)), gap=first.gap)
