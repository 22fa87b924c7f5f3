"""Splits a long sentence where a speaker breathes: between clauses, never inside a number or a name."""

from __future__ import annotations

import re
from functools import cache

from exporter.normalize.toml_tables import load_table

MAX_BREATH_WORDS = 30
"""Words said in one breath; in scripts without spaces, characters. Chosen by listening; no measurement."""

_MIN_BREATH_WORDS = 7  # on either side of a breath; chosen by listening, no measurement
_UNSPACED_CHARS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # kana and ideographs
_STRONG_BREAK = r"[；：]|[;:]\s+|\s*[—–]\s+|\s+[—–]\s*|\)\s+"
_COMMA_BREAK = r",[\"”’»]?\s+"
_UNSPACED_COMMA = "[、，]"
_BEFORE_LOWER_CASE = r"(?=[a-zà-öø-ÿ])"
_NO_MATCH = r"(?!)"
_WORD = re.compile(rf"[{_UNSPACED_CHARS}]|\w[^\s{_UNSPACED_CHARS}]*")
_UNSPACED_TEXT = re.compile(f"[{_UNSPACED_CHARS}]{{4}}")


def split_at_breaths(text: str, language: str) -> list[tuple[int, int]]:
    """Split a sentence into spans that tile it, each of at most `MAX_BREATH_WORDS` where a break allows it."""
    if text.count(" ") < MAX_BREATH_WORDS and (text.isascii() or not _UNSPACED_TEXT.search(text)):
        return [(0, len(text))]
    word_starts = [match.start() for match in _WORD.finditer(text)]
    return _split_span(text, word_starts, (0, len(text)), _compile_breaks(language.partition("-")[0].lower()))


@cache
def _compile_breaks(language: str) -> tuple[re.Pattern[str], ...]:
    """Compile the patterns of breaks in a language, the best first.

    They are semicolons, colons, dashes and brackets; a comma before a word that opens a clause; any comma, or a word
    that joins clauses. A comma before a capital or a digit may be part of a name, a place or a date.
    """
    lists = load_table(language, "sentences")
    ending = lists.get("clause_ending", "")
    opening = [*map(re.escape, lists.get("clauses", "").split()), *([rf"[a-z]+{ending}"] if ending else [])]
    joining = "|".join(lists.get("joints", "").split())
    clause = rf"{_COMMA_BREAK}(?=(?:{'|'.join(opening)})\b)" if opening else _NO_MATCH
    # Never after a word that leans on the next one: "in the | that", "and | that".
    leaning = "".join(rf"(?<!\b{word})" for word in lists.get("leaning", "").split())
    joint = rf"{leaning}\s+(?=(?:{joining})\s)" if joining else _NO_MATCH
    return (
        re.compile(_STRONG_BREAK),
        re.compile(clause),
        re.compile(rf"{_UNSPACED_COMMA}|{_COMMA_BREAK}{_BEFORE_LOWER_CASE}|{joint}"),
    )


def _split_span(
    text: str, word_starts: list[int], span: tuple[int, int], breaks: tuple[re.Pattern[str], ...]
) -> list[tuple[int, int]]:
    """Split a span at the break nearest to its middle, and its halves again, until each is short enough."""
    start, end = span
    inside = [word for word in word_starts if start <= word < end]
    if len(inside) <= MAX_BREATH_WORDS:
        return [span]
    middle = (start + end) / 2
    for pattern in breaks:
        matches = pattern.finditer(text, inside[_MIN_BREATH_WORDS], inside[-_MIN_BREATH_WORDS])
        if places := [match.end() for match in matches]:
            place = min(places, key=lambda place: abs(place - middle))
            return _split_span(text, inside, (start, place), breaks) + _split_span(text, inside, (place, end), breaks)
    return [span]
