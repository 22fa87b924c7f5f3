"""Headings, lists, quotations and separators, told by their shape and their surroundings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from exporter.readers.scraped import sentence_ends
from exporter.readers.scraped.page import Page, Piece

_BULLET = re.compile(r"^(?:[•▪▫◦‣●○■□◆∙·⁃➤►▶✓✔✅]\s*|[-*–—]\s+)(?=\S)")
_DASHES = "–—"  # which begin a line of dialogue in many languages
_NUMBER = re.compile(r"^\(?(?P<number>\d{1,3})[.)]\s+(?=\S)")
_QUOTE = re.compile(r"(?:^|(?<=\s))>+ ?")
_SEPARATOR = re.compile(r"^(?:[*•·]\s?){1,5}$|^[-–—_=~*#]{3,}$|^⁂$|^o0o$")
_LONGEST_HEADING = 130
_WORDS, _WORDS_OF_QUESTION, _WORDS_BEFORE_COLON = 16, 9, 2
"""Words of a heading: longer bare lines are captions and items, longer questions are an interviewer's, and what ends in
a colon leads to what follows it."""

_WORDS_OF_LINK = 6
"""Words from which a bare line in capitals is a link to another article, as some sites strew them."""

_TOLD = 2
"""Lines that must stand closer to what is before them than paragraphs do, for a page to tell its headings so."""

_RUN, _LONG_RUN = 3, 6
"""Bare lines in a row that can all be headings; from the second number on they are a list."""

_PROSE = 90
"""Characters from which a piece may be what a heading stands above."""


def lists(page: Page) -> Page:
    """Mark the items of lists, quotations, separators and tables."""
    pieces = [_quoted(_separator(piece)) for piece in page.pieces]
    return msgspec.structs.replace(page, pieces=tuple(_tables(_numbered(_bulleted(pieces)))))


def headings(page: Page) -> Page:
    """Mark the bare short lines that stand above text."""
    return msgspec.structs.replace(page, pieces=tuple(_headings(page.pieces)))


def _separator(piece: Piece) -> Piece:
    if piece.kind == "text" and _SEPARATOR.match(piece.text):
        return msgspec.structs.replace(piece, kind="separator")
    return piece


def _quoted(piece: Piece) -> Piece:
    """Mark what stands behind a quotation mark of mail and plain text, "> "."""
    if piece.kind == "text" and piece.text.startswith(">") and (text := _QUOTE.sub("", piece.text)):
        return msgspec.structs.replace(piece, kind="quote", text=text)
    return piece


def _tables(pieces: Sequence[Piece]) -> list[Piece]:
    """Join rows of equally many cells, parted by tabs, to tables; a lone tab is a space."""
    answer: list[Piece] = []
    for width, run in groupby(pieces, key=_cells):
        group = list(run)
        if width > 1 and len(group) > 1:
            rows = tuple(tuple(cell.strip() for cell in piece.text.split("\t")) for piece in group)
            answer.append(msgspec.structs.replace(group[0], kind="table", rows=rows))
        else:
            answer += [_untabbed(piece) for piece in group]
    return answer


def _cells(piece: Piece) -> int:
    return piece.text.count("\t") + 1 if piece.kind == "text" else 0


def _untabbed(piece: Piece) -> Piece:
    return msgspec.structs.replace(piece, text=" ".join(piece.text.split("\t"))) if "\t" in piece.text else piece


def _bulleted(pieces: list[Piece]) -> list[Piece]:
    """Mark pieces behind a bullet; a dash counts only in company, since it may begin a line of dialogue."""
    marks = [_BULLET.match(piece.text) if piece.kind == "text" else None for piece in pieces]
    answer = list(pieces)
    for number, match in enumerate(marks):
        if not match or (match[0][0] in _DASHES and sentence_ends.ends(pieces[number].text)):
            continue
        company = any(0 <= n < len(marks) and marks[n] for n in (number - 1, number + 1))
        if company or match[0][0] not in "-–—*":
            answer[number] = msgspec.structs.replace(
                pieces[number], kind="bullet", text=pieces[number].text[match.end() :]
            )
    return answer


def _numbered(pieces: list[Piece]) -> list[Piece]:
    """Mark runs of pieces whose numbers rise by one."""
    numbers = [_number(piece) for piece in pieces]
    answer = list(pieces)
    for n, number in enumerate(numbers):
        before = n and numbers[n - 1] == number - 1 and number > 1
        after = n + 1 < len(numbers) and numbers[n + 1] == number + 1
        if number and (before or after):
            text = pieces[n].text[_NUMBER.match(pieces[n].text).end() :]  # type: ignore[union-attr]
            answer[n] = msgspec.structs.replace(pieces[n], kind="numbered", text=text, number=number)
    return answer


def _number(piece: Piece) -> int:
    match = _NUMBER.match(piece.text) if piece.kind == "text" else None
    return int(match["number"]) if match else 0


def _headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark bare short lines above text as headings."""
    bare = [_is_bare(piece) for piece in pieces]
    closer = _usual_gap(pieces)
    told = sum(bare[n] and piece.gap < closer for n, piece in enumerate(pieces)) >= _TOLD
    fields = _fields(piece.text for n, piece in enumerate(pieces) if bare[n])
    begun = next((n for n, piece in enumerate(pieces) if len(piece.text) >= _PROSE and not bare[n]), len(pieces))
    answer = list(pieces)
    for n, piece in enumerate(pieces):
        if not bare[n] or n + 1 == len(pieces) or piece.text.partition(":")[0] in fields:
            continue
        # A page that sets its headings apart by their gaps is believed; else the surroundings tell.
        if told:
            heading = piece.gap < closer
        else:
            heading = n > begun and _reads_as_heading(piece.text) and _stands_above_text(pieces, bare, n)
        if heading:
            answer[n] = msgspec.structs.replace(piece, kind="heading", level=2)
    return answer


def _fields(texts: Iterable[str]) -> set[str]:
    """Return the labels that stand before a colon more than once: "Price: $5", "Price: $7" are data, not headings."""
    labels = Counter(label for label, colon, _ in (text.partition(":") for text in texts) if colon)
    return {label for label, count in labels.items() if count > 1}


def _usual_gap(pieces: Sequence[Piece]) -> int:
    """Return how many blank lines stand before most paragraphs."""
    gaps = Counter(piece.gap for piece in pieces if len(piece.text) >= _PROSE)
    return gaps.most_common(1)[0][0] if gaps else 0


def _is_bare(piece: Piece) -> bool:
    """Whether a piece is a short line without the mark that ends a sentence; a question mark may end a heading."""
    text = piece.text
    if piece.kind != "text" or piece.level == 1 or len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)):
        return False
    if sentence_ends.starts_lower(text) or text[-1] in ",;":
        return False
    return not sentence_ends.ends(text) or text.rstrip("\"'”’»")[-1:] in "?:"


def _reads_as_heading(text: str) -> bool:
    words = len(text.split())
    if "://" in text or "@" in text or (text.isupper() and words >= _WORDS_OF_LINK):
        return False
    if text[-1] == ":":
        return words <= _WORDS_BEFORE_COLON
    if sentence_ends.ends(text):
        return words <= _WORDS_OF_QUESTION
    return words <= _WORDS


def _stands_above_text(pieces: Sequence[Piece], bare: Sequence[bool], n: int) -> bool:
    """Whether text follows, at once or below a second heading; of a longer run of bare lines only the last one is."""
    run, back = 1, 1
    while n + run < len(pieces) and bare[n + run] and run < _LONG_RUN:
        run += 1
    while n >= back and bare[n - back] and back < _LONG_RUN:
        back += 1
    if n + run >= len(pieces) or run + back - 1 >= _LONG_RUN or (run + back - 1 > _RUN and run > 1):
        return False
    after = pieces[n + run]
    return after.kind != "text" or len(after.text) >= _PROSE or sentence_ends.ends(after.text)
