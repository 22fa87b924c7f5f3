"""Whose a picture is: words that name its owner, a photographer or a house that sells pictures (an agency).

An owner is sure when a word introduces it ("Photo:"), or when it names a house. Names with a slash between them are
likely; a name alone is an owner only where a caption is glued to it, which `exporter.readers.photo_credits` decides.
"""

from __future__ import annotations

import re
from functools import cache

from exporter.readers import bylines
from exporter.readers.wordlists import get_phrase_set, index_phrases

MAX_CREDIT_CHARS = 120
"""Characters of a credit."""

MAX_NAME_WORDS, MAX_PART_WORDS = 3, 7
"""Words of a name alone, and of each part of a credit between its slashes and commas."""

MAX_CREDIT_WORDS, _MAX_LABELLED_WORDS, _MAX_AGENCY_PART_WORDS, _MAX_WORDS_BESIDE_AGENCY = 16, 12, 4, 2
"""Words of a credit at most, of one that a word introduces, of a part that ends in a house's name, and of one that is
no name and stands beside a house's ("Pool photo")."""

_NAME_WORD = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_][\w'’&-]*(?:\.[a-z]{2,3})?|(?:Jr|Sr|St|Inc|Co|Ltd)\.|&")
_PART_SEPARATOR = re.compile(r"\s*[/|]\s*|\s+via\s+|\s+for\s+|\s*,\s*|\s*\(|\)|\.\s+(?=Courtesy)")
_PARTICLES = frozenset("of the for de del la von van der den und and y et e i courtesy via".split())

# What tells an introducing word.
_LETTERS = re.compile(r"[^\W\d_]+")
_LABEL_COLON = re.compile(r"\s?[:：|]\s*")

# A quick look: is there anything of a credit?
_CREDIT_SIGNS = ("/", "©", "|", ":", "：", "courtesy", "getty", " by ", " for ", " von ", " de ", " por ")


def is_owner(text: str) -> bool:
    """Whether words are an owner: introduced by a word, or names, one of them a house or two with a slash."""
    if not text or len(text) > MAX_CREDIT_CHARS or len(text.split()) > MAX_CREDIT_WORDS:
        return False
    size = measure_label(text)
    value = text[size:].strip(" :") if size else text
    if text.startswith("©"):
        value = text[1:].strip()
        return is_agency_credit(value) or (bylines.is_name(value) and len(value.split()) <= MAX_NAME_WORDS)
    if not value or "://" in value or value.startswith("www."):
        return False
    if size:
        return len(value.split()) <= _MAX_LABELLED_WORDS and (not value.split()[0].islower() or is_agency_credit(value))
    return is_agency_credit(value)


def is_agency_credit(value: str) -> bool:
    """Whether words are a house's name, one beside people's, or people's with a slash between them."""
    parts = [part.strip(" .") for part in _PART_SEPARATOR.split(value) if part.strip(" .")]
    if not parts:
        return False
    if any(part.casefold() in picture_agencies() for part in parts):
        return all(map(_may_stand_beside_agency, parts))
    if not all(map(is_proper_name, parts)):
        return False
    if ended := [part for part in parts if part.casefold().endswith(_agency_endings())]:
        # "City of Averill Getty Images" has more than a name before the house's: it is a caption that ran into it.
        return all(len(part.split()) <= _MAX_AGENCY_PART_WORDS for part in ended)
    if " for " in value and not bylines.is_name(parts[0]):
        return False  # "Best for Side/Back Sleepers"
    return ("/" in value or "|" in value) and any(map(bylines.is_name, parts)) and len(parts) <= 3


def is_proper_name(part: str) -> bool:
    """Whether a part is written like a name: no small word begins it, no sentence stands in it."""
    words = part.split()
    if part.casefold() in picture_agencies():
        return True
    proper = all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
    return (proper or len(words) == 1) and all(map(_NAME_WORD.fullmatch, words)) and len(words) <= MAX_PART_WORDS


def is_agency_at_end(tail: str) -> bool:
    """Whether words at the end of a sentence are a house's name and nothing else."""
    # "privat" ends many a sentence; of words in small letters only agencies are meant.
    return tail.casefold() in picture_agencies() and (tail[0].isupper() or bylines.is_agency(tail))


def is_last_agency_word(word: str) -> bool:
    """Whether a word may be the last one of a house's name."""
    return word.casefold() in _last_agency_words()


def measure_label(text: str) -> int:
    """Return how long the word is that introduces a credit, with what follows it; 0 where none does."""
    folded = text[:40].casefold()
    first = _LETTERS.match(folded)
    for mark in index_phrases("credits", "marks", 0).get(first[0], ()) if first else ():
        if folded.startswith(mark):
            rest = text[len(mark) :]
            if match := _LABEL_COLON.match(rest):
                return len(mark) + match.end()
            if mark.endswith((" by", " of", " von", " de", " por")) and rest[:1] == " ":
                return len(mark) + 1
    return 0


@cache
def picture_agencies() -> frozenset[str]:
    """Return the names of the houses that sell pictures, in lower case."""
    return get_phrase_set("bylines", "agencies") | get_phrase_set("credits", "houses")


def may_hold_credit(tail: str) -> bool:
    """Whether anything at a caption's end can be of a credit; most paragraphs need no closer look."""
    folded = tail.casefold()
    if folded.endswith((")", ").")) or any(sign in folded for sign in _CREDIT_SIGNS):
        return True
    return not _last_agency_words().isdisjoint(folded.replace(",", " ").replace(".", " ").split())


def _may_stand_beside_agency(part: str) -> bool:
    """Whether a part may stand beside a house's name: any few words that are no sentence."""
    words = part.split()
    if part.casefold() in picture_agencies():
        return True
    return is_proper_name(part) or (len(words) <= _MAX_WORDS_BESIDE_AGENCY and all(map(_NAME_WORD.fullmatch, words)))


@cache
def _agency_endings() -> tuple[str, ...]:
    return (
        *(f" {house}" for house in picture_agencies() if len(house) > 3),
        " photo",
        " photos",
        " images",
        " pictures",
    )


@cache
def _last_agency_words() -> frozenset[str]:
    """The words by which houses are known; each has one that is no ordinary word."""
    return frozenset(re.split(r"[ /]", house)[-1] for house in picture_agencies())
