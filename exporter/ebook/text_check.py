"""A check that every word of an article is in its book."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from exporter.article import Article, block_text
from exporter.ebook.chapter import XhtmlDocument
from exporter.ebook.xhtml import clean_text, extract_text
from exporter.errors import OutputError

_WORD = re.compile(r"\w+")


def check_words(article: Article, documents: Iterable[XhtmlDocument]) -> None:
    """Raise `OutputError` if a word of an article is not in its documents."""
    if lost := find_lost_words(article, documents):
        raise OutputError(
            "writing",
            article.metadata.title,
            f"LostWords: {len(lost)} words were not written: {', '.join(lost[:5])}",
            "This is a defect of the exporter: please report it together with the article.",
        )


def find_lost_words(article: Article, documents: Iterable[XhtmlDocument]) -> list[str]:
    """Return the words of an article that its documents lack; empty if the book is right.

    Words that only ran together or came apart do not count: no letter is missing then.
    """
    blocks = (*article.blocks, *(block for note in article.notes for block in note.blocks))
    written = _count_words(clean_text(block_text(block)) for block in blocks)
    in_book = _count_words(extract_text(document.html.find("{*}body")) for document in documents)
    missing = written - in_book
    if missing and not _count_letters(written) - _count_letters(in_book):
        return []
    return sorted(missing)


def _count_words(texts: Iterable[str]) -> Counter[str]:
    """Count the words of texts, one text at a time: those of a long book would fill hundreds of megabytes."""
    words: Counter[str] = Counter()
    for text in texts:
        words.update(_WORD.findall(text))
    return words


def _count_letters(words: Counter[str]) -> Counter[str]:
    letters: Counter[str] = Counter()
    for word, times in words.items():
        for letter in word:
            letters[letter] += times
    return letters
