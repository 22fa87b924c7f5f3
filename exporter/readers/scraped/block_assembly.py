"""Block assembly: the pieces of scraped text become the blocks of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from exporter.article import (
    Block,
    Bullets,
    Cell,
    Figure,
    Heading,
    Inline,
    Item,
    Numbered,
    Paragraph,
    Quote,
    Separator,
    Table,
    Text,
    Verse,
    join_lines,
)
from exporter.readers.scraped.scraped_page import TextPiece


def build_blocks(pieces: Sequence[TextPiece]) -> tuple[Block, ...]:
    """Return the blocks of the body: runs of items become lists; the title's own heading is left out."""
    return tuple(_build_blocks(piece for piece in pieces if piece.level != 1))


def _build_blocks(pieces: Iterator[TextPiece]) -> Iterator[Block]:
    for kind, run in groupby(pieces, key=lambda piece: piece.kind):
        group = list(run)
        match kind:
            case "bullet":
                yield Bullets(items=_build_items(group))
            case "numbered":
                yield Numbered(items=_build_items(group), start=group[0].number)
            case "quote":
                yield Quote(blocks=tuple(map(_build_paragraph, group)), attribution=_inlines(group[-1].credit))
            case _:
                yield from map(_build_block, group)


def _build_block(piece: TextPiece) -> Block:
    match piece.kind:
        case "heading":
            return Heading(content=(Text(piece.text),), level=piece.level)
        case "caption":
            return Figure(caption=(Text(piece.text),), credit=piece.credit)
        case "table":
            return _build_table(piece.rows)
        case "verse":
            return Verse(join_lines(map(_inlines, piece.text.split("\n"))))
        case "separator":
            return Separator()
        case _:
            return _build_paragraph(piece)


def _build_table(rows: Sequence[Sequence[str]]) -> Table:
    """Build a table; its first row is the head if it has words above numbers."""
    cells = tuple(tuple(Cell(content=_inlines(cell)) for cell in row) for row in rows)
    numbers = any(_is_number(cell) for row in rows[1:] for cell in row)
    if numbers and not any(map(_is_number, rows[0])):
        return Table(head=cells[:1], rows=cells[1:])
    return Table(rows=cells)


def _is_number(cell: str) -> bool:
    return any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell))


def _inlines(text: str) -> tuple[Inline, ...]:
    return (Text(text),) if text else ()


def _build_paragraph(piece: TextPiece) -> Paragraph:
    return Paragraph(content=(Text(piece.text),))


def _build_items(group: Sequence[TextPiece]) -> tuple[Item, ...]:
    return tuple(Item(blocks=(_build_paragraph(piece),)) for piece in group)
