"""Rewrites of blocks by position: paragraphs below pictures into captions, bold lines into headings."""

from __future__ import annotations

import msgspec

from exporter.article import Aside, Block, Figure, Heading, Inline, Paragraph, Strong, block_text, inline_text
from exporter.readers.page import figure_captions
from exporter.readers.page.prose import find_openers
from exporter.readers.text_tests import MAX_CAPTION_CHARS, MAX_LABEL_CHARS, text_key

_MIN_ALT_CAPTION_LETTERS = 12
"""Letters of a caption that the alternative text repeats; fewer are the same by chance."""


def open_large_boxes(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Replace a box that holds most of a page's text by its contents: it is the article itself."""
    lengths = [len(block_text(block)) for block in blocks]
    total = sum(lengths)
    return tuple(
        inner
        for block, length in zip(blocks, lengths, strict=True)
        for inner in (block.blocks if isinstance(block, Aside) and length * 2 > total else (block,))
    )


def attach_captions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Attach to a picture the paragraph below it, if a credit ends or follows it, or if it is the alternative text."""
    kept: list[Block] = []
    for block in blocks:
        above = kept[-1] if kept else None
        caption, credit = _split_credited_paragraph(block) if isinstance(above, Figure) else ((), "")
        if credit and isinstance(above, Figure) and not above.credit and not (caption and above.caption):
            kept[-1] = msgspec.structs.replace(above, caption=caption or above.caption, credit=credit)
        elif isinstance(above, Figure) and (figure := _caption_from_alt(above, block)):
            kept[-1] = figure
        else:
            kept.append(block)
    return tuple(kept)


def _caption_from_alt(figure: Figure, block: Block) -> Figure | None:
    """Return the picture with the paragraph as its caption if its alternative text begins so; else None."""
    if (
        figure.caption
        or not isinstance(block, Paragraph)
        or len(letters := text_key(inline_text(block.content))) < _MIN_ALT_CAPTION_LETTERS
    ):
        return None
    if not text_key(figure.alt).startswith(letters):
        return None
    _, bar, owner = figure.alt.rpartition("|")
    return msgspec.structs.replace(
        figure, caption=block.content, credit=figure.credit or (figure_captions.clean_credit(owner) if bar else "")
    )


def _split_credited_paragraph(block: Block) -> tuple[tuple[Inline, ...], str]:
    """Split a paragraph into caption and credit; both are empty if it has no credit."""
    if not isinstance(block, Paragraph) or len(inline_text(block.content)) > MAX_CAPTION_CHARS:
        return (), ""
    caption, credit = figure_captions.split_caption_credit(block.content)
    return (caption, credit) if credit else ((), "")


def promote_bold_lines(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Turn bold lines above text into headings, in an article without headings."""
    if any(isinstance(block, Heading) for block in blocks):
        return blocks
    opens = find_openers(blocks)
    return tuple(
        Heading(content=bold, language=block.language, direction=block.direction)
        if number and number in opens and isinstance(block, Paragraph) and (bold := _bold_line(block.content))
        else block
        for number, block in enumerate(blocks)
    )


def _bold_line(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the contents of a line that is bold as a whole, short, and not a sentence; else empty."""
    text = inline_text(content)
    bold = [part for part in content if isinstance(part, Strong)]
    if len(bold) != len(content) or len(text) > MAX_LABEL_CHARS or text[-1:] in '.,;:…!?”»"':
        return ()
    return tuple(inline for part in bold for inline in part.content)
