"""Distinguishes running text from labels and headings, by length, end of sentence and what follows."""

from __future__ import annotations

import re
from functools import lru_cache

from exporter.article import Aside, Block, Bullets, Heading, Numbered, Paragraph, Quote, block_text

MAX_LABEL_CHARS = 80
"""Characters of a label; a longer line is running text (chosen by reading pages; no measurement)."""

_SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»)\]]*$")
_ALPHANUMERICS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1024)  # the filters ask for the same lines again
def text_key(text: str) -> str:
    """Return the letters and digits of a text in one case, by which texts are compared."""
    return "".join(_ALPHANUMERICS.findall(text.casefold()))


def is_sentence(text: str) -> bool:
    """Whether a text ends with a full stop, question mark or the like."""
    return _SENTENCE_END.search(text.strip()) is not None


def is_running_text(block: Block) -> bool:
    """Whether a block is running text: a sentence longer than a label, or anything twice as long."""
    if isinstance(block, Quote | Aside):
        return any(is_running_text(child) for child in block.blocks)
    if not isinstance(block, Paragraph | Bullets | Numbered):
        return False
    text = block_text(block)
    return len(text) > MAX_LABEL_CHARS and (len(text) > 2 * MAX_LABEL_CHARS or is_sentence(text))


def find_openers(blocks: tuple[Block, ...]) -> frozenset[int]:
    """Return the numbers of the blocks that running text follows before the next heading: real headings would be."""
    found: set[int] = set()
    followed = False
    for number in range(len(blocks) - 1, -1, -1):
        if followed:
            found.add(number)
        followed = not isinstance(blocks[number], Heading) and (followed or is_running_text(blocks[number]))
    return frozenset(found)
