"""The post filters in their order.

Each filter takes the blocks and returns those that stay, and states each one dropped. A block is dropped for
what it says or where it stands; a paragraph of sentences hardly ever.
"""

from __future__ import annotations

from exporter.account import Dropped
from exporter.article import Block
from exporter.readers.page import rewrites
from exporter.readers.page.post_filters import article_opening, boilerplate_blocks
from exporter.readers.page.post_filters.trim_context import TrimContext, TrimLog

_PLAIN_PAGE_FILTERS = (article_opening.drop_title, article_opening.drop_fact_lines, boilerplate_blocks.drop_menu_rows)
"""Filters for a page without boilerplate: they drop only what repeats its metadata, and rows of links."""

_FILTERS = (
    article_opening.drop_portraits,
    article_opening.drop_lines_above_title,
    article_opening.drop_fact_lines,
    article_opening.lower_standfirst,
    article_opening.drop_repeated_description,
    boilerplate_blocks.drop_slide_show,
    boilerplate_blocks.drop_boilerplate_lines,
    boilerplate_blocks.drop_links_elsewhere,
    boilerplate_blocks.drop_unselected,
    boilerplate_blocks.drop_pull_quotes,
    boilerplate_blocks.drop_closing_lines,
    article_opening.drop_closing_byline,
)
"""Filters for all other pages, in their order."""


def trim_blocks(
    blocks: tuple[Block, ...], context: TrimContext, *, plain: bool
) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Return the article's blocks, and each block dropped; `plain` marks a page without boilerplate."""
    blocks = rewrites.attach_captions(rewrites.open_large_boxes(blocks))
    log = TrimLog(context, blocks)
    for keep in _PLAIN_PAGE_FILTERS if plain else _FILTERS:
        blocks = tuple(keep(blocks, log))
    return rewrites.promote_bold_lines(blocks), tuple(log.dropped)
