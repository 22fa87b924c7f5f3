"""Words in are words out: what an article says, its book says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from exporter.article import Article, block_text
from exporter.ebook.chapter import Document
from exporter.ebook.tree import clean, reading

_WORD = re.compile(r"\w+")


def lost(article: Article, documents: Iterable[Document]) -> list[str]:
    """Return the words of an article that its documents do not hold, none in a book as it should be."""
    blocks = (*article.blocks, *(block for note in article.notes for block in note.blocks))
    written = clean("\n".join((article.metadata.title, *map(block_text, blocks))))
    shown = "\n".join(reading(document.html.find("{*}body")) for document in documents)
    missing = Counter(_WORD.findall(written)) - Counter(_WORD.findall(shown))
    return sorted(missing)
