"""Which pictures an article shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from exporter.article import (
    Article,
    Aside,
    Block,
    Bullets,
    CodeBlock,
    Definitions,
    Figure,
    Heading,
    Image,
    Inline,
    MathBlock,
    Numbered,
    Paragraph,
    Quote,
    Separator,
    Table,
    Text,
    all_blocks,
)


def names(article: Article) -> Iterator[str]:
    """Yield the names of the pictures that are shown, in reading order."""
    for block in all_blocks(article):
        if isinstance(block, Figure) and block.image:
            yield block.image
        for content in _contents(block):
            yield from _inline(content)


def _contents(block: Block) -> Iterator[tuple[Inline, ...]]:
    """Yield the runs of inlines that stand directly in a block."""
    match block:
        case Paragraph() | Heading():
            yield block.content
        case Figure():
            yield block.caption
        case Quote():
            yield block.attribution
        case Definitions():
            yield from (item.term for item in block.items)
        case Table():
            yield block.caption
            yield from (cell.content for row in (*block.head, *block.rows) for cell in row)
        case Bullets() | Numbered() | CodeBlock() | MathBlock() | Aside() | Separator():
            return
        case _:
            assert_never(block)


def _inline(content: tuple[Inline, ...]) -> Iterator[str]:
    for inline in content:
        if isinstance(inline, Image):
            yield inline.image
        elif not isinstance(inline, Text):
            yield from _inline(getattr(inline, "content", ()))
