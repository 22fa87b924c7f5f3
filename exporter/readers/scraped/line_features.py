"""Bare lines: short pieces that end no sentence, and the features by which headings differ from other bare lines.

They are headings, items of a list without marks, names, data labels, links. No feature depends on the words of a
language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from exporter.readers.scraped.scraped_page import TextPiece
from exporter.readers.text_tests import (
    MAX_LINE_CHARS,
    ends_sentence,
    ends_sentence_or_colon,
    ends_with,
    is_longer_than_label,
    starts_lower,
)

_MAX_LABEL_WORDS = 3
"""Words of a data label: "Opening hours: 9 to 5"."""

_MIN_CLOSER_LINES = 2
"""Lines that must stand closer to what is before them than paragraphs do, for blank lines to decide."""

_MAX_EXCLAMATION_WORDS = 5
"""Words of an exclamation alone between paragraphs that is a heading; a longer one is a sentence of the text."""

_MAX_STOPPED_WORDS = 12
"""Words of a line that may be a heading although a full stop ends it: by its number, or by the blank lines around."""

_MIN_CAPITALS_SHARE, _MIN_LONG_WORD_LETTERS = 0.6, 4
"""Share of a line's long words with a capital from which on it is in title case; letters of a long word."""

_DIALOGUE_DASH = re.compile(r"^[–—-]\s(?=[^\W\d_])")  # before dialogue, in many languages
_LEADING_NUMBER = re.compile(r"^#?\s?(\d{1,3})\b(?P<mark>[.):]*)\s+(?=[^\W\d]|\W)")
_LONG_WORD = re.compile(rf"[^\W\d_][\w'’]{{{_MIN_LONG_WORD_LETTERS - 1},}}")
_QUOTED_VALUE = re.compile(r": [\"“„«‘]")
_EMPTY_PIECE = TextPiece("")


class BareLine(msgspec.Struct, frozen=True):
    """A bare line, the piece of number `at`, between the pieces `before` and `below`.

    `run` counts the bare lines in a row with it; `text_below`: text follows the last of them; `begun`: a paragraph
    stands above. `closer`: fewer blank lines stand before it than before paragraphs, and than before what is below or
    another such line. `numbered`: its number goes on from another line's. `field`: it is a data label with its value.
    `titled`: its words have capitals; None if it has no words that show it.
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
    titled: bool | None


def find_bare_lines(pieces: Sequence[TextPiece]) -> list[BareLine]:
    """Return the bare lines of a page in order."""
    paragraphs = (n for n, piece in enumerate(pieces) if _is_long(piece) and not is_bare(piece))
    begun = next(paragraphs, len(pieces))
    numbered, closer = _find_numbered(pieces, begun), _find_closer(pieces)
    marked = numbered | closer | _find_exclamations(pieces) | _find_labelled(pieces)
    bare = [number in marked or is_bare(piece) for number, piece in enumerate(pieces)]
    fields = _find_field_labels(pieces, bare)
    return [
        BareLine(
            at=at,
            text=pieces[at].text,
            before=pieces[at - 1] if at else _EMPTY_PIECE,
            below=pieces[at + 1] if at + 1 < len(pieces) else _EMPTY_PIECE,
            run=end - start,
            text_below=end < len(pieces) and (is_text(pieces[end]) or ends_sentence_or_colon(pieces[end].text)),
            begun=at > begun,
            closer=at in closer,
            numbered=at in numbered,
            field=_field_label(pieces[at].text) in fields,
            titled=_is_title_case(pieces[at].text),
        )
        for start, end in _find_rows(bare)
        for at in range(start, end)
    ]


def is_text_below(piece: TextPiece) -> bool:
    """Whether a piece is text or a list, which a label or a heading may stand above."""
    text = piece.kind == "text" and (not is_bare(piece) or ends_sentence(piece.text))
    return piece.kind in ("bullet", "numbered") or text


def is_bare(piece: TextPiece) -> bool:
    """Whether a piece is a short line that ends no sentence; a question mark or a colon may end a heading."""
    text = piece.text
    return _may_be_bare(piece) and (not ends_sentence_or_colon(text) or ends_with(text, "?:"))


def is_text(piece: TextPiece) -> bool:
    """Whether a piece is what stands below a heading: a list and the like, or longer than a label."""
    return piece.kind != "text" or _is_long(piece)


def _is_long(piece: TextPiece) -> bool:
    return is_longer_than_label(piece.text)


def _find_rows(bare: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where each row of bare lines begins and ends."""
    at = 0
    for is_bare, group in groupby(bare):
        size = len(list(group))
        if is_bare:
            yield at, at + size
        at += size


def _may_be_bare(piece: TextPiece) -> bool:
    text = piece.text
    if piece.kind != "text" or piece.level == 1 or len(text) > MAX_LINE_CHARS:
        return False
    return any(map(str.isalpha, text)) and not starts_lower(_DIALOGUE_DASH.sub("", text)) and text[-1] not in ",;"


def _may_be_stopped(text: str) -> bool:
    """Whether a text ends no sentence, or has so few words that it may be a heading all the same."""
    return not ends_sentence_or_colon(text) or len(text.split()) <= _MAX_STOPPED_WORDS


def _find_numbered(pieces: Sequence[TextPiece], begun: int) -> set[int]:
    """Return the numbers of the lines that are numbered one after the other.

    Items of a list are marked already and do not count. A number without a mark is a quantity before a small letter ("2
    onions"), and a footnote's before the text has `begun`.
    """
    found: list[tuple[int, int]] = []
    for at, piece in enumerate(pieces):
        match = _LEADING_NUMBER.match(piece.text) if _may_be_bare(piece) else None
        marked = match is not None and (match["mark"] or (at > begun and not piece.text[match.end() :][:1].islower()))
        if match and marked and _may_be_stopped(piece.text):
            found.append((at, int(match[1])))
    return {at for (one, a), (two, b) in pairwise(found) if b == a + 1 for at in (one, two)}


def _find_closer(pieces: Sequence[TextPiece]) -> set[int]:
    """Return the numbers of the short lines that are closer to the piece before them than to the text below.

    A line above such a line counts, too: a heading may have several lines. One such line alone is chance.
    """
    gaps = Counter(piece.gap for piece in pieces if _is_long(piece))
    usual = gaps.most_common(1)[0][0] if gaps else 0
    found: set[int] = set()
    for n in range(len(pieces) - 2, -1, -1):
        close = pieces[n].gap < usual and (pieces[n + 1].gap >= usual or n + 1 in found)
        if close and _may_be_bare(pieces[n]) and _may_be_stopped(pieces[n].text):
            found.add(n)
    return found if len(found) >= _MIN_CLOSER_LINES else set()


def _find_exclamations(pieces: Sequence[TextPiece]) -> set[int]:
    """Return the numbers of the few words with an exclamation mark that stand alone between paragraphs."""
    return {
        n
        for n in range(1, len(pieces) - 1)
        if ends_with(pieces[n].text, "!")
        and len(pieces[n].text.split()) <= _MAX_EXCLAMATION_WORDS
        and _may_be_bare(pieces[n])
        and all(piece.kind == "text" and _is_long(piece) for piece in (pieces[n - 1], pieces[n + 1]))
    }


def _find_labelled(pieces: Sequence[TextPiece]) -> set[int]:
    """Return the numbers of the short sentences alone between paragraphs that share a label: "Myth: fats are bad."."""
    labels = {
        n: label
        for n in range(1, len(pieces) - 1)
        if (label := _field_label(pieces[n].text))
        and _may_be_bare(pieces[n])
        and _may_be_stopped(pieces[n].text)
        and all(piece.kind == "text" and _is_long(piece) for piece in (pieces[n - 1], pieces[n + 1]))
    }
    counts = Counter(labels.values())
    return {n for n, label in labels.items() if counts[label] > 1}


def _find_field_labels(pieces: Sequence[TextPiece], bare: Sequence[bool]) -> set[str]:
    """Return the data labels ("Price: $5") of lines in rows: they occur more than once, or one below the other.

    A line alone between paragraphs heads the text below it, "Myth: all fats are bad", but for a title: 'See: "Fats"'.
    """
    rows = {n for start, end in _find_rows(bare) if end - start > 1 for n in range(start, end)}
    titles = {n for n, piece in enumerate(pieces) if bare[n] and _QUOTED_VALUE.search(piece.text)}
    labels = [_field_label(piece.text) if n in rows | titles else "" for n, piece in enumerate(pieces)]
    counts = Counter(filter(None, labels))
    below = {label for pair in pairwise(labels) if all(pair) for label in pair}
    return {label for label, count in counts.items() if count > 1} | below


def _field_label(text: str) -> str:
    """Return the few words before a colon that may be a data label, or an empty string."""
    label, colon, _ = text.partition(": ")
    return label if colon and len(label.split()) <= _MAX_LABEL_WORDS else ""


def _is_title_case(text: str) -> bool | None:
    """Whether a line is in title case; None if it has no long words after the first, which has a capital anyhow."""
    words = _LONG_WORD.findall(text)[1:]
    return sum(word[0].isupper() for word in words) >= _MIN_CAPITALS_SHARE * len(words) if words else None
