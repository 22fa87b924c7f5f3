"""Roman numerals: monarchs and popes, centuries and chapters, and nouns counted by ordinals."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, MIXED, Parts, Rule
from exporter.normalize.languages.language import Language
from exporter.normalize.roman_values import parse_roman
from exporter.script import Word

_NOUN_BEHIND = re.compile(r"[ \u00a0\u202f]([^\W\d_][\w-]+)")
_ROMAN_GROUP = "(?P<roman>[IVXLCDM]{1,9})"
_SINGLE_LETTERS = frozenset("LCDM")  # alone, these are letters
# After a numeral of one letter, as of a monarch: "Manuel I de Portugal".
_REALM_BEHIND = re.compile(r"\s(?:d[aeio]s?|del|d')\s?[A-ZÀ-Þ]")
_MAX_NAME_CHARS = 24  # searched for the word before a numeral


class _SharedRomanNumeralReader:
    """Reads Roman numerals in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._heads, self._nouns = language.word_set("romans.heads"), language.word_set("romans.nouns")
        self._women, self._never = language.word_set("romans.women"), language.word_set("romans.never")
        self._names = language.word_set("romans.names") | self._women
        self._articles = language.word_set("romans.articles")
        self._ordinal_articles = language.word_set("romans.ordinal_articles")
        joints = "|".join((language.words["and"], language.words["to"]))
        # "siglos IV y V": both numerals follow the noun.
        self._name_before = re.compile(rf"([^\W\d_]+)\.?[ \u00a0\u202f](?:[IVXLCDM]{{1,9}}\s(?:{joints})\s)?\Z")

    def read(self, match: re.Match[str]) -> Parts | None:
        """Read a numeral by the word before it, or as an ordinal before a noun."""
        roman = match["roman"]
        number = parse_roman(roman)
        if number is None or roman in self._never or roman in _SINGLE_LETTERS:
            return None
        found = self._name_before.search(match.string[max(0, match.start() - _MAX_NAME_CHARS) : match.start()])
        before = found[1] if found else ""
        behind = _NOUN_BEHIND.match(match.string, match.end())
        is_single = len(roman) == 1 and not (before.istitle() and _REALM_BEHIND.match(match.string, match.end()))
        said = self._say_numeral(number, before, behind[1] if behind else "", single=is_single)
        return (Word(said, match.start(), match.end()),) if said else None

    def read_lettered(self, match: re.Match[str]) -> Parts | None:
        """Read a numeral with a letter after the noun that it counts: "Gruppe IIb"."""
        found = self._name_before.search(match.string[max(0, match.start() - _MAX_NAME_CHARS) : match.start()])
        number = parse_roman(match["roman"])
        if number is None or not found or found[1].lower() not in self._heads:
            return None
        said = self._language.say_headed(number, found[1].lower())
        return (Word(said, *match.span("roman")), Word(match["letter"], *match.span("letter")))

    def _say_numeral(self, number: int, before: str, behind: str, *, single: bool) -> str:
        if before.lower() in self._heads:
            return self._language.say_headed(number, before.lower())
        has_article = before.lower() in self._ordinal_articles
        is_counted = before.lower() in self._articles and behind.lower() not in self._language.nouns.functions
        if (
            behind in self._nouns
            or (is_counted and behind)
            or (behind[:1].isupper() and (has_article or not (single or before[:1].isupper())))
        ):
            return self._language.say_noun_ordinal(number, behind)
        is_name = before in self._names if single else before[:1].isupper()
        if not is_name:
            return "" if single else self._language.say_cardinal(number)
        is_woman = before in self._women or (before not in self._names and before.endswith(("a", "á")))
        return self._language.say_regnal(number, is_woman)


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules for Roman numerals."""
    reader = _SharedRomanNumeralReader(language)
    pattern = rf"(?<![\w.]){_ROMAN_GROUP}(?!\w|\.\w|['’])"
    lettered = r"(?<![\w.])(?P<roman>[IVX]{1,5})(?P<letter>[a-d])(?!\w)"
    return (
        Rule("roman", frozenset({CAPITALS, LETTER}), pattern, reader.read),
        Rule("roman", frozenset({MIXED, ""}), lettered, reader.read_lettered),
    )
