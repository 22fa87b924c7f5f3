"""Reading order: the columns of a page, from left to right, between the lines that run across all of them."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.pdf.printed_lines import PrintedLine

_GUTTER_STEPS = 60
"""Places across the width where a gutter is searched."""

_MIN_SIDE_SHARE, _MIN_SIDE_LINES = 0.2, 4
"""Share of the lines, and the fewest, that must stand on either side of a gutter."""

_MAX_CROSSING_SHARE = 0.25
"""Share of the lines that may run across a gutter: titles, wide captions, footnotes of the whole page."""

_MAX_SIZE_STEP, _MAX_LINE_GAP = 0.2, 0.8
"""Difference in size in points, and space between a base line and the next line's top in units of the size, within one
text."""

_MAX_COLUMN_LEVELS = 3
"""Divisions within divisions: a page of newspaper has up to eight columns."""


def order_lines(lines: Sequence[PrintedLine], level: int = 0) -> list[list[PrintedLine]]:
    """Return the lines of a page in groups, each a stretch of one column from top to bottom, in reading order."""
    gutter = _find_gutter(lines) if level < _MAX_COLUMN_LEVELS else None
    if gutter is None:
        return [sorted(lines, key=_bottom)] if lines else []
    groups: list[list[PrintedLine]] = []
    band: list[PrintedLine] = []
    across: list[PrintedLine] = []
    for line in sorted(lines, key=_top):
        if line.left < gutter < line.right or (across and _goes_on(across[-1], line, lines)):
            if band:
                groups += _order_sides(band, gutter, level)
                band = []
            across.append(line)
        else:
            if across:
                groups.append(across)
                across = []
            band.append(line)
    groups += _order_sides(band, gutter, level)
    if across:
        groups.append(across)
    return groups


def _goes_on(before: PrintedLine, line: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    """Whether a short line is the end of a text that runs across the columns: right below it, and alone there."""
    is_close = abs(line.size - before.size) < _MAX_SIZE_STEP and line.top - before.bottom < _MAX_LINE_GAP * line.size
    return is_close and not any(
        other is not line and abs(other.bottom - line.bottom) < line.size / 2 and other.left > line.right
        for other in lines
    )


def _order_sides(band: Sequence[PrintedLine], gutter: float, level: int) -> list[list[PrintedLine]]:
    """Return the groups of both sides of a gutter, the left side first."""
    left = [line for line in band if line.right <= gutter]
    right = [line for line in band if line.right > gutter]
    return [*order_lines(left, level + 1), *order_lines(right, level + 1)]


def _find_gutter(lines: Sequence[PrintedLine]) -> float | None:
    """Return where the empty space between two columns is, or None on a page of one column."""
    if len(lines) < 2 * _MIN_SIDE_LINES:
        return None
    low, high = min(line.left for line in lines), max(line.right for line in lines)
    best, best_crossing = None, len(lines)
    for step in range(_GUTTER_STEPS // 5, _GUTTER_STEPS * 4 // 5):
        place = low + (high - low) * step / _GUTTER_STEPS
        left = sum(line.right <= place for line in lines)
        right = sum(line.left >= place for line in lines)
        crossing = len(lines) - left - right
        enough = max(_MIN_SIDE_LINES, _MIN_SIDE_SHARE * len(lines))
        if min(left, right) < enough or crossing > _MAX_CROSSING_SHARE * len(lines) or crossing >= best_crossing:
            continue
        if _are_side_by_side(lines, place):
            best, best_crossing = place, crossing
    return best


def _are_side_by_side(lines: Sequence[PrintedLine], place: float) -> bool:
    """Whether both sides of a place are columns: they share their height, and lines of prose, not cells of a table."""
    left = [line for line in lines if line.right <= place]
    right = [line for line in lines if line.left >= place]
    shared = min(max(map(_bottom, left)), max(map(_bottom, right))) - max(min(map(_top, left)), min(map(_top, right)))
    height = min(max(map(_bottom, left)) - min(map(_top, left)), max(map(_bottom, right)) - min(map(_top, right)))
    words = sorted(len(line.text.split()) for line in (*left, *right))
    return shared > height / 2 and words[len(words) // 2] >= 3


def _top(line: PrintedLine) -> float:
    return line.top


def _bottom(line: PrintedLine) -> float:
    return line.bottom
