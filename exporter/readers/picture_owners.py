"""Owners of pictures: does a text name a photographer or a picture agency.

A text is an owner's credit if a label introduces it ("Photo:") or if it names an agency; names with a slash between
them are likely one. A name alone is a credit only at the place of one in a caption, which
`exporter.readers.photo_credits` decides.
"""

from __future__ import annotations

import re
from functools import cache

from exporter.linear_patterns import MAYBE_SPACES, SPACES
from exporter.readers import bylines, text_tests
from exporter.readers.wordlists import get_phrase_set, index_phrases

MAX_NAME_WORDS, MAX_PART_WORDS = 3, 7
"""Words of a name alone, and of each part of a credit between slashes and commas. Chosen by reading captions."""

MAX_CREDIT_WORDS, _MAX_LABELLED_WORDS, _MAX_AGENCY_PART_WORDS, _MAX_WORDS_BESIDE_AGENCY = 16, 12, 4, 2
"""Words of a whole credit, of one behind a label, of a part that ends in an agency's name, and of a part beside an
agency's that is not a name ("Pool photo"). Chosen by reading captions; no measurement."""

_MAX_AGENCY_WORD_CHARS = 40
"""Characters of a word of an agency's name; the longest in the word lists has fewer."""

_MAX_PARTS = 3
"""Parts of a credit without an agency: names with slashes between them."""

_MAX_LABEL_CHARS = 40
"""Characters at the beginning of a text in which a label is looked for; the longest in the word lists has fewer."""

_NAME_WORD = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_][\w'’&-]*(?:\.[a-z]{2,3})?|(?:Jr|Sr|St|Inc|Co|Ltd)\.|&")
_PART_SEPARATOR = re.compile(rf"{MAYBE_SPACES}(?:[/|,—]\s*|\()|\)|{SPACES}(?:via|for)\s+|\.\s+(?=Courtesy)")
_PARTICLES = frozenset("of the for de del la von van der den und and y et e i courtesy via".split())

_LETTERS = re.compile(r"[^\W\d_]+")
"""The first word of a text, by which labels are looked up."""

_TRAILING_LETTERS = re.compile(r"[^\W\d_]+$")
_GLUED_LAST_WORD = re.compile(r"[a-zß-öø-ÿ]([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)$")
_LABEL_COLON = re.compile(r"\s?[:：|]\s*|\.(?:\s|(?=[A-ZÀ-Þ]))")  # "Fot. Jan Kos", "Dok.KPU"

_CREDIT_SIGNS = ("/", "—", "©", "|", ":", "：", "courtesy", "getty", " by ", " for ", " von ", " de ", " por ")
"""Signs by which `may_hold_credit` looks for a credit."""


def is_owner(text: str) -> bool:
    """Whether a text names the owner of a picture: behind a label, or with an agency, or as names with a slash."""
    if not text or len(text) > text_tests.MAX_CREDIT_CHARS or len(text.split()) > MAX_CREDIT_WORDS:
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
    """Whether a text is an agency's name, one beside people's names, or people's names with a slash between them."""
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
    return ("/" in value or "|" in value) and any(map(bylines.is_name, parts)) and len(parts) <= _MAX_PARTS


def is_proper_name(part: str) -> bool:
    """Whether a part is written like a name: no word begins with a small letter, no sentence stands in it."""
    words = part.split()
    if part.casefold() in picture_agencies():
        return True
    proper = all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
    return (proper or len(words) == 1) and all(map(_NAME_WORD.fullmatch, words)) and len(words) <= MAX_PART_WORDS


def is_agency_at_end(tail: str) -> bool:
    """Whether the words at the end of a sentence are an agency's name: "Getty Images", "TASS via Getty Images"."""
    # "privat" ends many a sentence; of words in small letters only agencies are meant.
    named = all(name in picture_agencies() for name in tail.casefold().split(" via "))
    return named and (tail[0].isupper() or bylines.is_agency(tail))


def is_last_agency_word(word: str) -> bool:
    """Whether a word may be the last one of an agency's name."""
    return word.casefold() in _last_agency_words()


def is_within_agency(text: str, at: int) -> bool:
    """Whether a place in a text stands within a word of an agency's name: "Light|Rocket"."""
    if not (text[at - 1 : at].isalpha() and text[at : at + 1].isalpha()):
        return False
    before, after = _TRAILING_LETTERS.search(text[max(0, at - _MAX_AGENCY_WORD_CHARS) : at]), _LETTERS.match(text, at)
    return before is not None and after is not None and (before[0] + after[0]).casefold() in picture_agencies()


def measure_label(text: str) -> int:
    """Return the length of the label that introduces a credit ("Photo:", "Foto: ", "Photo by "), or 0."""
    folded = text[:_MAX_LABEL_CHARS].casefold()
    first = _LETTERS.match(folded)
    for mark in index_phrases("credits", "marks", 0).get(first[0], ()) if first else ():
        if folded.startswith(mark):
            rest = text[len(mark) :]
            if match := _LABEL_COLON.match(rest):
                return len(mark) + match.end()
            if mark.endswith((" by", " of", " von", " de", " por", " di", " av", " af")) and rest[:1] == " ":
                return len(mark) + 1
    return 0


@cache
def picture_agencies() -> frozenset[str]:
    """Return the names of picture agencies, in lower case."""
    return get_phrase_set("bylines", "agencies") | get_phrase_set("credits", "houses")


def may_hold_credit(tail: str) -> bool:
    """Whether the end of a caption may hold a credit: a quick look, since most paragraphs hold none."""
    if glued := _GLUED_LAST_WORD.search(tail, tail.rfind(" ") + 1):
        tail = f"{tail} {glued[1]}"
    folded = tail.casefold()
    if folded.endswith((")", ").")) or any(sign in folded for sign in _CREDIT_SIGNS):
        return True
    return not _last_agency_words().isdisjoint(folded.replace(",", " ").replace(".", " ").split())


def _may_stand_beside_agency(part: str) -> bool:
    """Whether a part may stand beside an agency's name: a name, or any few words."""
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
    """Return the last word of each agency's name; each has one that is not an ordinary word."""
    return frozenset(re.split(r"[ /]", house)[-1] for house in picture_agencies())
