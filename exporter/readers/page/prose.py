"""Which blocks are running text, and which may open a part of the article."""

from __future__ import annotations

from exporter.article import Aside, Block, Bullets, Heading, Numbered, Paragraph, Quote, block_text
from exporter.readers.text_tests import MAX_LABEL_CHARS, ends_sentence


def is_text_block(block: Block) -> bool:
    """Whether a block is running text: longer than a label and a sentence, or twice as long whatever ends it."""
    if isinstance(block, Quote | Aside):
        return any(is_text_block(child) for child in block.blocks)
    if not isinstance(block, Paragraph | Bullets | Numbered):
        return False
    text = block_text(block)
    return len(text) > MAX_LABEL_CHARS and (len(text) > 2 * MAX_LABEL_CHARS or ends_sentence(text))


def find_openers(blocks: tuple[Block, ...]) -> frozenset[int]:
    """Return the numbers of the blocks that running text follows before the next heading: real headings would be.

    A heading right above one of a deeper level opens what that opens: "FAQ" above the first question.
    """
    found: set[int] = set()
    followed = False
    level = 0  # of the heading right below that opens a part
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        opens = followed or (isinstance(block, Heading) and block.level < level)
        if opens:
            found.add(number)
        level = block.level if opens and isinstance(block, Heading) else 0
        followed = not isinstance(block, Heading) and (followed or is_text_block(block))
    return frozenset(found)
