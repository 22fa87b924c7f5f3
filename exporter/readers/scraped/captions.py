"""Captions: pieces that a credit, or the words of one, give away as the words below a picture."""

from __future__ import annotations

import re

import msgspec

from exporter.readers import credits  # noqa: A004
from exporter.readers.scraped import sentence_ends
from exporter.readers.scraped.page import Page, Piece

_LONGEST = 900
"""Characters of a caption with its credit."""

_FILE = re.compile(r"^(?:FILE|ARCHIV|ARCHIVO|DOSSIER)\s?(?:PHOTO)?\s?[-–—:]\s")


def mark(page: Page) -> Page:
    """Mark captions, and part them from their credits; a credit on a line of its own goes to the caption before it."""
    pieces: list[Piece] = []
    for piece in page.pieces:
        if piece.kind != "text" or len(piece.text) > _LONGEST:
            pieces.append(piece)
            continue
        if pieces and credits.is_credit(piece.text) and _may_own(pieces[-1]):
            caption, inner = credits.split(pieces[-1].text)
            own = pieces[-1].credit or inner or credits.bare(piece.text.strip("()[] "))
            pieces[-1] = msgspec.structs.replace(pieces[-1], text=caption, kind="caption", credit=own)
            continue
        caption, credit = credits.split(piece.text)
        if credit and caption:
            pieces.append(msgspec.structs.replace(piece, text=caption, kind="caption", credit=credit))
        elif _FILE.match(piece.text):
            pieces.append(msgspec.structs.replace(piece, kind="caption"))
        else:
            pieces.append(piece)
    return msgspec.structs.replace(page, pieces=tuple(pieces))


def _may_own(piece: Piece) -> bool:
    """Whether a credit may belong to the piece before it: a caption, or a line short enough to be one."""
    if piece.level == 1:
        return False
    return piece.kind == "caption" or (piece.kind == "text" and 3 <= len(piece.text.split()) <= 60)


def _sentence(piece: Piece) -> bool:
    return sentence_ends.ends(piece.text)
