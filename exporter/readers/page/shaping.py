"""What blocks become by standing where they stand: captions below pictures, bold lines above text, levels."""

from __future__ import annotations

import msgspec

from exporter.article import Block, Figure, Heading, Inline, Paragraph, Strong, inline_text
from exporter.readers.page import captions
from exporter.readers.page.prose import SHORT, opens

_LONGEST = 300
"""Characters of a caption."""


def attach(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give pictures their captions: a paragraph below a picture that ends with a credit is one."""
    kept: list[Block] = []
    for block in blocks:
        above = kept[-1] if kept else None
        if isinstance(above, Figure) and not above.credit and isinstance(block, Paragraph):
            caption, credit = captions.split(block.content)
            if credit and len(inline_text(block.content)) <= _LONGEST and not (caption and above.caption):
                kept[-1] = msgspec.structs.replace(above, caption=caption or above.caption, credit=credit)
                continue
        kept.append(block)
    return tuple(kept)


def headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """In an article without headings, bold lines above paragraphs are its headings."""
    if any(isinstance(block, Heading) for block in blocks):
        return blocks
    return tuple(
        Heading(content=bold, language=block.language, direction=block.direction)
        if number and isinstance(block, Paragraph) and (bold := _bold(block.content)) and opens(blocks, number)
        else block
        for number, block in enumerate(blocks)
    )


def _bold(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """What a line holds that is bold as a whole, short, and no sentence; else nothing."""
    text = inline_text(content)
    if len(content) != 1 or not isinstance(only := content[0], Strong) or len(text) > SHORT:
        return ()
    return () if text[-1:] in '.,;:…!?”»"' else only.content


def levels(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make the highest heading's level 2, and leave out no level between the others."""
    used = sorted({block.level for block in blocks if isinstance(block, Heading)})
    new = {level: min(rank + 2, 6) for rank, level in enumerate(used)}
    return tuple(
        msgspec.structs.replace(block, level=new[block.level]) if isinstance(block, Heading) else block
        for block in blocks
    )
