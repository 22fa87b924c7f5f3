"""The ledger: what became of each block of an article."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.article import Article, Block, all_blocks, walk
from exporter.errors import ExporterError
from exporter.script import LedgerEntry


class BlockLedger:
    """Records of each block that it was spoken, or skipped and why."""

    def __init__(self) -> None:
        self._entries: dict[str, LedgerEntry] = {}

    def record_spoken(self, block: Block, unsaid: str) -> None:
        """Record that a block was spoken, and what of it is not said (empty if all is)."""
        self._entries[block.anchor] = LedgerEntry(block.anchor, "spoken", unsaid)

    def record_skipped(self, block: Block, why: str) -> None:
        """Record that a block was not spoken."""
        self._entries[block.anchor] = LedgerEntry(block.anchor, "skipped", why)

    def record_all_skipped(self, blocks: Iterable[Block], why: str) -> None:
        """Record that blocks and all blocks inside them were not spoken."""
        for block in walk(blocks):
            self.record_skipped(block, why)

    def list_entries(self, article: Article) -> tuple[LedgerEntry, ...]:
        """Return the entries of all blocks of an article, in reading order.

        Raises `ExporterError` for a block that is neither spoken nor skipped.
        """
        anchors = [block.anchor for block in all_blocks(article)]
        if lost := [anchor for anchor in anchors if anchor not in self._entries]:
            raise ExporterError(
                "narrating",
                article.metadata.title,
                f"LostBlock: neither spoken nor skipped: {', '.join(lost)}",
                "This is a mistake in the program: please report it with this article.",
            )
        return tuple(self._entries[anchor] for anchor in anchors)
