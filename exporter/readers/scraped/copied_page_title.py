"""The title of a page that was copied whole, with its menus above: found by what the article is about.

The article's body is the part of the page with most sentences. The title is the line above it that shares its words, is
close to it, and stands right before a byline or a date; the lines of a menu share few words with the article, and many
with each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from exporter.readers import boilerplate, photo_credits
from exporter.readers.scraped import header_spans
from exporter.readers.scraped.list_lines import BULLETS
from exporter.readers.scraped.scraped_page import TextPiece
from exporter.readers.text_tests import (
    MAX_LINE_CHARS,
    MAX_STOPPED_TITLE_WORDS,
    MAX_TITLE_CHARS,
    MIN_TITLE_WORDS,
    ends_with_full_stop,
    is_ideographic,
    is_ideographic_text,
    is_running_text,
    is_title_length,
    measure_text,
)

_MAX_PARAGRAPH_SCORE, _LINE_PENALTY = 600, 25
"""Score cap for each paragraph in characters, and penalty for each line that is not running text (Kadane's search for
the body): lists and headings may interrupt the body, a menu may not."""

_STEM_WORD = re.compile(r"[^\W\d_]{4,}")

_STEM_LETTERS = 6
"""Letters at the beginning of a word that its forms share in most languages."""

_GLUED_WORDS = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ][a-zà-ÿ]")

_MIN_GLUED_WORDS = 2
"""Words of a menu that were run together ("NewsSportCulture")."""

_MIN_BREADCRUMB_STROKES = 2
"""Strokes between the steps of a breadcrumb."""

_MAX_PIECES_ABOVE_BEST, _MIN_WEIGHT_SHARE = 10, 0.5
"""A title stands up to so many pieces above the line with the highest score (a summary, a caption), and has at least
that share of its score."""

MIN_MENU_LINES = 3
"""Lines of boilerplate above the body that make a menu; without one the page begins with its title. 2 and 3 make no
difference for titles; with 2 more boilerplate is dropped, but parts of articles, too."""

_MIN_MENU_WORDS, _MIN_MENU_CAPITALS_SHARE, _MAX_MENU_CHARS = 8, 0.75, 2_000
"""A menu on one line has at least so many words, so large a share of them with capitals, and at most so many
characters."""

_MIN_LIST_MARKS = 3
"""Commas of a list of names, or colons of a row of data: such a line is not a menu."""

_MIN_LINES_ABOVE_BODY = 10
"""Lines above the body that make a menu, whatever their words."""

_MIN_SUMMARIZED_WEIGHT_SHARE, _MIN_SUMMARIZED_LENGTH_SHARE = 0.35, 0.3
"""Shares of a summary's score and of its length that the title right above it has at least."""

_MIN_TAB_SHARE, _MIN_TAB_WORDS = 0.5, 3
"""Share and number of the longer words of the browser's tab that the article's heading has, too: a tab with fewer may
name the site."""

_MAX_PIECES_TO_FACT = 5
"""Pieces below a title among which a byline or a date is evidence for it."""

_MAX_DISTANCE = 60
"""Pieces from which on a line's distance from the body does not grow any more."""


class _Candidate(msgspec.Struct, frozen=True):
    """A line that may be the title: the number of its piece, and its score."""

    at: int
    weight: float


def choose_title(pieces: Sequence[TextPiece], usual: str, body: range) -> str:
    """Return the usual title, or a line above the body that has a far higher score.

    `body` is what `find_body` returns.
    """
    above = pieces[: body.start]
    menu_in_line = boilerplate.count_phrases(usual) > 0 or not _is_one_line(usual)
    copied = menu_in_line or body.start >= _MIN_LINES_ABOVE_BODY or has_menu(above)
    candidates = _weigh_candidates(pieces, body) if copied else []
    if heading := _find_heading_of_tab(pieces, candidates):
        return heading
    best = max(candidates, key=lambda one: (one.weight, one.at), default=None)
    if best is None or best.weight <= 0 or all(piece.text != usual for piece in above):
        return usual
    # The best line may be the summary of the article; then the title is right above it.
    before_best = [one for one in candidates if one.at == best.at - 1]
    if not menu_in_line and any(one.weight > 0 and above[one.at].text == usual for one in before_best):
        return usual
    good = [one for one in candidates if one.weight >= _MIN_WEIGHT_SHARE * best.weight]
    if any(above[one.at].text == usual for one in good):
        return usual
    size = len(above[best.at].text)
    summarized = [
        one
        for one in before_best
        if _MIN_SUMMARIZED_LENGTH_SHARE * size <= len(above[one.at].text) < size
        and one.weight >= _MIN_SUMMARIZED_WEIGHT_SHARE * best.weight
    ]
    return next(above[one.at].text for one in summarized or good if best.at - _MAX_PIECES_ABOVE_BEST <= one.at)


def _find_heading_of_tab(pieces: Sequence[TextPiece], candidates: Sequence[_Candidate]) -> str:
    """Return the line that says what the first line says, the text of the browser's tab; empty without one."""
    tab = find_stems(pieces[0].text) if _may_be_title(pieces[0].text) else set()
    best, found = 0.0, ""
    for one in candidates:
        stems = find_stems(pieces[one.at].text)
        shared = len(tab & stems)
        score = one.weight * shared / max(1, len(tab | stems))
        if one.at > 1 and shared >= max(_MIN_TAB_WORDS, _MIN_TAB_SHARE * len(tab)) and score >= best:
            best, found = score, pieces[one.at].text
    return found


def has_menu(pieces: Sequence[TextPiece]) -> bool:
    """Whether so many of the pieces are boilerplate, or one is so long, that they hold a menu."""
    if any(len(piece.text) > MAX_LINE_CHARS and is_menu(piece.text) for piece in pieces):
        return True
    return sum(bool(boilerplate.classify(piece.text)) for piece in pieces) >= MIN_MENU_LINES


@lru_cache(maxsize=1024)  # several steps ask of the same lines
def is_menu(text: str) -> bool:
    """Whether a line is the run-together lines of a menu: next to every word has a capital, and no sentence ends."""
    if ". " in text or max(text.count(","), text.count(":")) >= _MIN_LIST_MARKS or len(text) > _MAX_MENU_CHARS:
        return False
    words = [word for word in text.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= _MIN_MENU_WORDS and capitals >= _MIN_MENU_CAPITALS_SHARE * len(words)


def find_body(pieces: Sequence[TextPiece]) -> range:
    """Return the range of pieces with most running text: the maximum subarray of their scores."""
    best, found = 0, range(0)
    total = start = 0
    for number, piece in enumerate(pieces):
        if total <= 0:
            total, start = 0, number
        prose = is_running_text(piece.text)
        total += min(measure_text(piece.text), _MAX_PARAGRAPH_SCORE) if prose else -_LINE_PENALTY
        if total > best:
            best, found = total, range(start, number + 1)
    return found


def _weigh_candidates(pieces: Sequence[TextPiece], body: range) -> list[_Candidate]:
    """Return the lines above the body that may be the title, with scores.

    The score sums the words that a line shares with the body, rarer ones more, falls with the distance from the body,
    and doubles above a byline or a date.
    """
    body_stems = set().union(*(find_stems(pieces[n].text) for n in body))
    above = [find_stems(piece.text) if len(piece.text) <= MAX_TITLE_CHARS else set() for piece in pieces[: body.start]]
    common = Counter(stem for stems in above for stem in stems)
    facts = [n for n in range(body.start) if header_spans.is_fact(pieces[n].text)]
    found = []
    for n, stems in enumerate(above):
        if not stems or not _may_be_title(pieces[n].text):
            continue
        shared = sum(common[stem] ** -0.5 for stem in stems & body_stems) / len(stems) ** 0.3
        stated = any(n < fact <= n + _MAX_PIECES_TO_FACT for fact in facts)
        far = min(body.start - n, _MAX_DISTANCE) / _MAX_DISTANCE
        found.append(_Candidate(n, (shared - 2 * far) * (2 if stated and shared > 2 * far else 1)))
    return found


def find_stems(text: str) -> set[str]:
    """Return the beginnings of a text's longer words; of writing without spaces, its pairs of characters."""
    if is_ideographic_text(text):
        return {text[n : n + 2] for n in range(len(text) - 1)}
    return {word[:_STEM_LETTERS] for word in _STEM_WORD.findall(text.casefold())}


def _is_one_line(text: str) -> bool:
    """Whether a line is not the run-together words of a menu, a credit, or a breadcrumb without spaces."""
    return (
        len(_GLUED_WORDS.findall(text)) < _MIN_GLUED_WORDS
        and not photo_credits.is_credit(text)
        and text.count(" / ") < _MIN_BREADCRUMB_STROKES
    )


def _may_be_title(text: str) -> bool:
    words = text.split()
    if not is_title_length(text) or not _is_one_line(text) or text[0] in BULLETS:
        return False
    if ends_with_full_stop(text) and len(words) > MAX_STOPPED_TITLE_WORDS:
        return False
    short = len(words) < MIN_TITLE_WORDS and not is_ideographic(text)
    return not (
        short or boilerplate.classify(text) or header_spans.is_fact(text) or photo_credits.split_credit(text)[1]
    )
