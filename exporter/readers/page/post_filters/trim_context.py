"""Context of the post filters, and the log of the blocks they removed."""

from __future__ import annotations

import msgspec

from exporter.account import Dropped
from exporter.article import Block, block_text
from exporter.readers.text_tests import text_key

_MIN_STATED_LETTERS = 3
"""Letters of a line that is looked for among the parts that the page states; fewer may be anything."""


class TrimContext(msgspec.Struct, frozen=True):
    """What the metadata say of the article, by which a filter recognises its repetition in the body.

    `heading` is the text of the heading that shows the title, or empty; `is_below_title` is set if that heading stands
    outside the article's element, so that nothing in this stands above the title. `stated_titles` are all forms of the
    title in the metadata. `has_date` is set if the date of publication is in the metadata. `selected` are the letters
    that the extraction library selected for the article, or None. `stated` are the keys of parts which the page itself
    says are the article's, each on a line. `host` is the page's own host name, or empty.
    """

    title: str
    heading: str
    stated_titles: tuple[str, ...]
    authors: tuple[str, ...]
    site: str
    section: str
    description: str
    has_date: bool
    selected: str | None
    stated: str = ""
    host: str = ""
    is_below_title: bool = False

    @property
    def title_keys(self) -> frozenset[str]:
        """The comparison keys of all forms of the title."""
        return frozenset({*map(text_key, (self.title, self.heading, *self.stated_titles))} - {""})


class TrimLog:
    """One run of the filters: its context, all blocks before the first filter, and each block removed."""

    def __init__(self, context: TrimContext, all_blocks: tuple[Block, ...]) -> None:
        self.context = context
        self.all_blocks = all_blocks
        self.dropped: list[Dropped] = []

    def is_stated(self, block: Block) -> bool:
        """Whether the page itself says that a block, or a line of it, is a part of the article."""
        stated = self.context.stated
        keys = [text_key(line) for line in block_text(block).split("\n")] if stated else []
        return any(len(key) >= _MIN_STATED_LETTERS and key in stated for key in keys)

    def drop(self, reason: str, block: Block) -> None:
        """State that a block was dropped, and why; a block without text is not mentioned."""
        if text := block_text(block):
            self.dropped.append(Dropped(text, reason))
