"""Author markup: names of classes and attributes, and links to profiles, by which pages mark the name of an author."""

from __future__ import annotations

import re
from itertools import chain, islice

from exporter.readers.page.dom import Element, name_words

NAME_TAGS = frozenset("a span p div address li strong b em h4 h5 h6 section cite".split())
"""Elements that may hold the name of an author and little else."""

AUTHOR_WORDS = frozenset("author authors byline bylines writer contributor contributors creator autor auteur".split())
"""Words in names of elements that hold an author."""

_NOT_NAME_WORDS = frozenset("image avatar photo more date time title role box".split())
"""Words in names of elements beside the author's name; "title__author", with the author last, is the author's all the
same."""

_OTHER_PERSON_WORDS = frozenset(
    "bio description social follow related comment comments media teaser caption figcaption figure credit quote "
    "blockquote".split()
)
_OTHER_ARTICLE_WORDS = frozenset("related recommended teaser teasers comment comments".split())
_PROFILE_URL = re.compile(
    r"/(?:(?:authors?|profiles?|people|person|contributors?|writers?|staff|journalists?|autor(?:en|es|i|e|a)?|auteurs?"
    r"|forfatter|skribent|by)/|@)[\w.%-]+/?$"
)

# The numbers were chosen by reading pages; no measurement.

_MAX_AUTHOR_LEVELS = 3
"""Elements, from that of the name upwards, whose names may mark an author."""

_MAX_BOX_LEVELS = 4
"""Ancestors among which a box of other articles is searched."""

_MAX_BYLINE_CHILDREN = 12
"""An element with more children is not a byline."""


def is_author_element(holder: Element) -> bool:
    """Whether an element, or a small one around it, is named as the author's, or links to a profile."""
    element: Element | None = holder
    for _ in range(_MAX_AUTHOR_LEVELS):
        if element is None or element.tag not in NAME_TAGS or has_many_children(element):
            return False
        names = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('rel', '')}"
        words = name_words(names)
        if not _OTHER_PERSON_WORDS.isdisjoint(words):
            return False
        if is_profile_link(element) or any(_ends_with_author_word(name) for name in names.split()):
            return True
        if not _NOT_NAME_WORDS.isdisjoint(words):
            return False
        if not AUTHOR_WORDS.isdisjoint(words):
            return True
        element = element.getparent()
    return False


def is_other_person(element: Element) -> bool:
    """Whether an element, or a near one around it, is named as that of somebody else, or is a picture's."""
    return any(
        holder.tag == "figure" or not _OTHER_PERSON_WORDS.isdisjoint(name_words(holder.get("class", "")))
        for holder in islice(chain((element,), element.iterancestors()), _MAX_AUTHOR_LEVELS)
    )


def is_profile_link(element: Element) -> bool:
    """Whether an element is a link to an author's profile, by its URL."""
    return element.tag == "a" and bool(_PROFILE_URL.search(element.get("href", "").partition("?")[0]))


def is_in_other_articles(element: Element) -> bool:
    """Whether an element stands in a box of other articles, or among the comments."""
    return any(
        not _OTHER_ARTICLE_WORDS.isdisjoint(name_words(box.get("class", "")))
        for box in islice(element.iterancestors(), _MAX_BOX_LEVELS)
    )


def has_same_markup(element: Element, other: Element) -> bool:
    """Whether two elements have the same tag and the same class; without a class they have not."""
    return element.tag == other.tag and "class" in element.attrib and element.get("class") == other.get("class")


def has_many_children(element: Element) -> bool:
    """Whether an element has more children than a byline; stops counting there, since some have thousands."""
    return next(islice(element, _MAX_BYLINE_CHILDREN, None), None) is not None


def _ends_with_author_word(name: str) -> bool:
    words = name_words(name)
    return bool(words) and words[-1] in AUTHOR_WORDS
