"""Lists, quotations, tables and separators, by the marks that begin their lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

import msgspec

from exporter.readers import boilerplate
from exporter.readers.scraped import line_features
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece
from exporter.readers.text_tests import ends_sentence_or_colon, is_running_text

BULLETS = "•▪▫◦‣●○■□◆∙·⁃➤►▶✓✔✅"
"""Marks that begin nothing but an item of a list."""

_BULLET = re.compile(rf"^(?:[{BULLETS}]\s*|[-*–—]\s+)(?=\S)")

_DASHES = "–—"
"""Dashes that begin a line of dialogue in many languages."""

_ITEM_NUMBER = re.compile(r"^\(?(?P<number>\d{1,3})[.)](?:\s+(?=\S)|(?=[^\W\d_]))")
_QUOTE_MARK = re.compile(r"(?:^|(?<=\s))>+ ?")
_MIN_ROW_LINES = 4
"""Lines in a row that are a list, and not an address or a heading of several lines."""

_SEPARATOR_LINE = re.compile(r"^(?:[*•·]\s?){1,5}$|^[-–—_=~*#]{3,}$|^⁂$|^o0o$")


def mark_lists(page: ScrapedPage) -> ScrapedPage:
    """Mark the items of lists, quotations, separators and tables."""
    pieces = [_mark_quote(_mark_separator(piece)) for piece in page.pieces]
    return msgspec.structs.replace(page, pieces=tuple(_join_tables(_mark_numbered(_mark_bullets(pieces)))))


def mark_rows(page: ScrapedPage) -> ScrapedPage:
    """Mark rows of bare lines that stand closer together than the paragraphs: lists that have lost their marks."""
    pieces = list(page.pieces)
    texts = [n for n, piece in enumerate(pieces) if piece.kind == "text" and is_running_text(piece.text)]
    usual = Counter(pieces[n].gap for n in texts).most_common(1)[0][0] if texts else 0
    bare = [n > texts[0] and line_features.is_bare(piece) for n, piece in enumerate(pieces)] if usual else []
    for is_bare, run in groupby(range(len(bare)), key=bare.__getitem__):
        for row in _split_at_gaps(pieces, list(run), usual) if is_bare else ():
            for n in row[_is_heading_of_row([pieces[n].text for n in row]) :] if len(row) >= _MIN_ROW_LINES else ():
                pieces[n] = msgspec.structs.replace(pieces[n], kind="bullet")
    return msgspec.structs.replace(page, pieces=tuple(pieces))


def _split_at_gaps(pieces: Sequence[TextPiece], run: Sequence[int], gap: int) -> list[Sequence[int]]:
    """Split a run of pieces before each that as many blank lines as this stand above."""
    starts = [0, *(at for at in range(1, len(run)) if pieces[run[at]].gap >= gap), len(run)]
    return [run[start:end] for start, end in pairwise(starts)]


def _is_heading_of_row(row: Sequence[str]) -> bool:
    """Whether a row's first line heads the others: it has a capital, and most of them a figure or a small letter."""
    first, *others = row
    return first[0].isupper() and sum(text[0].isupper() for text in others) * 2 < len(others)


def _mark_separator(piece: TextPiece) -> TextPiece:
    if piece.kind == "text" and _SEPARATOR_LINE.match(piece.text):
        return msgspec.structs.replace(piece, kind="separator")
    return piece


def _mark_quote(piece: TextPiece) -> TextPiece:
    """Mark the text behind the quote mark of e-mail and plain text, "> "."""
    text = _QUOTE_MARK.sub("", piece.text) if piece.kind == "text" and piece.text.startswith(">") else ""
    if text and not boilerplate.classify(text):
        return msgspec.structs.replace(piece, kind="quote", text=text)
    return piece


def _join_tables(pieces: Sequence[TextPiece]) -> list[TextPiece]:
    """Join rows with the same number of cells, separated by tabs, to tables; a tab alone becomes a space."""
    answer: list[TextPiece] = []
    for width, run in groupby(pieces, key=_count_cells):
        group = list(run)
        if width > 1 and len(group) > 1:
            rows = tuple(tuple(cell.strip() for cell in piece.text.split("\t")) for piece in group)
            answer.append(msgspec.structs.replace(group[0], kind="table", rows=rows))
        else:
            answer += [_replace_tabs(piece) for piece in group]
    return answer


def _count_cells(piece: TextPiece) -> int:
    return piece.text.count("\t") + 1 if piece.kind == "text" else 0


def _replace_tabs(piece: TextPiece) -> TextPiece:
    return msgspec.structs.replace(piece, text=" ".join(piece.text.split("\t"))) if "\t" in piece.text else piece


def _mark_bullets(pieces: list[TextPiece]) -> list[TextPiece]:
    """Mark pieces behind a bullet; a dash counts only beside another, since it may begin a line of dialogue."""
    marks = [_BULLET.match(piece.text) if piece.kind == "text" else None for piece in pieces]
    answer = list(pieces)
    for number, match in enumerate(marks):
        if not match or (match[0][0] in _DASHES and ends_sentence_or_colon(pieces[number].text)):
            continue
        company = any(0 <= n < len(marks) and marks[n] for n in (number - 1, number + 1))
        if company or match[0][0] not in "-–—*":
            answer[number] = msgspec.structs.replace(
                pieces[number], kind="bullet", text=pieces[number].text[match.end() :]
            )
    return answer


def _mark_numbered(pieces: list[TextPiece]) -> list[TextPiece]:
    """Mark runs of pieces whose numbers rise by one; with text between most of them they are headings instead."""
    numbers = [_item_number(piece) for piece in pieces]
    answer = list(pieces)
    places = [n for n, number in enumerate(numbers) if number]
    steps = [after - before for before, after in pairwise(places) if numbers[after] == numbers[before] + 1]
    if sum(step > 1 for step in steps) > sum(step == 1 for step in steps):
        return answer
    for n, number in enumerate(numbers):
        before = n and numbers[n - 1] == number - 1 and number > 1
        after = n + 1 < len(numbers) and numbers[n + 1] == number + 1
        if number and (before or after):
            text = pieces[n].text[_ITEM_NUMBER.match(pieces[n].text).end() :]  # type: ignore[union-attr]
            answer[n] = msgspec.structs.replace(pieces[n], kind="numbered", text=text, number=number)
    return answer


def _item_number(piece: TextPiece) -> int:
    match = _ITEM_NUMBER.match(piece.text) if piece.kind == "text" else None
    return int(match["number"]) if match else 0
