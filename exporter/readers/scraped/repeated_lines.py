"""Lines that stand on a page again and again: buttons, and blocks of links to other articles between paragraphs.

No word list is needed for them, so they are found in every language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from exporter.readers.scraped import line_features
from exporter.readers.scraped.scraped_page import TextPiece
from exporter.readers.text_tests import is_running_text

_MIN_TIMES = 3
"""Times that a single line stands on a page to be a button's."""

_BLOCK_LINES = 3
"""Lines in a row that stand there twice; a shorter row may be data that two things have in common."""

_MIN_RUNNING_SHARE = 0.5
"""Share of running text on a page of prose; lyrics have refrains."""


def find_repeated_lines(pieces: Sequence[TextPiece]) -> set[int]:
    """Return the numbers of the bare lines that stand on a page of prose again and again.

    A single line with text below it most times is a label within the article: "Pros", the next speaker.
    """
    running = sum(len(piece.text) for piece in pieces if is_running_text(piece.text))
    if running < _MIN_RUNNING_SHARE * sum(len(piece.text) for piece in pieces):
        return set()
    bare = [n for n, piece in enumerate(pieces) if line_features.is_bare(piece)]
    times = Counter(pieces[n].text for n in bare)
    heads = Counter(pieces[n].text for n in bare if n + 1 < len(pieces) and line_features.is_text_below(pieces[n + 1]))
    again = {n for n in bare if (text := pieces[n].text) and times[text] >= max(_MIN_TIMES, 2 * heads[text])}
    return again | _find_repeated_blocks(pieces, bare)


def _find_repeated_blocks(pieces: Sequence[TextPiece], bare: Sequence[int]) -> set[int]:
    places: dict[tuple[str, ...], list[int]] = {}
    for first, last in zip(bare, bare[_BLOCK_LINES - 1 :], strict=False):
        if last - first == _BLOCK_LINES - 1:
            places.setdefault(tuple(piece.text for piece in pieces[first : last + 1]), []).append(first)
    return {
        n for found in places.values() if len(found) > 1 for first in found for n in range(first, first + _BLOCK_LINES)
    }
