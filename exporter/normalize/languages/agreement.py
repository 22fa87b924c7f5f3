"""Agreement: a number has the gender of the noun after it, and in German its case."""

from __future__ import annotations

import re
from typing import Any

import msgspec

_WORD_BEFORE = re.compile(r"([^\W\d_]+|[nN]\.?[º°])\.?\s\Z")
_WORD_BEHIND = re.compile(r"[ \u00a0\u202f]([^\W\d_]+)")
_MAX_WORD_BEFORE_CHARS = 48  # searched for the word before a number, or before the first of two
# "zwischen 30 l/m² und": what governs the first of two amounts also governs the second.
_FIRST_OF_TWO = re.compile(r"([^\W\d_]+)\s\d[\d.,]{0,12}\s?(?:[^\W\d]\S{0,12}\s)?[^\W\d_]+\s\Z")
_YEAR = re.compile(r"1[1-9]\d\d|20\d\d")
_MORE_THAN_ONE = re.compile(r"[2-9]|[1-9]\d{1,11}")
_MIN_NOUN_CHARS = 3  # shorter ones are abbreviations
_MAX_NOUN_PHRASE_CHARS = 60  # searched for the noun after a number, which adjectives may precede


class Agreement(msgspec.Struct, frozen=True):
    """Whether a number counts a noun, and the case and gender ("accusative m") that decide the form of "one"."""

    counts: bool = False
    feminine: bool = False
    form: str = ""


NO_AGREEMENT = Agreement()
"""The agreement of a number that counts nothing."""


class Nouns(msgspec.Struct, frozen=True):
    """The nouns of ``speech.toml``: common ones by gender, and the endings of feminine ones."""

    feminine: frozenset[str]
    masculine: frozenset[str]
    neuter: frozenset[str]
    endings: tuple[str, ...]
    neuter_compounds: tuple[str, ...]
    numbered: frozenset[str]
    functions: frozenset[str]
    determiners: frozenset[str]
    adverb_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]
    feminine_behind: re.Pattern[str]
    cases: dict[str, str]
    joints: frozenset[str]
    second_behind: re.Pattern[str]
    adverbs: re.Pattern[str]
    are_capitalised: bool = False

    def find_gender(self, noun: str) -> str:
        """Return "f", "n" or "m", by the lists or by the ending; a compound has the gender of its last noun."""
        lower = noun.lower().partition(" ")[0]  # of "cuillère à café"
        if lower in self.feminine:
            return "f"
        if lower in self.masculine:
            return "m"
        if lower in self.neuter or lower.endswith(self.neuter_compounds):
            return "n"
        return "f" if lower.endswith(self.endings) else "m"

    def is_feminine(self, noun: str) -> bool:
        """Whether a noun is feminine."""
        return self.find_gender(noun) == "f"

    def find_governor(self, text: str, start: int) -> str:
        """Return the word before a number at `text[start:]`, or before the first of two numbers; empty if none."""
        before = self.adverbs.sub("", text[max(0, start - _MAX_WORD_BEFORE_CHARS) : start])
        word = _match_word(_WORD_BEFORE, before)
        return _match_word(_FIRST_OF_TWO, before) or word if word in self.joints else word

    def agree_with(self, noun: str, before: str = "") -> Agreement:
        """Return the agreement of a number with a noun; `before`, the word before the number, may govern a case."""
        if noun.lower() in self.functions:
            return NO_AGREEMENT
        gender = self.find_gender(noun)
        case = self.cases.get(before.lower(), "nominative")
        return Agreement(counts=True, feminine=gender == "f", form=f"{case} {gender}")

    def find_agreement(self, text: str, start: int, end: int) -> Agreement:
        """Return the agreement of the number `text[start:end]` with the noun after it."""
        before = self.find_governor(text, start)
        if before.lower() in self.numbered or before.endswith(("º", "°")):
            return NO_AGREEMENT
        # "En 1978 fueron abiertas tres escuelas" has a year.
        is_feminine = self.feminine_behind.match(text, end) and not _YEAR.fullmatch(text, start, end)
        if before.lower() in self.determiners or is_feminine:
            return Agreement(counts=True, feminine=True, form="nominative f")
        if second := self.second_behind.match(text, end):  # "une à deux heures"
            end = second.end()
        for match in _WORD_BEHIND.finditer(text, end, end + _MAX_NOUN_PHRASE_CHARS):
            word = match[1]
            if match.start() != end or word.lower() in self.functions or word.endswith(self.adverb_endings):
                break
            if word == "mil":  # "200 mil personas"
                end = match.end()
                continue
            # In "Rua Lemos, 41 sala 605" the number counts no rooms.
            is_plural = len(word) < _MIN_NOUN_CHARS or word.endswith(self.plural_endings or "")
            if _MORE_THAN_ONE.fullmatch(text, start, end) and not is_plural:
                break
            # Where nouns are capitalised, an adjective may precede one.
            if not self.are_capitalised or word[0].isupper():
                return self.agree_with(word, before)
            end = match.end()
        return NO_AGREEMENT


def _match_word(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def read_nouns(lists: dict[str, Any]) -> Nouns:
    """Return the nouns of the table `nouns`; each list may lack."""

    def word_set(name: str) -> frozenset[str]:
        return frozenset(lists.get(name, "").lower().split())

    return Nouns(
        feminine=word_set("feminine"),
        masculine=word_set("masculine"),
        neuter=word_set("neuter"),
        endings=tuple(lists.get("endings", "").split()),
        neuter_compounds=tuple(lists.get("neuter_compounds", "").split()),
        numbered=word_set("numbered"),
        functions=word_set("functions"),
        determiners=word_set("determiners"),
        adverb_endings=tuple(lists.get("adverb_endings", "").split()),
        plural_endings=tuple(lists.get("plural_endings", "").split()),
        feminine_behind=re.compile(lists.get("feminine_behind", "(?!)")),
        joints=word_set("joints"),
        second_behind=re.compile(rf"\s(?:{'|'.join(lists.get('second', '(?!)').split())})\s\d[\d.,]*+(?!\w)"),
        adverbs=re.compile(rf"(?:\b(?:{lists.get('adverbs', '(?!)')})\s){{1,3}}\Z"),
        cases={word: case for case, words in lists.get("cases", {}).items() for word in words.split()},
        are_capitalised=lists.get("are_capitalised", False),
    )
