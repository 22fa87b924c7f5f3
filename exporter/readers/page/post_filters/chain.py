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

_PLAIN_PAGE_FILTERS = (article_opening.drop_title, article_opening.drop_fact_lines)
"""Steps for a page that has no furniture: only what repeats its metadata goes."""

_FILTERS = (
    article_opening.drop_portraits,
    article_opening.drop_lines_above_title,
    article_opening.drop_fact_lines,
    article_opening.drop_repeated_description,
    boilerplate_blocks.drop_slide_show,
    boilerplate_blocks.drop_boilerplate_lines,
    boilerplate_blocks.drop_links_elsewhere,
    boilerplate_blocks.drop_unselected,
    article_opening.turn_standfirst_into_paragraph,
    boilerplate_blocks.drop_pull_quotes,
    boilerplate_blocks.drop_closing_lines,
    article_opening.drop_closing_byline,
)
"""Steps for all others, in their order."""


def trim_blocks(
    blocks: tuple[Block, ...], known: TrimContext, *, plain: bool
) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """Return the blocks that are the article's, and what went; of a `plain` page only what repeats its metadata."""
    blocks = rewrites.attach_captions(blocks)
    trim = TrimLog(known, blocks)
    for step in _PLAIN_PAGE_FILTERS if plain else _FILTERS:
        blocks = tuple(step(blocks, trim))
    return rewrites.promote_bold_lines(blocks), tuple(trim.notices)
