"""What the steps hand on: a page in pieces, and what is known of it so far."""

from __future__ import annotations

from typing import Literal

import msgspec

from exporter.article import Metadata
from exporter.errors import Notice

PieceKind = Literal["text", "heading", "bullet", "numbered", "quote", "caption", "table", "verse", "separator"]
"""What a piece has been found to be; "text" until a step knows better."""


class TextPiece(msgspec.Struct, frozen=True, gc=False):
    """One stretch of a page: a whole paragraph, heading, item or line of furniture.

    `gap` counts the blank lines before it. `level` is a heading's depth (1: the title's own), `number` a numbered
    item's number, `credit` a caption's credit, `rows` a table's cells. A verse keeps its lines.
    """

    text: str
    kind: PieceKind = "text"
    gap: int = 1
    level: int = 2
    number: int = 0
    credit: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


class ScrapedPage(msgspec.Struct, frozen=True):
    """The page so far. `metadata.title` is empty until it is found."""

    pieces: tuple[TextPiece, ...]
    metadata: Metadata
    notices: tuple[Notice, ...] = ()


def dropped_notice(text: str, why: str) -> Notice:
    """Say that a line was taken for no part of the article, and why."""
    return Notice(text if len(text) <= 200 else f"{text[:199]}…", f"dropped: {why}")
