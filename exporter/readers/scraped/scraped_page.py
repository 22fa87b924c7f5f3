"""The page that the steps of `exporter.readers.scraped` pass on: its text in pieces, its metadata, its notices."""

from __future__ import annotations

from typing import Literal

import msgspec

from exporter.article import Metadata
from exporter.errors import Notice

PieceKind = Literal["text", "heading", "bullet", "numbered", "quote", "caption", "table", "verse", "separator"]
"""What a step has recognised a piece as; "text" until then."""


class TextPiece(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a page: a whole paragraph, a heading, a list item, a line of boilerplate.

    `gap` counts the blank lines before it. `level` is a heading's depth (1 for the title), `number` a numbered item's
    number, `credit` a caption's or a quotation's credit, `rows` a table's cells. A verse keeps its lines.
    """

    text: str
    kind: PieceKind = "text"
    gap: int = 1
    level: int = 2
    number: int = 0
    credit: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


class ScrapedPage(msgspec.Struct, frozen=True):
    """The page after a step. `metadata.title` is empty until it is found."""

    pieces: tuple[TextPiece, ...]
    metadata: Metadata
    notices: tuple[Notice, ...] = ()


_MAX_QUOTED_CHARS = 200
"""Characters of a dropped text that a notice quotes."""


def dropped_notice(text: str, reason: str) -> Notice:
    """Return the notice that a text is left out of the article, and why."""
    quoted = text if len(text) <= _MAX_QUOTED_CHARS else f"{text[: _MAX_QUOTED_CHARS - 1]}…"
    return Notice(quoted, f"dropped: {reason}")
