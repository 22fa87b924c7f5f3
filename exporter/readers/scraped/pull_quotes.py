"""Pull quotes: a line that only repeats a sentence of the body is dropped; the body keeps it."""

from __future__ import annotations

import re

import msgspec

from exporter.readers.scraped.scraped_page import ScrapedPage
from exporter.readers.text_tests import text_key

_MIN_QUOTE_CHARS, _MAX_QUOTE_CHARS = 30, 400
"""Characters of a pull quote: shorter texts are repeated by chance, longer ones are paragraphs. A maximum of 500 makes
no difference."""

_MAX_HEADING_CHARS = 60
"""Characters of a heading that quotes the body, or asks what it says."""

_KEY_LETTERS = 24
"""Letters at the beginning of a sentence by which it is looked up, so that the search stays linear."""

_FIRST_LETTERS = 3
"""Letters by which most sentences are passed over at once."""

_MAX_SAME_KEY = 8
"""More pieces that begin alike are rows of data or a refrain, not pull quotes."""

_END_MARKS = frozenset('"”“’»«.!?…,;:')
_QUOTATION_MARKS = frozenset("\"'“”„‘’«»")
# The set of all first marks comes first, since a search for a set is fast.
_SENTENCE_START = re.compile(r"[.!?…:,\"“„«‘](?:(?<=[.!?…:,])[\"”’»)]*\s+|(?<=[\"“„«‘]))(?=\w)")


def drop_pull_quotes(page: ScrapedPage) -> ScrapedPage:
    """Drop pieces whose whole text stands within another, longer piece."""
    quotes: dict[str, list[int]] = {}
    for n, piece in enumerate(page.pieces):
        if (
            piece.kind in ("text", "quote")
            and _MIN_QUOTE_CHARS <= len(piece.text) <= _MAX_QUOTE_CHARS
            and piece.level != 1
            and not _is_quoting_heading(piece.text)
        ):
            quotes.setdefault(_make_key(piece.text, 0), []).append(n)
    quotes = {begin: numbers for begin, numbers in quotes.items() if len(numbers) <= _MAX_SAME_KEY}
    firsts = {begin[:_FIRST_LETTERS] for begin in quotes}
    if not quotes:
        return page
    repeated = {
        m
        for n, piece in enumerate(page.pieces)
        if piece.kind == "text"
        for m in _find_quotes_within(page, n, quotes, firsts)
    }
    if not repeated:
        return page
    kept = tuple(piece for n, piece in enumerate(page.pieces) if n not in repeated)
    notices = (page.pieces[n].drop("a pull quote: the body says it too") for n in sorted(repeated))
    return msgspec.structs.replace(page, pieces=kept, notices=(*page.notices, *notices))


def _is_quoting_heading(text: str) -> bool:
    return len(text) <= _MAX_HEADING_CHARS and (text[0] in _QUOTATION_MARKS or text[-1] == "?")


def _make_key(text: str, at: int) -> str:
    return text_key(text[at : at + 2 * _KEY_LETTERS])[:_KEY_LETTERS]


def _find_quotes_within(page: ScrapedPage, n: int, quotes: dict[str, list[int]], firsts: set[str]) -> set[int]:
    """Return the numbers of the pieces that a piece repeats as a part of itself; `firsts` are their first letters."""
    text = page.pieces[n].text
    found: set[int] = set()
    if len(text) <= _MIN_QUOTE_CHARS:
        return found
    for at in (0, *(match.end() for match in _SENTENCE_START.finditer(text))):
        first = text[at : at + _FIRST_LETTERS].casefold()
        if first.isalnum() and first[:_FIRST_LETTERS] not in firsts:
            continue
        for m in quotes.get(_make_key(text, at), ()):
            quote = page.pieces[m].text
            if m != n and len(quote) < len(text) and _has_quote_at(text, at, text_key(quote)):
                found.add(m)
    return found


def _has_quote_at(text: str, at: int, letters: str) -> bool:
    """Whether a text has these letters at a place, and a sentence, a clause or a quotation ends with them."""
    matched = 0
    while matched < len(letters) and at < len(text):
        char = text[at].casefold()
        if any(map(str.isalnum, char)):
            if not letters.startswith(char, matched):
                return False
            matched += len(char)
        at += 1
    return matched == len(letters) and text[at : at + 1] in _END_MARKS
