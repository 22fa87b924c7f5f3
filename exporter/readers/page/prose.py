"""What tells running text from labels: length, sentences, what follows."""

from __future__ import annotations

import re
from functools import lru_cache

from exporter.article import Aside, Block, Bullets, Heading, Numbered, Paragraph, Quote, block_text

SHORT = 80
"""Characters of a line that may be a label; longer ones are sentences."""

_SENTENCE = re.compile(r"[.!?…。！？]['\"”’»)\]]*$")
_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1024)  # each step of a page asks for much the same lines
def key(text: str) -> str:
    """The letters and digits of a text, for comparison."""
    return "".join(_WORDS.findall(text.casefold()))


def is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _SENTENCE.search(text.strip()) is not None


def is_text(block: Block) -> bool:
    """Whether a block is running text of the article: long, or a sentence."""
    if isinstance(block, Quote | Aside):
        return any(is_text(child) for child in block.blocks)
    if not isinstance(block, Paragraph | Bullets | Numbered):
        return False
    text = block_text(block)
    return len(text) > SHORT and (len(text) > 2 * SHORT or is_sentence(text))


def openers(blocks: tuple[Block, ...]) -> frozenset[int]:
    """The numbers of the blocks that would open a part of the article as headings: text follows before the next one."""
    found: set[int] = set()
    followed = False
    for number in range(len(blocks) - 1, -1, -1):
        if followed:
            found.add(number)
        followed = not isinstance(blocks[number], Heading) and (followed or is_text(blocks[number]))
    return frozenset(found)
