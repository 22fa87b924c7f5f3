"""Pages that are threads: nothing but comments, which are boilerplate on other pages, and the article here."""

from __future__ import annotations

from exporter.readers.page.dom import BLOCK_TAGS, Element, class_and_id, count_link_chars, name_words, text_of
from exporter.readers.text_tests import ends_sentence

_COMMENT_WORDS = frozenset({"comment", "comments"})
_FRAME_TAGS = ("header", "footer", "nav", "aside", "form")

# The numbers were chosen by reading pages; no measurement.

_MIN_PASSAGE_CHARS = 40
"""Characters of a passage of text; shorter ones are labels."""

_MIN_PASSAGES = 2
"""Passages in the comments of a thread."""


def find_comments(body: Element) -> frozenset[Element]:
    """Return the elements named as comments, if all running text of a page is in them; else empty."""
    comments = {element for element in body.iter() if not _COMMENT_WORDS.isdisjoint(name_words(class_and_id(element)))}
    passages = 0
    for element in body.iter(*BLOCK_TAGS) if comments else ():
        if not _is_passage(element):
            continue
        if element not in comments and comments.isdisjoint(element.iterancestors()):
            return frozenset()
        passages += 1
    return frozenset(comments) if passages >= _MIN_PASSAGES else frozenset()


def _is_passage(element: Element) -> bool:
    """Whether an element holds running text directly, outside the frame of the page."""
    if next(element.iterdescendants(*BLOCK_TAGS), None) is not None:
        return False
    text = text_of(element)
    is_running = len(text) >= _MIN_PASSAGE_CHARS and ends_sentence(text) and count_link_chars(element) * 2 < len(text)
    return is_running and next(element.iterancestors(*_FRAME_TAGS), None) is None
