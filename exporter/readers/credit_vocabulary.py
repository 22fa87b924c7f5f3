"""Whose a picture is: words that name its owner, a photographer or a house that sells pictures (an agency).

An owner is sure when a word introduces it ("Photo:"), or when it names a house. Names with a slash between them are
likely; a name alone is an owner only where a caption is glued to it, which `exporter.readers.photo_credits` decides.
"""

from __future__ import annotations

import re
from functools import cache

from exporter.readers import bylines
from exporter.readers.wordlists import by_word, vocabulary

LONGEST = 120
"""Characters of a credit."""

WORDS_OF_NAME, WORDS_OF_PART = 3, 7
"""Words of a name alone, and of each part of a credit between its slashes and commas."""

WORDS, _WORDS_OF_INTRODUCED, _WORDS_OF_HOUSE, _WORDS_BESIDE = 16, 12, 4, 2
"""Words of a credit at most, of one that a word introduces, of a part that ends in a house's name, and of one that is
no name and stands beside a house's ("Pool photo")."""

_WORD = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_][\w'’&-]*(?:\.[a-z]{2,3})?|(?:Jr|Sr|St|Inc|Co|Ltd)\.|&")
_PARTS = re.compile(r"\s*[/|]\s*|\s+via\s+|\s+for\s+|\s*,\s*|\s*\(|\)|\.\s+(?=Courtesy)")
_PARTICLES = frozenset("of the for de del la von van der den und and y et e i courtesy via".split())

# What tells an introducing word.
_FIRST = re.compile(r"[^\W\d_]+")
_COLON = re.compile(r"\s?[:：|]\s*")

# A quick look: is there anything of a credit?
_SIGNS = ("/", "©", "|", ":", "：", "courtesy", "getty", " by ", " for ", " von ", " de ", " por ")


def is_sure(text: str) -> bool:
    """Whether words are an owner: introduced by a word, or names, one of them a house or two with a slash."""
    if not text or len(text) > LONGEST or len(text.split()) > WORDS:
        return False
    size = introduced(text)
    value = text[size:].strip(" :") if size else text
    if text.startswith("©"):
        value = text[1:].strip()
        return names_house(value) or (bylines.is_name(value) and len(value.split()) <= WORDS_OF_NAME)
    if not value or "://" in value or value.startswith("www."):
        return False
    if size:
        return len(value.split()) <= _WORDS_OF_INTRODUCED and (not value.split()[0].islower() or names_house(value))
    return names_house(value)


def names_house(value: str) -> bool:
    """Whether words are a house's name, one beside people's, or people's with a slash between them."""
    parts = [part.strip(" .") for part in _PARTS.split(value) if part.strip(" .")]
    if not parts:
        return False
    if any(part.casefold() in houses() for part in parts):
        return all(map(_may_stand_beside, parts))
    if not all(map(is_proper, parts)):
        return False
    if ended := [part for part in parts if part.casefold().endswith(_house_ends())]:
        # "City of Averill Getty Images" has more than a name before the house's: it is a caption that ran into it.
        return all(len(part.split()) <= _WORDS_OF_HOUSE for part in ended)
    if " for " in value and not bylines.is_name(parts[0]):
        return False  # "Best for Side/Back Sleepers"
    return ("/" in value or "|" in value) and any(map(bylines.is_name, parts)) and len(parts) <= 3


def is_proper(part: str) -> bool:
    """Whether a part is written like a name: no small word begins it, no sentence stands in it."""
    words = part.split()
    if part.casefold() in houses():
        return True
    proper = all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
    return (proper or len(words) == 1) and all(map(_WORD.fullmatch, words)) and len(words) <= WORDS_OF_PART


def is_house(tail: str) -> bool:
    """Whether words at the end of a sentence are a house's name and nothing else."""
    # "privat" ends many a sentence; of words in small letters only agencies are meant.
    return tail.casefold() in houses() and (tail[0].isupper() or bylines.is_agency(tail))


def ends_house(word: str) -> bool:
    """Whether a word may be the last one of a house's name."""
    return word.casefold() in _house_words()


def introduced(text: str) -> int:
    """Return how long the word is that introduces a credit, with what follows it; 0 where none does."""
    folded = text[:40].casefold()
    first = _FIRST.match(folded)
    for mark in by_word("credits", "marks", 0).get(first[0], ()) if first else ():
        if folded.startswith(mark):
            rest = text[len(mark) :]
            if match := _COLON.match(rest):
                return len(mark) + match.end()
            if mark.endswith((" by", " of", " von", " de", " por")) and rest[:1] == " ":
                return len(mark) + 1
    return 0


@cache
def houses() -> frozenset[str]:
    """Return the names of the houses that sell pictures, in lower case."""
    return vocabulary("bylines", "agencies") | vocabulary("credits", "houses")


def hints(tail: str) -> bool:
    """Whether anything at a caption's end can be of a credit; most paragraphs need no closer look."""
    folded = tail.casefold()
    if folded.endswith((")", ").")) or any(sign in folded for sign in _SIGNS):
        return True
    return not _house_words().isdisjoint(folded.replace(",", " ").replace(".", " ").split())


def _may_stand_beside(part: str) -> bool:
    """Whether a part may stand beside a house's name: any few words that are no sentence."""
    words = part.split()
    if part.casefold() in houses():
        return True
    return is_proper(part) or (len(words) <= _WORDS_BESIDE and all(map(_WORD.fullmatch, words)))


@cache
def _house_ends() -> tuple[str, ...]:
    return (*(f" {house}" for house in houses() if len(house) > 3), " photo", " photos", " images", " pictures")


@cache
def _house_words() -> frozenset[str]:
    """The words by which houses are known; each has one that is no ordinary word."""
    return frozenset(re.split(r"[ /]", house)[-1] for house in houses())
