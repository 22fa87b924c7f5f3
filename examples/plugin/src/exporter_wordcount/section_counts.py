"""The exporter `wordcount`: a table of the words in each section, as tab-separated values.

The setting ``least`` of ``[plugin.wordcount]`` in exporter.toml leaves out shorter sections.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter.article import Article, Heading, block_text, inline_text
from exporter.config import Config
from exporter.edition import Edition
from exporter.exporters import Written
from exporter.output import write_whole


def suffix(config: Config) -> str:  # noqa: ARG001  it depends on no setting
    """Return the suffix of the table."""
    return ".tsv"


def export(edition: Edition, path: Path) -> Written:
    """Write a row for each section of each article: its heading and its words."""
    least = edition.config.plugin.get("wordcount", {}).get("least", 0)
    counts = (row for work in edition.works for row in count_sections(work.article))
    rows = (f"{heading}\t{words}\n" for heading, words in counts if words >= least)
    return Written((write_whole(path, "".join(rows).encode()),))


def count_sections(article: Article) -> Iterator[tuple[str, int]]:
    """Yield the heading and the words of each section; the first has the article's title."""
    heading, words = article.metadata.title, 0
    for block in article.blocks:
        if isinstance(block, Heading):
            yield heading, words
            heading, words = inline_text(block.content), 0
        else:
            words += len(block_text(block).split())
    yield heading, words
