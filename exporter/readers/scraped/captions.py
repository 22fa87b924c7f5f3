"""Captions: pieces that a credit, or the words of one, give away as the words below a picture."""

from __future__ import annotations

import re

import msgspec

from exporter.readers import credits  # noqa: A004  the word of the field
from exporter.readers.scraped.page import Page, Piece, dropped
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
    notices = list(page.notices)
    for piece in page.pieces:
        if piece.kind != "text" or len(piece.text) > _LONGEST:
            pieces.append(piece)
        elif not credits.is_credit(piece.text):
            pieces.append(_caption(piece))
        elif pieces and _may_own(pieces[-1]):
            credit = pieces[-1].credit or credits.bare(piece.text)
            pieces[-1] = msgspec.structs.replace(pieces[-1], kind="caption", credit=credit)
        else:
            notices.append(dropped(piece.text, "the credit of a picture that is not here"))
    return msgspec.structs.replace(page, pieces=tuple(pieces), notices=tuple(notices))


def _may_own(piece: Piece) -> bool:
    """Whether the credit on the next line may be this piece's: a caption, or a line that can be one."""
    if piece.kind == "caption":
        return True
    long_enough = len(piece.text.split()) >= _SHORTEST
    return piece.kind == "text" and piece.level != 1 and long_enough and len(piece.text) <= _OWNER


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
