"""Pages that a site shows in an article's place: a check for robots, a log-in, an error."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from exporter.article import Block, Heading, block_text, count_words
from exporter.readers.page.dom import Element, text_of
from exporter.readers.page.page_title import TITLE_SEPARATOR, title_element_text
from exporter.readers.text_tests import text_key
from exporter.readers.wordlists import get_phrases

_MAX_WORDS = 80
"""Words of an article that may be none; chosen by hand: such pages have up to sixty."""

_KINDS = {"robots": "a check for robots", "missing": "an error of the site", "log_in": "a page to log in"}
CONSENT = "a question for consent"
"""What a page in an article's place is called in the error for it."""


def describe_stand_in(root: Element) -> str:
    """Return what a page calls itself, by its title or its first headings, if that is no article; else empty.

    A page to log in also has a field for a password.
    """
    shown = [title_element_text(root), *(text_of(heading) for heading in root.iter("h1", "h2"))]
    called = {text_key(part) for text in shown for part in TITLE_SEPARATOR.split(text)}
    asks_password = root.find(".//input[@type='password']") is not None
    for kind, description in _KINDS.items():
        if not called.isdisjoint(_load_keys(kind)) and (kind != "log_in" or asks_password):
            return description
    return ""


def asks_consent(blocks: Iterable[Block]) -> bool:
    """Whether the text of a page is a question for consent: a dialog beside an article is no part of its blocks."""
    return any(isinstance(block, Heading) and text_key(block_text(block)) in _load_keys("consent") for block in blocks)


def is_short(blocks: Iterable[Block]) -> bool:
    """Whether an article is as short as a page in its place."""
    return count_words(blocks) <= _MAX_WORDS


@cache
def _load_keys(kind: str) -> frozenset[str]:
    return frozenset(map(text_key, get_phrases("stand_ins", kind)))
