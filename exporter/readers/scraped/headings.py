"""Headings: bare short lines above text.

A page that sets its headings closer to what is before them than its paragraphs tells them so; on any other page the
line itself and its surroundings must.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from exporter.readers import bylines
from exporter.readers.scraped import sentence_ends
from exporter.readers.scraped.page import Page, Piece
from exporter.readers.vocabulary import vocabulary

_LONGEST_HEADING = 130
_WORDS, _WORDS_BEFORE_COLON = 16, 2
"""Words of a heading: longer bare lines are captions and items, and what ends in a colon leads to what follows it."""

_WORDS_OF_LONG_QUESTION, _WORDS_OF_QUESTION, _ASKED = 13, 9, 2
"""Words of a heading that asks; the second number where somebody asks longer questions, as often as the third."""

_WORDS_OF_LINK, _CAPITALS = 6, 3
"""Words from which a bare line in capitals is a link to another article, as some sites strew them; a page with more of
such lines sets its headings so."""

_WORDS_OF_LABEL, _WORDS_OF_OPENING = 3, 6
"""Words of a label of data, and of a heading above the first paragraph: a longer line there is a summary."""

_QUOTE = re.compile(r"^[–—-]\s(?=[^\W\d_])")  # the dash before what somebody says, as some languages set it

_CHAPTER = re.compile(r"(?P<word>[^\W\d_]+)\s+(?:\d{1,3}|[IVXLC]+)\b\.?(?:$|\s*[:.–—-]|\s+[^\W\da-z])")

_TOLD = 2
"""Lines that must stand closer to what is before them than paragraphs do, for a page to tell its headings so."""

_RUN, _WINDOW = 3, 6
"""Bare lines in a row that can all be headings, and how many are looked at: of more only the last can be one."""

_PROSE = 90
"""Characters from which a piece may be what a heading stands above."""


def mark(page: Page) -> Page:
    """Mark the bare short lines that stand above text."""
    pieces = page.pieces
    bare = [_is_bare(piece) for piece in pieces]
    closer = _closer(pieces, bare)
    told = sum(closer) >= _TOLD
    fields = _fields(pieces, bare)
    # Bare lines before the first paragraph are summaries, names and tags more often than headings.
    begun = next((n for n, piece in enumerate(pieces) if _is_long(piece) and not bare[n]), len(pieces))
    question = _WORDS_OF_QUESTION if _is_interview(pieces) else _WORDS_OF_LONG_QUESTION
    few_capitals = sum(bare[n] and piece.text.isupper() for n, piece in enumerate(pieces)) <= _CAPITALS
    answer = list(pieces)
    for n, piece in enumerate(pieces[:-1]):
        if piece.kind == "text" and _is_chapter(piece.text):
            answer[n] = msgspec.structs.replace(piece, kind="heading", level=2)
        if not bare[n] or _label(piece.text) in fields or (few_capitals and _is_link(piece.text)):
            continue
        if told:
            heading = closer[n]
        else:
            heading = (
                (n > begun or _opens(pieces, bare, n))
                and _reads_as_heading(piece.text, question)
                and _stands_above_text(pieces, bare, n)
            )
        if heading:
            answer[n] = msgspec.structs.replace(piece, kind="heading", level=2)
    return msgspec.structs.replace(page, pieces=tuple(answer))


def _is_chapter(text: str) -> bool:
    """Whether a line begins a chapter of a book: "CHAPTER IV.", "Kapitel 3: Das Meer"."""
    match = _CHAPTER.match(text) if len(text) <= _LONGEST_HEADING else None
    return match is not None and match["word"].casefold() in vocabulary("headings", "chapters")


def _closer(pieces: Sequence[Piece], bare: Sequence[bool]) -> list[bool]:
    """Return which bare lines stand closer to what is before them than to the text below, or to such a line."""
    usual = _usual_gap(pieces)
    answer = [False] * len(pieces)
    for n in range(len(pieces) - 2, -1, -1):
        answer[n] = bare[n] and pieces[n].gap < usual and (pieces[n + 1].gap >= usual or answer[n + 1])
    return answer


def _fields(pieces: Sequence[Piece], bare: Sequence[bool]) -> set[str]:
    """Return the labels of data, "Price: $5": they stand more than once, or one below the other."""
    labels = [_label(piece.text) if bare[n] else "" for n, piece in enumerate(pieces)]
    counts = Counter(filter(None, labels))
    below = {label for pair in pairwise(labels) if all(pair) for label in pair}
    return {label for label, count in counts.items() if count > 1} | below


def _label(text: str) -> str:
    """Return the few words before a colon, which may be a label of data; empty where there are none."""
    label, colon, _ = text.partition(": ")
    return label if colon and len(label.split()) <= _WORDS_OF_LABEL else ""


def _usual_gap(pieces: Sequence[Piece]) -> int:
    """Return how many blank lines stand before most paragraphs."""
    gaps = Counter(piece.gap for piece in pieces if _is_long(piece))
    return gaps.most_common(1)[0][0] if gaps else 0


def _is_bare(piece: Piece) -> bool:
    """Whether a piece is a short line without the mark that ends a sentence; a question mark may end a heading."""
    text = piece.text
    if piece.kind != "text" or piece.level == 1 or len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)):
        return False
    if sentence_ends.starts_lower(_QUOTE.sub("", text)) or text[-1] in ",;":
        return False
    return not sentence_ends.ends(text) or text.rstrip("\"'”’»")[-1:] in "?:"


def _is_long(piece: Piece) -> bool:
    return sentence_ends.extent(piece.text) >= _PROSE


def _is_link(text: str) -> bool:
    return text.isupper() and len(text.split()) >= _WORDS_OF_LINK


def _is_interview(pieces: Sequence[Piece]) -> bool:
    """Whether somebody asks: then questions are what is said, however short."""
    asked = (piece for piece in pieces if piece.text.endswith("?"))
    return sum(len(piece.text.split()) > _WORDS for piece in asked) >= _ASKED


def _reads_as_heading(text: str, question: int) -> bool:
    words = len(text.split())
    if "://" in text or "@" in text or text[0] == "(":
        return False
    if text[-1] == ":":
        return words <= _WORDS_BEFORE_COLON
    if sentence_ends.ends(text):
        return words <= question
    return words <= _WORDS


def _opens(pieces: Sequence[Piece], bare: Sequence[bool], n: int) -> bool:
    """Whether a line right above the first paragraph or list is one of a few words, and no name, after no other."""
    text, after = pieces[n].text, pieces[n + 1]
    if not n or bare[n - 1] or len(text.split()) > _WORDS_OF_OPENING or not text[0].isalpha():
        return False
    told = bylines.is_name(text) or bylines.leads(text) or ": " in text
    return (after.kind != "text" or _is_long(after)) and not told


def _stands_above_text(pieces: Sequence[Piece], bare: Sequence[bool], n: int) -> bool:
    """Whether text follows, at once or below a second heading; of a longer run of bare lines only the last one is."""
    run, back = 1, 1
    while n + run < len(pieces) and bare[n + run] and run < _WINDOW:
        run += 1
    while n >= back and bare[n - back] and back < _WINDOW:
        back += 1
    if n + run >= len(pieces) or (run + back - 1 > _RUN and run > 1):
        return False
    after = pieces[n + run]
    return after.kind != "text" or _is_long(after) or sentence_ends.ends(after.text)
