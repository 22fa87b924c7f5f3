"""Pull quotes: a line that only repeats a sentence of the body is kept once, in the body."""

from __future__ import annotations

import re

import msgspec

from exporter.readers.scraped.scraped_page import ScrapedPage, dropped
from exporter.readers.scraped.scraped_title import key

_SHORTEST, _LONGEST = 30, 400
"""Characters of a pull quote: shorter repetitions happen by chance, longer ones are paragraphs."""

_START = 24
"""Letters at the beginning of a sentence by which it is looked up, so that the search stays linear."""

_FIRST = 3
"""Letters by which a sentence is passed over at once."""

_ALIKE = 8
"""Pieces that begin alike: more of them are rows of data or a refrain, and no quotes pulled from the text."""

_ENDS = frozenset('"”“’»«.!?…,;:')
_SENTENCE = re.compile(r"(?:^|[.!?…:,][\"”’»)]*\s+|[\"“„«‘])(?=\w)")


def drop(page: ScrapedPage) -> ScrapedPage:
    """Drop pieces whose whole text stands within another, longer piece."""
    quotes: dict[str, list[int]] = {}
    for n, piece in enumerate(page.pieces):
        if piece.kind in ("text", "quote") and _SHORTEST <= len(piece.text) <= _LONGEST and piece.level != 1:
            quotes.setdefault(_begin(piece.text, 0), []).append(n)
    quotes = {begin: numbers for begin, numbers in quotes.items() if len(numbers) <= _ALIKE}
    firsts = {begin[:_FIRST] for begin in quotes}
    if not quotes:
        return page
    repeated = {
        m for n, piece in enumerate(page.pieces) if piece.kind == "text" for m in _within(page, n, quotes, firsts)
    }
    if not repeated:
        return page
    kept = tuple(piece for n, piece in enumerate(page.pieces) if n not in repeated)
    notices = (dropped(page.pieces[n].text, "a pull quote: the body says it too") for n in sorted(repeated))
    return msgspec.structs.replace(page, pieces=kept, notices=(*page.notices, *notices))


def _begin(text: str, at: int) -> str:
    return key(text[at : at + 2 * _START])[:_START]


def _within(page: ScrapedPage, n: int, quotes: dict[str, list[int]], firsts: set[str]) -> set[int]:
    """Return the numbers of the pieces that a piece repeats as a part of itself; `firsts` begin the quotes."""
    text = page.pieces[n].text
    found: set[int] = set()
    if len(text) <= _SHORTEST:
        return found
    for match in _SENTENCE.finditer(text):
        at = match.end()
        first = text[at : at + _FIRST].casefold()
        if first.isalnum() and first[:_FIRST] not in firsts:
            continue
        for m in quotes.get(_begin(text, at), ()):
            quote = page.pieces[m].text
            if m != n and len(quote) < len(text) and _repeats(text, at, key(quote)):
                found.add(m)
    return found


def _repeats(text: str, at: int, letters: str) -> bool:
    """Whether a text says these letters at a place, and a sentence, a clause or a quotation ends with them."""
    matched = 0
    while matched < len(letters) and at < len(text):
        char = text[at].casefold()
        if any(map(str.isalnum, char)):
            if not letters.startswith(char, matched):
                return False
            matched += len(char)
        at += 1
    return matched == len(letters) and text[at : at + 1] in _ENDS
