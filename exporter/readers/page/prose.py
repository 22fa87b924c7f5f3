"""What tells running text from labels: length, sentences, what follows."""

from __future__ import annotations

import re
from functools import lru_cache

from exporter.article import Aside, Block, Bullets, Heading, Numbered, Paragraph, Quote, block_text

MAX_LABEL_CHARS = 80
"""Characters of a line that may be a label; longer ones are sentences."""

_SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»)\]]*$")
_ALPHANUMERICS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1024)  # each step of a page asks for much the same lines
def text_key(text: str) -> str:
    """The letters and digits of a text, for comparison."""
    return "".join(_ALPHANUMERICS.findall(text.casefold()))


def is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _SENTENCE_END.search(text.strip()) is not None


def is_running_text(block: Block) -> bool:
    """Whether a block is running text of the article: long, or a sentence."""
    if isinstance(block, Quote | Aside):
        return any(is_running_text(child) for child in block.blocks)
    if not isinstance(block, Paragraph | Bullets | Numbered):
        return False
    text = block_text(block)
    return len(text) > MAX_LABEL_CHARS and (len(text) > 2 * MAX_LABEL_CHARS or is_sentence(text))


def find_openers(blocks: tuple[Block, ...]) -> frozenset[int]:
    """The numbers of the blocks that would open a part of the article as headings: text follows before the next one."""
    found: set[int] = set()
    followed = False
    for number in range(len(blocks) - 1, -1, -1):
        if followed:
            found.add(number)
        followed = not isinstance(blocks[number], Heading) and (followed or is_running_text(blocks[number]))
    return frozenset(found)
