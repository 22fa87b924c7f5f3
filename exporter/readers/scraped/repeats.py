"""Pull quotes: a line that only repeats a sentence of the body is kept once, in the body."""

from __future__ import annotations

import msgspec

from exporter.readers.scraped.page import Page, Piece, dropped
from exporter.readers.scraped.titles import key

_SHORTEST, _LONGEST = 30, 400
"""Characters of a pull quote: shorter repetitions happen by chance, longer ones are paragraphs."""

_STEP = 24
"""Letters of the keys by which candidates are looked up, so that the search stays linear."""


def drop(page: Page) -> Page:
    """Drop pieces whose whole text stands within another, longer piece."""
    quotes = {n: key(piece.text) for n, piece in enumerate(page.pieces) if _may_repeat(piece)}
    wanted: dict[str, list[int]] = {}
    for n, letters in quotes.items():
        if len(letters) >= _STEP:
            wanted.setdefault(letters[:_STEP], []).append(n)
    repeated = _found(page.pieces, quotes, wanted)
    if not repeated:
        return page
    kept = tuple(piece for n, piece in enumerate(page.pieces) if n not in repeated)
    notices = (dropped(page.pieces[n].text, "a pull quote: the body says it too") for n in sorted(repeated))
    return msgspec.structs.replace(page, pieces=kept, notices=(*page.notices, *notices))


def _may_repeat(piece: Piece) -> bool:
    return piece.kind in ("text", "quote") and _SHORTEST <= len(piece.text) <= _LONGEST and piece.level != 1


def _found(pieces: tuple[Piece, ...], quotes: dict[int, str], wanted: dict[str, list[int]]) -> set[int]:
    found: set[int] = set()
    if not wanted:
        return found
    for n, piece in enumerate(pieces):
        if piece.kind != "text" or len(piece.text) <= _SHORTEST:
            continue
        letters = key(piece.text)
        for at in range(len(letters) - _STEP + 1):
            for m in wanted.get(letters[at : at + _STEP], ()):
                if m != n and len(quotes[m]) < len(letters) and letters.startswith(quotes[m], at):
                    found.add(m)
    return found
