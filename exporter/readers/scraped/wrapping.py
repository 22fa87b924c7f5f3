"""Lines become paragraphs: at which width were they broken, and which line goes on in the next?

A scraper breaks lines at a width; every line that it broke was too full to take the first word of the next one. So the
width can be read off the lines that surely go on (no sentence ends, and the next begins with a small letter), and then
tells which others go on. What stands between two lines (nothing, one blank line, two) is learnt the same way: only the
gaps that stand within sentences somewhere may be bridged elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from exporter.errors import Notice
from exporter.readers import furniture
from exporter.readers.scraped import hyphens, sentence_ends, titles
from exporter.readers.scraped.page import Piece

_SHARE = 0.6
"""Of the lines that surely go on, as many must be explained by one width: else it is no width."""

_BULLETS = "•▪▫◦‣●○■□◆∙⁃➤►▶✓✔✅"
_LONG = 40  # characters of a line that can be broken within a sentence where no layout is known
_SHORT = 80  # characters of a byline or of a line of furniture
_LONGER = 0.1
"""Of all lines, so many may be longer than the width (addresses, titles): else it is no width."""

_SLACK = 2  # columns that marks at a line's end may hang over
_TAB = 4  # columns, for indents only


class Line(msgspec.Struct, frozen=True):
    """A line without its indent, the columns of that, and how many blank lines stand before it."""

    text: str
    indent: int
    gap: int


class Layout(msgspec.Struct, frozen=True):
    """How a page's lines were broken: at `width` columns (0: they were not), over which gaps between lines.

    `indented` says that a paragraph's first line is indented, `ratio` how many lines go on for each that ends one, and
    `sentence` how likely a sentence ends where a line is broken.
    """

    width: int = 0
    gaps: frozenset[int] = frozenset()
    indented: bool = False
    ratio: float = 1.0
    sentence: float = 0.05
    hyphenated: bool = False


def lines(text: str) -> list[Line]:
    """Cut a text into its lines that are not blank."""
    found: list[Line] = []
    gap = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            gap += 1
            continue
        indent = 0
        if raw[0] in " \t":
            indent = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(_TAB))
        found.append(Line(stripped, indent, gap))
        gap = 0
    return found


def join(found: Sequence[Line]) -> tuple[tuple[Piece, ...], tuple[Notice, ...]]:
    """Join lines to pieces, one a paragraph; the notice says at which width they had been broken."""
    layout = infer(found)
    speller = hyphens.Speller(found[i].text for i in range(len(found))) if layout.hyphenated else None
    pieces: list[Piece] = []
    start = 0
    for i in range(1, len(found) + 1):
        if i == len(found) or not goes_on(found[i - 1], found[i], layout):
            pieces.append(_piece(found[start:i], speller))
            start = i
    joined = len(found) - len(pieces)
    if not joined:
        return tuple(pieces), ()
    how = f"broken at about {layout.width} characters" if layout.width else "broken within sentences"
    return tuple(pieces), (Notice("lines", f"joined: {len(found)} lines, {how}, are {len(pieces)} paragraphs"),)


def infer(found: Sequence[Line]) -> Layout:
    """Read the layout off the lines that surely go on."""
    sure = [i for i in range(len(found) - 1) if _surely(found[i], found[i + 1])]
    if len(sure) < 2:
        return Layout()
    gaps = Counter(found[i + 1].gap for i in sure)
    bridged = frozenset(gap for gap, count in gaps.items() if count * 5 >= len(sure))
    sure = [i for i in sure if found[i + 1].gap in bridged]
    width, explained = _width([_room(found[i], found[i + 1]) for i in sure])
    longer = sum(len(line.text) > width + _SLACK for line in found)
    if explained < _SHARE * len(sure) or longer > _LONGER * len(found):
        return Layout(gaps=bridged)
    return _measure(found, width, bridged)


def _surely(line: Line, after: Line) -> bool:
    if hyphens.broken(line.text, after.text):
        return True
    if sentence_ends.ideographic(line.text):
        return not sentence_ends.ends(line.text) and len(line.text) >= 12
    return sentence_ends.starts_lower(after.text) and not sentence_ends.ends(line.text)


def _room(line: Line, after: Line) -> tuple[int, int]:
    """Return the line's length and the length it would have had with the next line's first word."""
    length = len(line.text)
    if sentence_ends.ideographic(line.text):
        return length, length + 3  # a mark or two may not stand at a line's beginning
    word = len(after.text.partition(" ")[0])
    if hyphens.broken(line.text, after.text):
        return length, length + word
    return length, length + 1 + word


def _width(rooms: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the width that the most lines agree with, and how many do: a sweep over their intervals."""
    events = sorted([(low, 1) for low, _ in rooms] + [(high, -1) for _, high in rooms], key=lambda e: (e[0], e[1]))
    best = width = open_now = 0
    for at, step in events:
        open_now += step
        if open_now > best:
            best, width = open_now, at
    return width, best


def _measure(found: Sequence[Line], width: int, bridged: frozenset[int]) -> Layout:
    pairs = [(found[i], found[i + 1]) for i in range(len(found) - 1) if found[i + 1].gap in bridged]
    full = [(line, after) for line, after in pairs if _full(line, after, width)]
    ends = sum(sentence_ends.ends(line.text) for line, _ in full)
    short = len(pairs) - len(full)
    broken = sum(hyphens.broken(line.text, after.text) for line, after in full)
    indents = sum(after.indent > 0 for _, after in pairs)
    text = sum(len(line.text) for line in found) or 1
    stops = sum(line.text.count(". ") + line.text.count("? ") + line.text.count("! ") for line in found)
    return Layout(
        width=width,
        gaps=bridged,
        indented=bool(indents) and indents <= len(pairs) * 0.7 and not any(a.indent for a in _after_sure(pairs)),
        ratio=max(len(full) - ends, 1) / max(short, 1),
        sentence=min(max(stops * 6 / text, 0.02), 0.2),
        hyphenated=broken > 0,
    )


def _after_sure(pairs: Sequence[tuple[Line, Line]]) -> list[Line]:
    return [after for line, after in pairs if _surely(line, after)]


def _full(line: Line, after: Line, width: int) -> bool:
    """Whether the next line's first word had no room in this line."""
    length, needed = _room(line, after)
    return length <= width + _SLACK and needed > width


def goes_on(line: Line, after: Line, layout: Layout) -> bool:
    """Whether a line goes on in the next one."""
    return _flows(line, after, layout) and not _stands_alone(after.text)


def _stands_alone(text: str) -> bool:
    """Whether a line is one of a kind that never goes on from another: a byline, an item, furniture."""
    if text[0] in _BULLETS:
        return True
    return len(text) <= _SHORT and (bool(furniture.kind(text)) or titles.is_fact(text))


def _flows(line: Line, after: Line, layout: Layout) -> bool:
    sure = _surely(line, after)
    if after.gap not in layout.gaps:
        # One break within a sentence is no layout, but it is a break all the same.
        return sure and after.gap <= 2 and len(line.text) >= _LONG and not _stands_alone(line.text)
    if not layout.width:
        return sure and not _stands_alone(line.text)
    if layout.indented and after.indent:
        return False
    if not _full(line, after, layout.width):
        return sure and (len(line.text) * 2 > layout.width or line.text.endswith(","))
    if sure or not sentence_ends.ends(line.text) or sentence_ends.starts_lower(after.text):
        return True
    if layout.indented or sentence_ends.abbreviated(line.text):
        return True
    return _likely(after, layout)


def _likely(after: Line, layout: Layout) -> bool:
    """Weigh a full line that ends a sentence: a paragraph's last line, full by chance, or one of its inner lines?"""
    inner = layout.ratio * layout.sentence
    last = (len(after.text.partition(" ")[0]) + 1) / layout.width
    return inner >= last


def _piece(group: Sequence[Line], speller: hyphens.Speller | None) -> Piece:
    first = group[0]
    if len(group) == 1:
        return Piece(first.text, gap=first.gap, indent=first.indent)
    parts = [first.text]
    for before, line in zip(group, group[1:], strict=False):
        if speller and hyphens.broken(before.text, line.text):
            parts[-1], text = speller.mend(parts[-1], line.text)
            parts.append(text)
        else:
            spaced = not (sentence_ends.ideographic(before.text) and sentence_ends.ideographic(line.text[:20]))
            parts.append(f" {line.text}" if spaced else line.text)
    return Piece("".join(parts), gap=first.gap, indent=first.indent, lines=len(group))
