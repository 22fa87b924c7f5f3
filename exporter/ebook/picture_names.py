"""Which pictures an article shows."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.article import Article, Figure, Image, Inline, Text, all_blocks, inline_runs


def list_picture_names(article: Article) -> Iterator[str]:
    """Yield the names of the pictures that are shown, in reading order."""
    for block in all_blocks(article):
        if isinstance(block, Figure) and block.image:
            yield block.image
        for content in inline_runs(block):
            yield from _list_inline_pictures(content)


def _list_inline_pictures(content: tuple[Inline, ...]) -> Iterator[str]:
    for inline in content:
        if isinstance(inline, Image):
            yield inline.image
        elif not isinstance(inline, Text):
            yield from _list_inline_pictures(getattr(inline, "content", ()))
