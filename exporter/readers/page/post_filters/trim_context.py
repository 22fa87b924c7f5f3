"""What is known of an article before its blocks are trimmed, and what went."""

from __future__ import annotations

import msgspec

from exporter.article import Block, block_text
from exporter.errors import Notice
from exporter.readers.page.main_content import PassageMatcher
from exporter.readers.page.prose import text_key

_MAX_NOTICE_CHARS = 200
"""Characters of a notice."""


class TrimContext(msgspec.Struct, frozen=True):
    """What the page says of the article, to tell its repetition in the body.

    `forms` are the titles that the page states, `heading` is how the title stands in it, and `chosen` what the
    library takes for the article, or None.
    """

    title: str
    forms: tuple[str, ...]
    authors: tuple[str, ...]
    site: str
    section: str
    description: str
    heading: str
    published: bool
    chosen: PassageMatcher | None

    @property
    def titles(self) -> frozenset[str]:
        """The keys of the title's forms."""
        return frozenset({*map(text_key, (self.title, self.heading, *self.forms))} - {""})


class TrimLog:
    """One trimming: what is known, all blocks there were, and a notice for each block that went."""

    def __init__(self, known: TrimContext, whole: tuple[Block, ...]) -> None:
        self.known = known
        self.whole = whole
        self.notices: list[Notice] = []

    def drop(self, why: str, block: Block) -> None:
        """Note that a block goes, and why."""
        if text := block_text(block):
            self.notices.append(Notice(text[:_MAX_NOTICE_CHARS], f"dropped: {why}"))
