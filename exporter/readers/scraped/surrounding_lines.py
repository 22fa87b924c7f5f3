"""Lines around a text that no word list holds: those that stand there again and again, and those unrelated to it.

Buttons and blocks of links between paragraphs repeat, in every language. Menus and links around the text of a page
copied whole are in words that the article hardly uses: the rule is what was left of a trial, where a linear model over
250 attributes of each line, learnt by leaving sites out, won most of what it won by how many of a line's words the
article has, where the line stands, and how much of the page is boilerplate. This rule alone found more headings and
blocks than the model, and lost fewer words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from exporter.readers.scraped import line_features
from exporter.readers.scraped.copied_page_title import MIN_MENU_LINES, find_stems
from exporter.readers.scraped.scraped_page import TextPiece
from exporter.readers.text_tests import MAX_LINE_CHARS, ends_sentence, is_paragraph, is_running_text

_MIN_TIMES = 3
"""Times that a single line stands on a page to be a button's."""

_BLOCK_LINES = 3
"""Lines in a row that stand there twice; a shorter row may be data that two things have in common."""

_MIN_RUNNING_SHARE = 0.5
"""Share of running text on a page of prose; lyrics have refrains."""

_MIN_BOILERPLATE_SHARE, _MIN_COPIED_SHARE = 0.15, 0.3
"""Share of boilerplate among a page's pieces from which on unrelated lines are boilerplate, too; and that of a page
where every row of lines below the last paragraph is. With 0.1, 0.2 and 0.25 parts of articles go."""

_MAX_SHARED_SHARE = 1 / 3
"""Share of an unrelated line's longer words that the article has, too; with a half, parts of articles go."""


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


def find_unrelated_lines(pieces: Sequence[TextPiece], is_dropped: Sequence[bool]) -> Iterator[int]:
    """Yield the numbers of the lines in rows above the first and below the last paragraph that are not the article's.

    `is_dropped` says which pieces are boilerplate: they belong to a row, too.
    """
    share = sum(is_dropped) / len(pieces)
    paragraphs = [n for n, piece in enumerate(pieces) if not is_dropped[n] and _is_paragraph(piece)]
    if sum(is_dropped) < MIN_MENU_LINES or share <= _MIN_BOILERPLATE_SHARE or not paragraphs:
        return
    titles = (n for n, piece in enumerate(pieces) if piece.level == 1)
    stems = set().union(*(find_stems(pieces[n].text) for n in (*titles, *paragraphs)))
    rows = groupby(range(len(pieces)), key=lambda n: is_dropped[n] or _is_line(pieces[n]))
    for row in (list(group) for is_row, group in rows if is_row):
        for n in row[: len(row) - _is_above_text(pieces, row[-1])] if len(row) > 1 else ():
            around = not is_dropped[n] and not paragraphs[0] < n < paragraphs[-1]
            below = n > paragraphs[-1] and share > _MIN_COPIED_SHARE
            if around and (below or _is_unrelated(pieces[n].text, stems)):
                yield n


def _is_line(piece: TextPiece) -> bool:
    return piece.kind == "text" and len(piece.text) <= MAX_LINE_CHARS and not ends_sentence(piece.text)


def _is_above_text(pieces: Sequence[TextPiece], number: int) -> bool:
    """Whether a line may be a heading by its place."""
    return number + 1 < len(pieces) and is_running_text(pieces[number + 1].text)


def _is_paragraph(piece: TextPiece) -> bool:
    return piece.kind == "text" and is_paragraph(piece.text)


def _is_unrelated(text: str, stems: set[str]) -> bool:
    """Whether a line has longer words, of which the article has few."""
    own = find_stems(text)
    return bool(own) and len(own & stems) <= _MAX_SHARED_SHARE * len(own)
