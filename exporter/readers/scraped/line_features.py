"""Bare lines: short pieces without the mark that ends a sentence, and what stands around each.

They are headings, items of a list that has lost its marks, names, labels of data, links. What is told of a line here is
what these differ in, and needs no word of any language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from exporter.readers.scraped import sentence_ends
from exporter.readers.scraped.scraped_page import TextPiece

LONGEST = 130
"""Characters of a bare line."""

_PROSE = 90
"""Characters from which a piece may be what a heading stands above."""

_WORDS_OF_LABEL = 3
"""Words of a label of data: "Opening hours: 9 to 5"."""

_WORDS_OF_NUMBERED = 12
"""Words of a numbered line that may be a heading though a full stop ends it."""

_STYLED = 3
"""Lines of one style, among others in a row, that are the headings of what follows each."""

_LISTED, _NUMBERS = 5, 0.6
"""Lines of a row that may be a list of data, and the share of them with a figure."""

_TITLED, _LONG_WORD = 0.6, 4
"""Share of a line's long words with a capital from which on all of them are written so; letters of a long word."""

_QUOTE = re.compile(r"^[–—-]\s(?=[^\W\d_])")  # the dash before what somebody says, as some languages set it
_NUMBER = re.compile(r"^#?\s?(\d{1,3})\b(?P<mark>[.):]*)\s+(?=[^\W\d]|\W)")
_WORD = re.compile(rf"[^\W\d_][\w'’]{{{_LONG_WORD - 1},}}")
_NOTHING = TextPiece("")


class BareLine(msgspec.Struct, frozen=True):
    """A bare line, which is the piece of the number `at`; `before` is the piece before it, `below` the next one.

    `run` bare lines stand in a row with it, and `text_below` says whether text follows the last one; `begun`, that a
    paragraph stands above. A `closer` line has fewer blank lines before it than paragraphs have, and than what is below
    it, or than another such line. `numbered` lines are numbered one after the other, a `field` is a label with its
    datum, and the style of one that `stands_out` is that of several others in the page, but not of its neighbours. One
    that `heads_numbers` has no figure, at an end of a row in which nearly all other lines have one. `titled` says
    whether its words have capitals, where one can tell.
    """

    at: int
    text: str
    before: TextPiece
    below: TextPiece
    run: int
    text_below: bool
    begun: bool
    closer: bool
    numbered: bool
    field: bool
    stands_out: bool
    heads_numbers: bool
    titled: bool | None


def survey(pieces: Sequence[TextPiece]) -> list[BareLine]:
    """Return the bare lines of a page in order."""
    begun = next((n for n, piece in enumerate(pieces) if is_long(piece) and not _is_bare(piece)), len(pieces))
    numbered = _numbered(pieces, begun)
    bare = [number in numbered or _is_bare(piece) for number, piece in enumerate(pieces)]
    closer, fields, outstanding = _closer(pieces, bare), _fields(pieces, bare), _outstanding(pieces, bare)
    return [
        BareLine(
            at=at,
            text=pieces[at].text,
            before=pieces[at - 1] if at else _NOTHING,
            below=pieces[at + 1] if at + 1 < len(pieces) else _NOTHING,
            run=end - start,
            text_below=end < len(pieces) and _is_text(pieces[end]),
            begun=at > begun,
            closer=closer[at],
            numbered=at in numbered,
            field=_label(pieces[at].text) in fields,
            stands_out=at in outstanding,
            heads_numbers=at in (start, end - 1) and _heads_numbers(pieces, at, range(start, end)),
            titled=_titled(pieces[at].text),
        )
        for start, end in _runs(bare)
        for at in range(start, end)
    ]


def is_long(piece: TextPiece) -> bool:
    """Whether a piece is as long as what stands below a heading."""
    return sentence_ends.extent(piece.text) >= _PROSE


def _is_text(piece: TextPiece) -> bool:
    return piece.kind != "text" or is_long(piece) or sentence_ends.ends(piece.text)


def _runs(bare: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where each row of bare lines begins and ends."""
    at = 0
    for is_bare, group in groupby(bare):
        size = len(list(group))
        if is_bare:
            yield at, at + size
        at += size


def _may_be(piece: TextPiece) -> bool:
    text = piece.text
    fit = piece.kind == "text" and piece.level != 1 and len(text) <= LONGEST and any(map(str.isalpha, text))
    return fit and not sentence_ends.starts_lower(_QUOTE.sub("", text)) and text[-1] not in ",;"


def _is_bare(piece: TextPiece) -> bool:
    """Whether a piece is a short line without the mark that ends a sentence; a question mark may end a heading."""
    text = piece.text
    return _may_be(piece) and (not sentence_ends.ends(text) or text.rstrip("\"'”’»)")[-1:] in "?:")


def _numbered(pieces: Sequence[TextPiece], begun: int) -> set[int]:
    """Return which lines are numbered one after the other; of a list the items' marks are known, and these are none.

    A number without a mark is a quantity before a small letter ("2 onions"), and a note's before the text has `begun`.
    """
    found: list[tuple[int, int]] = []
    for at, piece in enumerate(pieces):
        match = _NUMBER.match(piece.text) if _may_be(piece) else None
        marked = match is not None and (match["mark"] or (at > begun and not piece.text[match.end() :][:1].islower()))
        if match and marked and (not sentence_ends.ends(piece.text) or len(piece.text.split()) <= _WORDS_OF_NUMBERED):
            found.append((at, int(match[1])))
    return {at for (one, a), (two, b) in pairwise(found) if b == a + 1 for at in (one, two)}


def _closer(pieces: Sequence[TextPiece], bare: Sequence[bool]) -> list[bool]:
    """Return which bare lines stand closer to what is before them than to the text below, or to such a line."""
    gaps = Counter(piece.gap for piece in pieces if is_long(piece))
    usual = gaps.most_common(1)[0][0] if gaps else 0
    answer = [False] * len(pieces)
    for n in range(len(pieces) - 2, -1, -1):
        answer[n] = bare[n] and pieces[n].gap < usual and (pieces[n + 1].gap >= usual or answer[n + 1])
    return answer


def _fields(pieces: Sequence[TextPiece], bare: Sequence[bool]) -> set[str]:
    """Return the labels of data, "Price: $5": they stand more than once, or one below the other."""
    labels = [_label(piece.text) if bare[n] else "" for n, piece in enumerate(pieces)]
    counts = Counter(filter(None, labels))
    below = {label for pair in pairwise(labels) if all(pair) for label in pair}
    return {label for label, count in counts.items() if count > 1} | below


def _label(text: str) -> str:
    """Return the few words before a colon, which may be a label of data; empty where there are none."""
    label, colon, _ = text.partition(": ")
    return label if colon and len(label.split()) <= _WORDS_OF_LABEL else ""


def _outstanding(pieces: Sequence[TextPiece], bare: Sequence[bool]) -> set[int]:
    """Return the lines in capitals, or before a colon, that head other lines of their row as several of the page do."""
    styles = [_style(piece.text) if bare[n] else "" for n, piece in enumerate(pieces)]
    heads: dict[str, set[int]] = {}
    for n, (style, below) in enumerate(pairwise(styles)):
        if style and bare[n + 1] and below != style:
            heads.setdefault(style, set()).add(n)
    return {n for found in heads.values() if len(found) >= _STYLED for n in found}


def _heads_numbers(pieces: Sequence[TextPiece], at: int, row: range) -> bool:
    numbers = sum(any(map(str.isdigit, pieces[n].text)) for n in row)
    few = len(pieces[at].text.split()) <= _WORDS_OF_LABEL and not any(map(str.isdigit, pieces[at].text))
    return few and len(row) >= _LISTED and numbers >= _NUMBERS * (len(row) - 1)


def _style(text: str) -> str:
    if text.endswith(":"):
        return "colon" if len(text.split()) <= _WORDS_OF_LABEL else ""
    return "capitals" if text.isupper() else ""


def _titled(text: str) -> bool | None:
    words = _WORD.findall(text)[1:]  # the first one has a capital anyhow
    return sum(word[0].isupper() for word in words) >= _TITLED * len(words) if words else None
