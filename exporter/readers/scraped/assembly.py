"""Pieces become the model's blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from exporter.article import (
    Block,
    Break,
    Bullets,
    Figure,
    Heading,
    Inline,
    Item,
    Numbered,
    Paragraph,
    Quote,
    Separator,
    Text,
)
from exporter.readers.scraped.page import Piece


def blocks(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """Return the blocks of the body: runs of items become lists; the title's own heading is no block."""
    return tuple(_blocks(piece for piece in pieces if piece.level != 1))


def _blocks(pieces: Iterator[Piece]) -> Iterator[Block]:
    for kind, run in groupby(pieces, key=lambda piece: piece.kind):
        group = list(run)
        match kind:
            case "bullet":
                yield Bullets(items=_items(group))
            case "numbered":
                yield Numbered(items=_items(group), start=group[0].number)
            case "quote":
                yield Quote(blocks=tuple(_paragraph(piece) for piece in group))
            case _:
                yield from map(_block, group)


def _block(piece: Piece) -> Block:
    match piece.kind:
        case "heading":
            return Heading(content=(Text(piece.text),), level=piece.level)
        case "caption":
            return Figure(caption=(Text(piece.text),), credit=piece.credit)
        case "verse":
            return Paragraph(content=_verse(piece.text.split("\n")))
        case "separator":
            return Separator()
        case _:
            return _paragraph(piece)


def _verse(lines: Sequence[str]) -> tuple[Inline, ...]:
    content: list[Inline] = [Text(lines[0])]
    for line in lines[1:]:
        content += [Break(), Text(line)]
    return tuple(content)


def _paragraph(piece: Piece) -> Paragraph:
    return Paragraph(content=(Text(piece.text),))


def _items(group: Sequence[Piece]) -> tuple[Item, ...]:
    return tuple(Item(blocks=(_paragraph(piece),)) for piece in group)
