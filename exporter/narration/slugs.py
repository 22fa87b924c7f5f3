"""Slugs: the short name by which a newsroom calls a story, two or three words of its title."""

from __future__ import annotations

import re

_MAX_SLUG_WORDS = 3
_MAX_SLUG_CHARS = 24  # fits beside the page number at the head of a desk script
_MIN_CONTENT_CHARS = 4  # shorter words are mostly function words, in every language with spaces between words
_MAX_UNSPACED_CHARS = 12  # of a language without spaces between words

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_NOT_SLUG_CHARS = re.compile(r"[^\w-]")
_ENGLISH_FUNCTION_WORDS = frozenset(
    """about across after again against almost also amid among around because been before being between both cannot
    could despite does doesn't down during each even ever every from gets have here hers himself into isn't itself
    just know less like made make makes many might more most much must nearly need never next only other over says
    should since some still such than that their them then there these they they're this those through told under
    until upon very want wants wasn't were what what's when where which while whom whose will with within without
    would your yours""".split()
)


def make_slug(title: str) -> str:
    """Return the first two or three words of a title that are not function words, in capitals; empty without any."""
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(title)]
    is_headline_in_capitals = title.isupper()
    content = [word for word in words if _is_content_word(word, is_headline_in_capitals)] or words
    slug: list[str] = []
    for word in (_NOT_SLUG_CHARS.sub("", word) for word in content):
        if len(slug) < _MAX_SLUG_WORDS and (not slug or len(" ".join([*slug, word])) <= _MAX_SLUG_CHARS):
            slug.append(word if len(word) <= _MAX_SLUG_CHARS else word[:_MAX_UNSPACED_CHARS])
    return " ".join(slug).upper()


def _is_content_word(word: str, is_headline_in_capitals: bool) -> bool:
    if word.isupper() and len(word) > 1 and not is_headline_in_capitals:
        return True  # an initialism
    is_caseless = word.upper() == word.lower()  # Korean and others, whose words are short
    is_long = len(word) >= _MIN_CONTENT_CHARS or is_caseless
    return is_long and not word.isdigit() and word.casefold().replace("’", "'") not in _ENGLISH_FUNCTION_WORDS
