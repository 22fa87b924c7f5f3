"""What blocks become by standing where they stand: captions below pictures, bold lines above text, levels."""

from __future__ import annotations

import msgspec

from exporter.article import Block, Figure, Heading, Inline, Paragraph, Strong, inline_text
from exporter.readers.page import figure_captions
from exporter.readers.page.prose import SHORT, key, openers

_LONGEST = 300
"""Characters of a caption."""

_FEWEST = 12
"""Letters of a caption that a picture's alternative text repeats."""


def attach(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give pictures their captions: the paragraph below, if a credit ends or follows it, or if it is their alt text."""
    kept: list[Block] = []
    for block in blocks:
        above = kept[-1] if kept else None
        near = any(isinstance(figure, Figure) for figure in kept[-2:])
        caption, credit = _credited(block) if near else ((), "")
        if credit and isinstance(above, Figure) and not above.credit and not (caption and above.caption):
            kept[-1] = msgspec.structs.replace(above, caption=caption or above.caption, credit=credit)
        elif isinstance(above, Figure) and (figure := _told(above, block)):
            kept[-1] = figure
        elif credit and not caption and len(kept) > 1 and (figure := _below(kept[-2], kept[-1])):
            kept[-2:] = [msgspec.structs.replace(figure, credit=credit)]
        else:
            kept.append(block)
    return tuple(kept)


def _told(figure: Figure, block: Block) -> Figure | None:
    """A picture with the line below it as its caption, where its alternative text begins with the same words."""
    if figure.caption or not isinstance(block, Paragraph) or len(said := key(inline_text(block.content))) < _FEWEST:
        return None
    if not key(figure.alt).startswith(said):
        return None
    _, bar, owner = figure.alt.rpartition("|")
    return msgspec.structs.replace(
        figure, caption=block.content, credit=figure.credit or (figure_captions.bare(owner) if bar else "")
    )


def _credited(block: Block) -> tuple[tuple[Inline, ...], str]:
    """What a paragraph says of a picture, and whose the picture is; a paragraph without a credit says nothing of it."""
    if not isinstance(block, Paragraph) or len(inline_text(block.content)) > _LONGEST:
        return (), ""
    caption, credit = figure_captions.split(block.content)
    return (caption, credit) if credit else ((), "")


def _below(above: Block, block: Block) -> Figure | None:
    """A picture without words with a short paragraph below it as its caption."""
    if not isinstance(above, Figure) or above.caption or above.credit or not isinstance(block, Paragraph):
        return None
    return (
        msgspec.structs.replace(above, caption=block.content) if len(inline_text(block.content)) <= _LONGEST else None
    )


def headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """In an article without headings, bold lines above paragraphs are its headings."""
    if any(isinstance(block, Heading) for block in blocks):
        return blocks
    opens = openers(blocks)
    return tuple(
        Heading(content=bold, language=block.language, direction=block.direction)
        if number and number in opens and isinstance(block, Paragraph) and (bold := _bold(block.content))
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
