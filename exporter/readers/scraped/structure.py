"""Headings, lists, quotations and separators, told by their shape and their surroundings."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from exporter.readers.scraped import sentence_ends
from exporter.readers.scraped.page import Page, Piece

_BULLET = re.compile(r"^(?:[•▪▫◦‣●○■□◆∙·⁃➤►▶✓✔✅]\s*|[-*–—]\s+)(?=\S)")
_NUMBER = re.compile(r"^\(?(?P<number>\d{1,3})[.)]\s+(?=\S)")
_SEPARATOR = re.compile(r"^(?:[*•·]\s?){1,5}$|^[-–—_=~*#]{3,}$|^⁂$|^o0o$")
_LONGEST_HEADING = 130
_PROSE = 90
"""Characters from which a piece may be what a heading stands above."""


def shape(page: Page) -> Page:
    """Give every text piece that is no paragraph its kind."""
    pieces = [_listed(piece) for piece in page.pieces]
    pieces = _numbered(_bulleted(pieces))
    return msgspec.structs.replace(page, pieces=tuple(_headings(pieces)))


def _listed(piece: Piece) -> Piece:
    if piece.kind == "text" and _SEPARATOR.match(piece.text):
        return msgspec.structs.replace(piece, kind="separator")
    return piece


def _bulleted(pieces: list[Piece]) -> list[Piece]:
    """Mark pieces behind a bullet; a dash counts only in company, since it may begin a line of dialogue."""
    marks = [_BULLET.match(piece.text) if piece.kind == "text" else None for piece in pieces]
    answer = list(pieces)
    for number, match in enumerate(marks):
        if not match:
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
    answer = list(pieces)
    for n, piece in enumerate(pieces):
        if bare[n] and _stands_above_text(pieces, bare, n):
            answer[n] = msgspec.structs.replace(piece, kind="heading", level=2)
    return answer


def _is_bare(piece: Piece) -> bool:
    text = piece.text
    if piece.kind != "text" or len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)):
        return False
    if sentence_ends.starts_lower(text) or text[-1] in ",;":
        return False
    return not sentence_ends.ends(text) or text.rstrip("\"'”’»")[-1:] == "?" or text[-1] == ":"


def _stands_above_text(pieces: Sequence[Piece], bare: Sequence[bool], n: int) -> bool:
    """Whether a paragraph or a list follows, at once or after one more bare line, and the line is no item of a run."""
    run = 1
    while n + run < len(pieces) and bare[n + run]:
        run += 1
    back = 1
    while n - back >= 0 and bare[n - back]:
        back += 1
    if run + back - 1 > 2 or n + run >= len(pieces):
        return False
    after = pieces[n + run]
    return (
        after.kind in ("bullet", "numbered", "caption", "quote")
        or len(after.text) >= _PROSE
        or sentence_ends.ends(after.text)
    )
