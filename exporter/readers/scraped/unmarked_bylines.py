"""The people whom a page's head names without a word that leads a byline.

Names are told from headings and menus by the page's own words: what it writes in small letters elsewhere is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exporter.readers import boilerplate, bylines, publication_dates, text_tests
from exporter.readers.scraped.scraped_page import TextPiece

SEPARATOR_MARKS = " \t|·•/,;:-–—>»✕"
"""Marks between the facts of a head."""

_MAX_NAMES_CHARS, _MAX_LONE_NAMES_CHARS = 160, 60
"""Characters of several names among other facts, and of a line that is names."""

_MAX_SEARCHED_PIECES = 1_000
"""Pieces that are looked through for a word."""


def find_names(words: str, site: str, pieces: Sequence[TextPiece]) -> list[str]:
    """Return the people in a gap of a head; the site's name may be glued to theirs, jobs may stand beside them."""
    if site and words.casefold().endswith(site.casefold()):
        words = words[: -len(site)].rstrip(SEPARATOR_MARKS)
    found = bylines.extract_names(words) if words and len(words) <= _MAX_NAMES_CHARS else ()
    said = sum(len(name.split()) for name in found) + sum(map(bylines.is_role, words.split()))
    return list(found) if said * 4 >= len(words.split()) * 3 and all(_is_author(name, pieces) for name in found) else []


def find_name_lines(
    pieces: Sequence[TextPiece], rests: Sequence[str], places: Sequence[int], site: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield the first lines of names, and whose, that stand beside what was a date.

    `rests` is what remains of the pieces of the head without the facts in them, `places` their order of trust.
    """
    fit = {n for n in places if _may_be_names(pieces[n], rests[n])}

    def said(n: int) -> list[str]:
        return find_names(rests[n].strip(SEPARATOR_MARKS), site, pieces) if n in fit else []

    number = next((n for n in places if n in fit and _is_beside_date(pieces, rests, n) and said(n)), -1)
    while said(number - 1):
        number -= 1
    while found := said(number):
        yield number, found
        number += 1


def _may_be_names(piece: TextPiece, rest: str) -> bool:
    return (
        rest != ""
        and piece.level != 1
        and len(rest) <= _MAX_LONE_NAMES_CHARS
        and rest[-1] != ":"
        and not boilerplate.classify(rest)
    )


def _is_beside_date(pieces: Sequence[TextPiece], rests: Sequence[str], number: int) -> bool:
    """Whether a line of a head stands beside one that was a date, furniture and jobs aside."""
    for step in (-1, 1):
        n = number + step
        while 0 <= n < len(rests) and rests[n] and _is_boilerplate_or_role(rests[n]):
            n += step
        if 0 <= n < len(rests) and not rests[n] and publication_dates.find_date(pieces[n].text):
            return True
    return False


def _is_boilerplate_or_role(text: str) -> bool:
    return boilerplate.classify(text) != "" or (
        len(text) <= _MAX_LONE_NAMES_CHARS and all(map(bylines.is_role, text.split()))
    )


def _is_author(name: str, pieces: Sequence[TextPiece]) -> bool:
    return bylines.is_agency(name) or (bylines.is_person(name) and not is_ordinary_phrase(name, pieces))


def is_ordinary_phrase(name: str, pieces: Sequence[TextPiece]) -> bool:
    """Whether the page's sentences have each word of what looks like a name in small letters: "Top Stories"."""
    said = [piece.text for piece in pieces[:_MAX_SEARCHED_PIECES] if text_tests.ends_sentence(piece.text)]
    words = (re.compile(rf"\b{re.escape(word.lower())}\b") for word in name.split())
    return all(any(map(word.search, said)) for word in words)
