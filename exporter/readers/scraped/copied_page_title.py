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

from exporter.readers import boilerplate, text_tests
from exporter.readers import photo_credits as shared
from exporter.readers.scraped import header_spans
from exporter.readers.scraped.scraped_page import TextPiece

_MIN_BODY_SENTENCE_CHARS = 80
"""Characters from which a piece that ends a sentence counts as text."""

_MAX_PARAGRAPH_SCORE, _LINE_PENALTY = 600, 25
"""Characters that one paragraph counts for at most, and that a line without a sentence costs: so the body may hold
lists and headings, and what a menu interrupts is not one body."""

_MAX_TITLE_CHARS, _MAX_TITLE_WORDS = 200, 26
"""Characters and words of a headline."""

_MAX_STOPPED_TITLE_WORDS = 12
"""Words from which a line that ends in a full stop is a sentence of the text."""

_STEM_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM_LETTERS = 6
"""Letters of a word that two forms of it share in most languages."""

_GLUED_WORDS = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ][a-zà-ÿ]")
_MIN_GLUED_WORDS = 2
"""Words of a menu that were run together ("NewsSportCulture")."""

_MIN_BREADCRUMB_STROKES = 2
"""Strokes between the steps of a trail to the page."""

_MAX_PIECES_ABOVE_BEST, _MIN_WEIGHT_SHARE = 10, 0.5
"""A headline stands up to so many pieces above the line that says most of the article (a summary, a caption), and says
at least that part of it."""

_MIN_MENU_LINES = 2
"""Lines of furniture above the body that make a menu; without one the page begins with its title."""

_MIN_LINES_ABOVE_BODY = 10
"""Lines above the body that make a menu, whatever their words."""

_MIN_SUMMARIZED_WEIGHT_SHARE, _MIN_SUMMARIZED_LENGTH_SHARE = 0.35, 0.3
"""Part of what a summary says that the headline right above it says at least, and of its length that it has."""

_MAX_PIECES_TO_FACT = 5
"""Pieces below a headline among which a byline or a date speaks for it."""

_MAX_DISTANCE = 60
"""Pieces from which on a line is no farther from the body."""


class _Candidate(msgspec.Struct, frozen=True):
    at: int
    weight: float


def choose_title(pieces: Sequence[TextPiece], usual: str, text: range) -> str:
    """Return the headline: the usual one, unless a line above the text (see `find_body`) says far more of its matter."""
    fit = _is_one_line(usual)
    whole = not fit or text.start >= _MIN_LINES_ABOVE_BODY or count_menu_lines(pieces[: text.start]) >= _MIN_MENU_LINES
    candidates = _weigh_candidates(pieces, text) if whole else []
    best = max(candidates, key=lambda one: (one.weight, one.at), default=None)
    above = usual in (piece.text for piece in pieces[: text.start])
    if best is None or best.weight <= 0 or not above:
        return usual
    summed_up = [one for one in candidates if one.at == best.at - 1]  # the best line is the summary below it
    if any(one.weight > 0 and pieces[one.at].text == usual for one in summed_up):
        return usual
    alike = [one for one in candidates if one.weight >= _MIN_WEIGHT_SHARE * best.weight]
    if any(pieces[one.at].text == usual for one in alike):
        return usual
    longer = len(pieces[best.at].text)
    brief = (one for one in summed_up if _MIN_SUMMARIZED_LENGTH_SHARE * longer <= len(pieces[one.at].text) < longer)
    alike = [one for one in brief if one.weight >= _MIN_SUMMARIZED_WEIGHT_SHARE * best.weight] or alike
    return next(pieces[one.at].text for one in alike if best.at - _MAX_PIECES_ABOVE_BEST <= one.at)


def count_menu_lines(pieces: Sequence[TextPiece]) -> int:
    """Count the pieces that surely are a menu's."""
    return sum(bool(boilerplate.classify(piece.text)) for piece in pieces)


def find_body(pieces: Sequence[TextPiece]) -> range:
    """Return the stretch of pieces that says most in sentences: the maximum subarray of what each piece says."""
    best, found = 0, range(0)
    total = start = 0
    for number, piece in enumerate(pieces):
        if total <= 0:
            total, start = 0, number
        prose = text_tests.is_paragraph(piece.text, _MIN_BODY_SENTENCE_CHARS)
        total += min(text_tests.measure_text(piece.text), _MAX_PARAGRAPH_SCORE) if prose else -_LINE_PENALTY
        if total > best:
            best, found = total, range(start, number + 1)
    return found


def _weigh_candidates(pieces: Sequence[TextPiece], body: range) -> list[_Candidate]:
    about = set().union(*(_find_stems(pieces[n].text) for n in body))
    above = [
        _find_stems(piece.text) if len(piece.text) <= _MAX_TITLE_CHARS else set() for piece in pieces[: body.start]
    ]
    common = Counter(stem for stems in above for stem in stems)
    facts = [n for n in range(body.start) if header_spans.is_fact(pieces[n].text)]
    found = []
    for n, stems in enumerate(above):
        if not stems or not _may_be_title(pieces[n].text):
            continue
        said = sum(common[stem] ** -0.5 for stem in stems & about) / len(stems) ** 0.3
        stated = any(n < fact <= n + _MAX_PIECES_TO_FACT for fact in facts)
        far = min(body.start - n, _MAX_DISTANCE) / _MAX_DISTANCE
        found.append(_Candidate(n, (said - 2 * far) * (2 if stated and said > 2 * far else 1)))
    return found


def _find_stems(text: str) -> set[str]:
    """Return the beginnings of a text's longer words; of writing without spaces, its pairs of signs."""
    if text_tests.is_ideographic(text) or text_tests.is_ideographic(text[:4]):
        return {text[n : n + 2] for n in range(len(text) - 1)}
    return {word[:_STEM_LETTERS] for word in _STEM_WORD.findall(text.casefold())}


def _is_one_line(text: str) -> bool:
    """Whether a line is no menu's words run together, no credit and no trail of steps without spaces."""
    return (
        len(_GLUED_WORDS.findall(text)) < _MIN_GLUED_WORDS
        and not shared.is_credit(text)
        and text.count(" / ") < _MIN_BREADCRUMB_STROKES
    )


def _may_be_title(text: str) -> bool:
    words = text.split()
    if (
        len(text) > _MAX_TITLE_CHARS
        or len(words) > _MAX_TITLE_WORDS
        or (text[-1] in ".。" and len(words) > _MAX_STOPPED_TITLE_WORDS)
    ):
        return False
    if not _is_one_line(text):
        return False
    short = len(words) < 3 and not text_tests.is_ideographic(text)
    return not (short or boilerplate.classify(text) or header_spans.is_fact(text) or shared.split_credit(text)[1])
