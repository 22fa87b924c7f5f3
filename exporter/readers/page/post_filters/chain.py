"""What is left of the page around the article's blocks goes, step by step.

Each step takes the blocks and returns those that stay; what goes is told in a notice. A line goes only for what it
says or where it stands, and a paragraph of sentences hardly ever.
"""

from __future__ import annotations

from exporter.article import Block
from exporter.errors import Notice
from exporter.readers.page import rewrites
from exporter.readers.page.post_filters import article_opening, boilerplate_blocks
from exporter.readers.page.post_filters.trim_context import TrimContext, TrimLog

_PLAIN = (article_opening.title, article_opening.head)
"""Steps for a page that has no furniture: only what repeats its metadata goes."""

_STEPS = (
    article_opening.portraits,
    article_opening.before_title,
    article_opening.head,
    article_opening.repeated,
    boilerplate_blocks.slides,
    boilerplate_blocks.furniture,
    boilerplate_blocks.links,
    boilerplate_blocks.unchosen,
    article_opening.standfirst,
    boilerplate_blocks.pulled,
    boilerplate_blocks.tail,
    article_opening.signature,
)
"""Steps for all others, in their order."""


def trim(blocks: tuple[Block, ...], known: TrimContext, *, plain: bool) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """Return the blocks that are the article's, and what went; of a `plain` page only what repeats its metadata."""
    blocks = rewrites.attach(blocks)
    trim = TrimLog(known, blocks)
    for step in _PLAIN if plain else _STEPS:
        blocks = tuple(step(blocks, trim))
    return rewrites.headings(blocks), tuple(trim.notices)
