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
    """Return the words of an article that its documents do not hold, none in a book as it should be.

    Where two words only ran together, or one came apart, no letter is missing, and so no word.
    """
    blocks = (*article.blocks, *(block for note in article.notes for block in note.blocks))
    written = _WORD.findall(clean("\n".join(map(block_text, blocks))))
    shown = _WORD.findall("\n".join(reading(document.html.find("{*}body")) for document in documents))
    missing = Counter(written) - Counter(shown)
    if missing and not Counter("".join(written)) - Counter("".join(shown)):
        return []
    return sorted(missing)
