"""The page that the steps of `exporter.readers.scraped` pass on: its text in pieces, its metadata, its notices."""

from __future__ import annotations

from typing import Literal

import msgspec

from exporter.account import Dropped
from exporter.article import Metadata
from exporter.errors import Notice

PieceKind = Literal["text", "heading", "bullet", "numbered", "quote", "caption", "table", "verse", "separator"]
"""What a step has recognised a piece as; "text" until then."""


class TextPiece(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a page: a whole paragraph, a heading, a list item, a line of boilerplate.

    `line` is the number of its first line in the text, `gap` counts the blank lines before it. `level` is a heading's
    depth (1 for the title), `number` a numbered item's number, `credit` a caption's or a quotation's credit, `rows` a
    table's cells. A verse keeps its lines.
    """

    text: str
    kind: PieceKind = "text"
    line: int = 0
    gap: int = 1
    level: int = 2
    number: int = 0
    credit: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    def drop(self, why: str) -> Dropped:
        """Return the account of the piece as left out for this reason."""
        return Dropped(self.text, why, describe_line(self.line))


class ScrapedPage(msgspec.Struct, frozen=True):
    """The page after a step. `metadata.title` is empty until it is found. `notices` hold what was dropped, too."""

    pieces: tuple[TextPiece, ...]
    metadata: Metadata
    notices: tuple[Notice | Dropped, ...] = ()


def describe_line(number: int) -> str:
    """Return where a text stands, for the account; `number` is that of its line, from 1 on."""
    return f"line {number}"
