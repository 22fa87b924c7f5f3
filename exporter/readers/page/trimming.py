"""What is left of the page around the article's blocks goes, step by step.

Each step takes the blocks and returns those that stay; what goes is told in a notice. A line goes only for what it
says or where it stands, and a paragraph of sentences hardly ever.
"""

from __future__ import annotations

from exporter.article import Block
from exporter.errors import Notice
from exporter.readers.page import leftovers, opening, shaping
from exporter.readers.page.known import Known, Trim

_PLAIN = (opening.title, opening.head)
"""Steps for a page that has no furniture: only what repeats its metadata goes."""

_STEPS = (
    opening.portraits,
    opening.before_title,
    opening.head,
    opening.repeated,
    leftovers.slides,
    leftovers.furniture,
    leftovers.links,
    leftovers.unchosen,
    opening.standfirst,
    leftovers.pulled,
    leftovers.tail,
    opening.signature,
)
"""Steps for all others, in their order."""


def trim(blocks: tuple[Block, ...], known: Known, *, plain: bool) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """Return the blocks that are the article's, and what went; of a `plain` page only what repeats its metadata."""
    blocks = shaping.attach(blocks)
    trim = Trim(known, blocks)
    for step in _PLAIN if plain else _STEPS:
        blocks = tuple(step(blocks, trim))
    return shaping.headings(blocks), tuple(trim.notices)
