"""Agreement: in many languages a number has the gender of the noun behind it."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from exporter.normalize.toml_tables import load_table

_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?\s\Z")
_WORD_BEHIND = re.compile(r"[ \u00a0\u202f]([^\W\d_]+)")
_MAX_WORD_BEFORE_CHARS = 24  # characters that hold the word before a number


class Agreement(msgspec.Struct, frozen=True):
    """Whether a number counts a noun, and its form: case and gender ("accusative m"), which tell how one is said."""

    counts: bool = False
    feminine: bool = False
    form: str = ""


NO_AGREEMENT = Agreement()
"""A number by itself."""


class Nouns(msgspec.Struct, frozen=True):
    """What ``speech.toml`` tells of nouns: the common ones, and the endings of those that are feminine."""

    language: str
    feminine: frozenset[str]
    masculine: frozenset[str]
    neuter: frozenset[str]
    endings: tuple[str, ...]
    numbered: frozenset[str]
    functions: frozenset[str]
    determiners: frozenset[str]
    cases: dict[str, str]

    def is_feminine(self, noun: str) -> bool:
        """Whether a noun is feminine, as far as its letters tell."""
        lower = noun.lower()
        return lower not in self.masculine | self.neuter and (lower in self.feminine or lower.endswith(self.endings))

    def counted(self, noun: str, before: str = "") -> Agreement:
        """How a number agrees with a noun; `before` is the word before the number, which may govern a case."""
        feminine = self.is_feminine(noun)
        gender = "f" if feminine else "n" if noun.lower() in self.neuter else "m"
        case = self.cases.get(before.lower(), "nominative")
        return Agreement(True, feminine, f"{case} {gender}")

    def around(self, text: str, start: int, end: int) -> Agreement:
        """How the number `text[start:end]` agrees with what stands behind it."""
        before = _match_word(_WORD_BEFORE, text[max(0, start - _MAX_WORD_BEFORE_CHARS) : start])
        if before.lower() in self.numbered:
            return NO_AGREEMENT
        if before.lower() in self.determiners:
            return Agreement(counts=True, feminine=True, form="nominative f")
        for match in _WORD_BEHIND.finditer(text, end, end + 60):
            word = match[1]
            if match.start() != end or word.lower() in self.functions:
                break
            # German tells its nouns by their capitals; an adjective may stand before one.
            if self.language != "de" or word[0].isupper():
                return self.counted(word, before)
            end = match.end()
        return NO_AGREEMENT


def _match_word(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


@cache
def load_nouns(language: str) -> Nouns:
    """Return what is known of a language's nouns."""
    lists = load_table(language, "speech")["nouns"]

    def named(name: str) -> frozenset[str]:
        return frozenset(lists.get(name, "").lower().split())

    return Nouns(
        language,
        named("feminine"),
        named("masculine"),
        named("neuter"),
        tuple(lists["endings"].split()),
        named("numbered"),
        named("functions"),
        named("determiners"),
        {word: case for case, words in lists.get("cases", {}).items() for word in words.split()},
    )
