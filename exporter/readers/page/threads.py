"""Pages that are threads: nothing but comments, which are boilerplate on other pages, and the article here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import takewhile

from exporter.readers.page.dom import BLOCK_TAGS, Element, count_link_chars, has_name, name_words, text_of
from exporter.readers.text_tests import ends_sentence

_COMMENT_WORDS = frozenset({"comment", "comments"})
_AUTHOR_WORDS = frozenset({"author", "creator"})
_FRAME_TAGS = ("header", "footer", "nav", "aside")

# The numbers were chosen by reading pages; no measurement.

_MIN_PASSAGE_CHARS = 20
"""Characters of a passage of text; shorter ones are labels."""

_MIN_PASSAGES = 2
"""Passages in the comments of a thread."""


def find_comments(body: Element) -> frozenset[Element]:
    """Return the elements named as comments, if all running text of a page is in them or set like them; else empty.

    What begins a thread is set like the answers to it: in an element of the same class.
    """
    comments = {element for element in body.iter() if is_comment(element)}
    styles: dict[bool, set[str]] = {True: set(), False: set()}
    passages = 0
    for element in body.iter(*BLOCK_TAGS) if comments else ():
        if _is_passage(element):
            within = element in comments or not comments.isdisjoint(element.iterancestors())
            passages += within
            styles[within].add(_find_class_around(element))
    is_thread = passages >= _MIN_PASSAGES and styles[False] <= styles[True] - {""}
    return frozenset(comments.union(_find_speakers(body, comments))) if is_thread else frozenset()


def _find_speakers(body: Element, comments: Collection[Element]) -> Iterator[Element]:
    """Yield the elements that name the author of a comment, and those around them within the comment."""
    for element in body.iter():
        if has_name(element, _AUTHOR_WORDS):
            holders = list(takewhile(lambda holder: holder not in comments, (element, *element.iterancestors())))
            if holders and holders[-1].getparent() in comments:
                yield from holders


def is_comment(element: Element) -> bool:
    """Whether class, id or microdata name an element as a comment, or its tag, as ``shreddit-comment`` does."""
    return has_name(element, _COMMENT_WORDS) or ("-" in element.tag and "comment" in name_words(element.tag))


def _find_class_around(element: Element) -> str:
    """Return the class of the nearest element around a passage that has one, or empty."""
    return next((name for holder in element.iterancestors() if (name := holder.get("class"))), "")


def _is_passage(element: Element) -> bool:
    """Whether an element holds running text directly, outside the frame of the page."""
    if next(element.iterdescendants(*BLOCK_TAGS), None) is not None:
        return False
    text = text_of(element)
    is_running = len(text) >= _MIN_PASSAGE_CHARS and ends_sentence(text) and count_link_chars(element) * 2 < len(text)
    return is_running and next(element.iterancestors(*_FRAME_TAGS), None) is None
