"""Furniture lines go: what is known by its words anywhere, what stands among such lines at the head and the tail.

What is uncertain stays: in the middle of the article only lines that the lists know, and the headline under a
"Read next".
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.readers import furniture
from exporter.readers.scraped import sentence_ends
from exporter.readers.scraped.page import Page, Piece, dropped

_PROSE = 120
"""Characters from which a piece that ends a sentence is a paragraph."""

_LINE = 120
"""Characters up to which a piece can be a line of a menu or a headline of another article."""

_WHY = {
    "share": "share buttons",
    "player": "a player's words",
    "advertisement": "an advertisement's mark",
    "newsletter": "a newsletter's form",
    "consent": "a consent form",
    "related": "links to other articles",
    "navigation": "navigation",
    "counter": "a counter",
    "promotion": "promotion",
}


def drop(page: Page) -> Page:
    """Drop the page's furniture, and say so line by line."""
    kinds = [furniture.kind(piece.text) if piece.kind == "text" else "" for piece in page.pieces]
    first, last = _body(page.pieces, kinds)
    why = [_reason(page.pieces, kinds, number, first, last) for number in range(len(kinds))]
    _sweep_tail(page.pieces, kinds, why, last)
    kept = tuple(piece for piece, reason in zip(page.pieces, why, strict=True) if not reason)
    notices = [dropped(piece.text, reason) for piece, reason in zip(page.pieces, why, strict=True) if reason]
    if not any(piece.level != 1 for piece in kept):
        return page
    return msgspec.structs.replace(page, pieces=kept, notices=(*page.notices, *notices))


def _body(pieces: Sequence[Piece], kinds: Sequence[str]) -> tuple[int, int]:
    """Return where the article begins (after its title) and the number of its last paragraph."""
    titles = [n for n, piece in enumerate(pieces[:400]) if piece.level == 1]
    last = max((n for n, piece in enumerate(pieces) if not kinds[n] and _is_prose(piece)), default=len(pieces))
    return (titles[-1] if titles else 0), last


def _is_prose(piece: Piece) -> bool:
    return len(piece.text) >= _PROSE and sentence_ends.ends(piece.text)


def _reason(pieces: Sequence[Piece], kinds: Sequence[str], number: int, first: int, last: int) -> str:
    """Return why a piece goes, or an empty string."""
    kind, piece = kinds[number], pieces[number]
    if piece.kind != "text":
        return ""
    if kind in furniture.DOUBTFUL and first < number < last:
        near = any(kinds[n] for n in (number - 1, number + 1) if 0 <= n < len(kinds))
        return _WHY[kind] if near or kind == "related" else ""
    if kind:
        return _WHY[kind]
    if number < first and any(kinds[:first]) and len(piece.text) <= _LINE:
        return "a line before the title, among navigation"
    if number and kinds[number - 1] == "related" and number > first and _is_line(piece):
        return "a headline of another article"
    return ""


def _sweep_tail(pieces: Sequence[Piece], kinds: Sequence[str], why: list[str], last: int) -> None:
    """Give the lines after the last paragraph, from the first known furniture on, a reason to go."""
    begin = next((n for n in range(last + 1, len(pieces)) if kinds[n]), len(pieces))
    for number in range(begin, len(pieces)):
        if not why[number] and pieces[number].kind == "text":
            why[number] = "a line after the article, among furniture"


def _is_line(piece: Piece) -> bool:
    return len(piece.text) <= _LINE and not sentence_ends.ends(piece.text)
