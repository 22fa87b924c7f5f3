"""Captions: pieces that a credit, or the words of one, give away as the words below a picture."""

from __future__ import annotations

import re

import msgspec

from exporter.readers import credits  # noqa: A004  the word of the field
from exporter.readers.scraped.page import Page, Piece
from exporter.readers.vocabulary import vocabulary

_LONGEST = 900
"""Characters of a caption with its credit."""

_OWNER = 300
"""Characters of a piece that may be the caption of a credit on the next line; a longer one is a paragraph."""

_SHORTEST = 5  # words of such a piece

_BRACKETS = re.compile(r"\([^()]{1,30}\)")
_FILE = re.compile(r"^(?:FILE|ARCHIV|ARCHIVO|DOSSIER)\s?(?:PHOTO)?\s?[-–—:]\s")


def mark(page: Page) -> Page:
    """Mark captions, and part them from their credits; a credit on a line of its own goes to the caption before it."""
    pieces: list[Piece] = []
    for piece in page.pieces:
        if piece.kind != "text" or len(piece.text) > _LONGEST:
            pieces.append(piece)
        elif credits.is_credit(piece.text):
            _give(pieces, credits.bare(piece.text), piece)
        else:
            pieces.append(_caption(piece))
    return msgspec.structs.replace(page, pieces=tuple(pieces))


def _give(pieces: list[Piece], credit: str, line: Piece) -> None:
    """Give a credit to the caption before it; where there is none it is a picture's without a caption."""
    before = pieces[-1] if pieces else None
    if before and before.kind == "caption" and before.text:
        pieces[-1] = msgspec.structs.replace(before, credit=before.credit or credit)
    elif (
        before
        and before.kind == "text"
        and before.level != 1
        and len(before.text.split()) >= 3
        and len(before.text) <= _OWNER
    ):
        pieces[-1] = msgspec.structs.replace(before, kind="caption", credit=credit)
    else:
        pieces.append(msgspec.structs.replace(line, text="", kind="caption", credit=credit))


def _caption(piece: Piece) -> Piece:
    caption, credit = credits.split(piece.text)
    if credit and caption:
        return msgspec.structs.replace(piece, text=caption, kind="caption", credit=credit)
    if caption != piece.text or _FILE.match(piece.text) or _places(piece.text):
        return msgspec.structs.replace(piece, text=caption, kind="caption")
    return piece


def _places(text: str) -> bool:
    """Whether a short piece says where someone stands in a picture: "Ann Lee (left) and Bo Chan"."""
    if len(text) > _OWNER or "(" not in text:
        return False
    brackets = (match.casefold() for match in _BRACKETS.findall(text))
    return any(bracket in vocabulary("credits", "places") for bracket in brackets)
