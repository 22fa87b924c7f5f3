"""The headline of a page that was copied whole, with its menus above: told from what the article is about.

The article's body is where the page says most in sentences. Its headline is the line above it that shares its words,
close to it, and right before a byline or a date; a menu's lines share few words with the article, and many with each
other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from exporter.readers import boilerplate
from exporter.readers import photo_credits as shared
from exporter.readers.scraped import header_spans, sentence_ends
from exporter.readers.scraped.scraped_page import TextPiece

_PROSE = 80
"""Characters from which a piece that ends a sentence counts as text."""

_MOST, _LINE = 600, 25
"""Characters that one paragraph counts for at most, and that a line without a sentence costs: so the body may hold
lists and headings, and what a menu interrupts is not one body."""

_LONGEST, _WORDS = 200, 26
"""Characters and words of a headline."""

_WORDS_OF_SENTENCE = 12
"""Words from which a line that ends in a full stop is a sentence of the text."""

_STEM = re.compile(r"[^\W\d_]{4,}")
_LETTERS = 6
"""Letters of a word that two forms of it share in most languages."""

_GLUED = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ][a-zà-ÿ]")
_WORDS_GLUED = 2
"""Words of a menu that were run together ("NewsSportCulture")."""

_STEPS = 2
"""Strokes between the steps of a trail to the page."""

_NEAR, _ALIKE = 10, 0.5
"""A headline stands up to so many pieces above the line that says most of the article (a summary, a caption), and says
at least that part of it."""

_MENU = 2
"""Lines of furniture above the body that make a menu; without one the page begins with its title."""

_ROWS = 10
"""Lines above the body that make a menu, whatever their words."""

_BRIEF, _LEAST = 0.35, 0.3
"""Part of what a summary says that the headline right above it says at least, and of its length that it has."""

_FACTS = 5
"""Pieces below a headline among which a byline or a date speaks for it."""

_FAR = 60
"""Pieces from which on a line is no farther from the body."""


class _Candidate(msgspec.Struct, frozen=True):
    at: int
    weight: float


def find(pieces: Sequence[TextPiece], usual: str, text: range) -> str:
    """Return the headline: the usual one, unless a line above the text (see `body`) says far more of its matter."""
    fit = _is_one_line(usual)
    whole = not fit or text.start >= _ROWS or menu(pieces[: text.start]) >= _MENU
    candidates = _candidates(pieces, text) if whole else []
    best = max(candidates, key=lambda one: (one.weight, one.at), default=None)
    above = usual in (piece.text for piece in pieces[: text.start])
    if best is None or best.weight <= 0 or not above:
        return usual
    summed_up = [one for one in candidates if one.at == best.at - 1]  # the best line is the summary below it
    if any(one.weight > 0 and pieces[one.at].text == usual for one in summed_up):
        return usual
    alike = [one for one in candidates if one.weight >= _ALIKE * best.weight]
    if any(pieces[one.at].text == usual for one in alike):
        return usual
    longer = len(pieces[best.at].text)
    brief = (one for one in summed_up if _LEAST * longer <= len(pieces[one.at].text) < longer)
    alike = [one for one in brief if one.weight >= _BRIEF * best.weight] or alike
    return next(pieces[one.at].text for one in alike if best.at - _NEAR <= one.at)


def menu(pieces: Sequence[TextPiece]) -> int:
    """Count the pieces that surely are a menu's."""
    return sum(bool(boilerplate.kind(piece.text)) for piece in pieces)


def body(pieces: Sequence[TextPiece]) -> range:
    """Return the stretch of pieces that says most in sentences: the maximum subarray of what each piece says."""
    best, found = 0, range(0)
    total = start = 0
    for number, piece in enumerate(pieces):
        if total <= 0:
            total, start = 0, number
        prose = sentence_ends.is_prose(piece.text, _PROSE)
        total += min(sentence_ends.extent(piece.text), _MOST) if prose else -_LINE
        if total > best:
            best, found = total, range(start, number + 1)
    return found


def _candidates(pieces: Sequence[TextPiece], body: range) -> list[_Candidate]:
    about = set().union(*(_stems(pieces[n].text) for n in body))
    above = [_stems(piece.text) if len(piece.text) <= _LONGEST else set() for piece in pieces[: body.start]]
    common = Counter(stem for stems in above for stem in stems)
    facts = [n for n in range(body.start) if header_spans.is_fact(pieces[n].text)]
    found = []
    for n, stems in enumerate(above):
        if not stems or not _may_be(pieces[n].text):
            continue
        said = sum(common[stem] ** -0.5 for stem in stems & about) / len(stems) ** 0.3
        stated = any(n < fact <= n + _FACTS for fact in facts)
        far = min(body.start - n, _FAR) / _FAR
        found.append(_Candidate(n, (said - 2 * far) * (2 if stated and said > 2 * far else 1)))
    return found


def _stems(text: str) -> set[str]:
    """Return the beginnings of a text's longer words; of writing without spaces, its pairs of signs."""
    if sentence_ends.ideographic(text) or sentence_ends.ideographic(text[:4]):
        return {text[n : n + 2] for n in range(len(text) - 1)}
    return {word[:_LETTERS] for word in _STEM.findall(text.casefold())}


def _is_one_line(text: str) -> bool:
    """Whether a line is no menu's words run together, no credit and no trail of steps without spaces."""
    return len(_GLUED.findall(text)) < _WORDS_GLUED and not shared.is_credit(text) and text.count(" / ") < _STEPS


def _may_be(text: str) -> bool:
    words = text.split()
    if len(text) > _LONGEST or len(words) > _WORDS or (text[-1] in ".。" and len(words) > _WORDS_OF_SENTENCE):
        return False
    if not _is_one_line(text):
        return False
    short = len(words) < 3 and not sentence_ends.ideographic(text)
    return not (short or boilerplate.kind(text) or header_spans.is_fact(text) or shared.split(text)[1])
