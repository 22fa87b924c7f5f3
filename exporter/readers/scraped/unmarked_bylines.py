"""Unmarked bylines: people named in a page header without a word that leads a byline.

The page's own words distinguish names from headings and menus: words that its sentences write in small letters are not
a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exporter.readers import boilerplate, bylines, photo_credits, publication_dates
from exporter.readers.scraped.scraped_page import TextPiece
from exporter.readers.text_tests import MAX_BYLINE_CHARS, MAX_LABEL_CHARS, ends_sentence_or_colon, is_running_text

SEPARATOR_MARKS = " \t|·•⋅/,;:-–—>»✕"
"""Marks between the facts of a header."""

_GLUED_HANDLE = re.compile(r"(?<=[^\W\d_])@[^.\s]*$")
"""The name of an account, glued to its owner's: "Ann Lee@annlee"."""

_MAX_SEARCHED_PIECES = 1_000
"""Pieces that are searched for a word."""


def find_names(words: str, site: str, pieces: Sequence[TextPiece]) -> list[str]:
    """Return the people named in words of a header: at least three quarters of the words are names or jobs.

    The site's name may be glued to theirs.
    """
    if site and words.casefold().endswith(site.casefold()):
        words = words[: -len(site)].rstrip(SEPARATOR_MARKS)
    words = _GLUED_HANDLE.sub("", words)
    found = bylines.extract_names(words) if words and len(words) <= MAX_BYLINE_CHARS else ()
    explained = sum(len(name.split()) for name in found) + sum(map(bylines.is_role, words.split()))
    if explained * 4 < len(words.split()) * 3:
        return []
    return list(found) if all(_is_author(name, pieces) for name in found) else []


def find_name_lines(
    pieces: Sequence[TextPiece], rests: Sequence[str], order: Sequence[int], site: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each line of names below the title or beside a date, and the names.

    `rests` are the texts that remain of the header's pieces without their facts, `order` their numbers in order of
    trust.
    """
    candidates = {n for n in order if _may_be_names(pieces[n], rests[n])}

    def names_at(n: int) -> list[str]:
        return find_names(rests[n].strip(SEPARATOR_MARKS), site, pieces) if n in candidates else []

    number = next((n for n in order if n in candidates and _may_be_byline(pieces, rests, n) and names_at(n)), -1)
    while names_at(number - 1):
        number -= 1
    while found := names_at(number):
        yield number, found
        number += 1


def _may_be_names(piece: TextPiece, rest: str) -> bool:
    return (
        rest != ""
        and piece.level != 1
        and len(rest) <= MAX_LABEL_CHARS
        and rest[-1] != ":"
        and not boilerplate.classify(rest)
    )


def _may_be_byline(pieces: Sequence[TextPiece], rests: Sequence[str], number: int) -> bool:
    """Whether a line of a header stands below the title, or beside a line that was a date or says how long ago it was.

    Boilerplate and jobs between them do not count. A name above the credit of a picture is a caption.
    """
    if photo_credits.is_credit(pieces[number + 1].text if number + 1 < len(pieces) else ""):
        return False
    if number and pieces[number - 1].level == 1 and _is_alone(pieces, number):
        return True
    for step in (-1, 1):
        n = number + step
        while 0 <= n < len(rests) and rests[n] and _is_boilerplate_or_role(rests[n]):
            if boilerplate.classify(rests[n]) == "counter":
                return True
            n += step
        if 0 <= n < len(rests) and not rests[n] and publication_dates.find_date(pieces[n].text):
            return True
    return False


def _is_alone(pieces: Sequence[TextPiece], number: int) -> bool:
    """Whether a line stands above running text, and nowhere else on the page, as the name of a speaker does."""
    text = pieces[number].text
    above_text = number + 1 < len(pieces) and is_running_text(pieces[number + 1].text)
    return above_text and sum(piece.text == text for piece in pieces) == 1


def _is_boilerplate_or_role(text: str) -> bool:
    return boilerplate.classify(text) != "" or (
        len(text) <= MAX_LABEL_CHARS and all(map(bylines.is_role, text.split()))
    )


def _is_author(name: str, pieces: Sequence[TextPiece]) -> bool:
    return bylines.is_agency(name) or (bylines.is_person(name) and not is_ordinary_phrase(name, pieces))


def is_ordinary_phrase(name: str, pieces: Sequence[TextPiece]) -> bool:
    """Whether the page's sentences have each word of a seeming name in small letters: "Top Stories"."""
    sentences = [piece.text for piece in pieces[:_MAX_SEARCHED_PIECES] if ends_sentence_or_colon(piece.text)]
    words = (re.compile(rf"\b{re.escape(word.lower())}\b") for word in name.split())
    return all(any(map(word.search, sentences)) for word in words)
