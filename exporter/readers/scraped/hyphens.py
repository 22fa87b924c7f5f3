"""Hyphens at line ends: those that break a word are removed, those that belong to it stay.

The page's own words decide: a word that it writes elsewhere in one piece, or with the hyphen, is written so here.
Otherwise the hyphens of a page that breaks many words are removed, and those of any other page stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LEFT_PART = re.compile(r"(?:[^\W\d_]{1,40}+[-‐]){1,8}$")
_RIGHT_PART = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")

_MIN_HYPHENATED_SHARE = 0.05
"""Share of lines that end in a hyphen from which on a page counts as set with hyphenation: one or two in a hundred
lines of ragged text end in a hyphen of their own."""

_HYPHENATED_PREFIXES = frozenset(
    "self ex non anti pro pre post co all well half cross mid multi semi so-called e".split()
)
"""Prefixes that keep their hyphen."""

_WORDS_AFTER_SUSPENDED_HYPHEN = frozenset("und oder bis and or y o et ou e ed och eller og en of".split())
"""Words after a hyphen that stands for a missing part: "Vor- und Nachteile"."""


def is_word_broken(line: str, after: str) -> bool:
    """Whether a line ends within a word: a letter, a hyphen, and small letters on the next line."""
    return line[-1:] in "-‐" and line[-2:-1].isalpha() and after[:1].islower()


class Speller:
    """The words of a page, which decide about its hyphens."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        ends = total = 0
        for line in lines:
            total += 1
            words = _WORD.findall(line.casefold())
            hyphen = line[-1:] in "-‐"
            ends += hyphen
            # A line's first and last word may be half a word.
            self._words.update(words[1:-1] if hyphen else words[1:])
        self._hyphenating = ends > total * _MIN_HYPHENATED_SHARE

    def mend(self, line: str, after: str) -> tuple[str, str]:
        """Return both lines, to be written with nothing between them."""
        left, right = _LEFT_PART.search(line), _RIGHT_PART.match(after)
        if not left or not right:
            return line, after
        if right[0].casefold() in _WORDS_AFTER_SUSPENDED_HYPHEN:
            return line, f" {after}"
        return (line[:-1] if self._is_soft_hyphen(left[0][:-1].casefold(), right[0].casefold()) else line), after

    def _is_soft_hyphen(self, left: str, right: str) -> bool:
        if left + right in self._words:
            return True
        if f"{left}-{right}" in self._words or left in _HYPHENATED_PREFIXES:
            return False
        return self._hyphenating
