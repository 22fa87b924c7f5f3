"""Pages that are threads: nothing but comments, which are boilerplate on other pages, and the article here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile

from exporter.readers.page.dom import BLOCK_TAGS, Element, count_link_chars, has_name, text_of
from exporter.readers.page.element_index import ElementIndex
from exporter.readers.text_tests import ends_sentence

_COMMENT_WORDS = frozenset({"comment", "comments"})
_AUTHOR_WORDS = frozenset({"author", "creator"})
_FRAME_TAGS = ("header", "footer", "nav", "aside")

# The numbers were chosen by reading pages; no measurement.

_MIN_PASSAGE_CHARS = 20
"""Characters of a passage of text; shorter ones are labels."""

_MIN_PASSAGES = 2
"""Passages in the comments of a thread."""


def find_comments(body: Element, index: ElementIndex) -> frozenset[Element]:
    """Return the elements named as comments, if all running text of a page is in them or set like them; else empty.

    What begins a thread is set like the answers to it: in an element of the same class.
    """
    comments = index.named(_COMMENT_WORDS)
    if not comments:
        return frozenset()
    within: set[Element] = set()
    for comment in comments:
        if comment not in within:  # one may hold the answers to it
            within.update(comment.iter())
    classes = [_find_class_around(part) for part in within if part.tag in BLOCK_TAGS and _is_passage(part)]
    styles = {*classes} - {""}
    others = (part for part in body.iter(*BLOCK_TAGS) if part not in within and _is_passage(part))
    is_thread = len(classes) >= _MIN_PASSAGES and all(_find_class_around(part) in styles for part in others)
    speakers = _find_speakers(index.named(_AUTHOR_WORDS), comments)
    return frozenset(comments).union(speakers) if is_thread else frozenset()


def _find_speakers(authors: Iterable[Element], comments: Collection[Element]) -> Iterator[Element]:
    """Yield those elements for authors that stand in a comment, and those around them within the comment."""
    for element in authors:
        holders = list(takewhile(lambda holder: holder not in comments, (element, *element.iterancestors())))
        if holders and holders[-1].getparent() in comments:
            yield from holders


def is_comment(element: Element) -> bool:
    """Whether one of its names says that an element is a comment."""
    return has_name(element, _COMMENT_WORDS)


def _find_class_around(element: Element) -> str:
    """Return the class of the nearest element around a passage that has one, or empty."""
    return next((name for holder in element.iterancestors() if (name := holder.get("class"))), "")


def _is_passage(element: Element) -> bool:
    """Whether an element holds running text directly, outside the frame of the page."""
    if any(part.tag in BLOCK_TAGS for part in element.iterdescendants()):
        return False
    text = text_of(element)
    is_running = len(text) >= _MIN_PASSAGE_CHARS and ends_sentence(text) and count_link_chars(element) * 2 < len(text)
    return is_running and next(element.iterancestors(*_FRAME_TAGS), None) is None
