"""Roman numerals: monarchs and popes, centuries and chapters, and nouns counted by ordinals."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, MIXED, Parts, Rule
from exporter.normalize.continental.number_words import Verbalizer
from exporter.normalize.roman_values import parse_roman
from exporter.script import Word

_NAME_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0\u202f]\Z")
_NOUN_BEHIND = re.compile(r"[ \u00a0\u202f]([A-ZÀ-ÞŒ][\w-]+)")
_ROMAN_GROUP = "(?P<roman>[IVXLCDM]{1,9})"
_SINGLE_LETTERS = frozenset("LCDM")  # alone, these are letters
_MAX_SPANISH_REGNAL_ORDINAL = 10  # Real Academia Española: Alfonso décimo, but Alfonso doce
_MAX_SPANISH_ORDINAL = 20  # of a noun
_MAX_NAME_CHARS = 24  # searched for the word before a numeral


class _ContinentalRomanNumeralReader:
    """Reads Roman numerals in one language."""

    def __init__(self, verbalizer: Verbalizer) -> None:
        self._verbalizer = verbalizer
        self._heads, self._nouns = verbalizer.word_set("romans.heads"), verbalizer.word_set("romans.nouns")
        self._women, self._never = verbalizer.word_set("romans.women"), verbalizer.word_set("romans.never")
        self._names = verbalizer.word_set("romans.names") | self._women

    def read(self, match: re.Match[str]) -> Parts | None:
        """Read a numeral by the word before it, or as an ordinal before a noun."""
        roman = match["roman"]
        number = parse_roman(roman)
        if number is None or roman in self._never or roman in _SINGLE_LETTERS:
            return None
        found = _NAME_BEFORE.search(match.string[max(0, match.start() - _MAX_NAME_CHARS) : match.start()])
        before = found[1] if found else ""
        behind = _NOUN_BEHIND.match(match.string, match.end())
        said = self._say_numeral(number, before, behind[1] if behind else "", single=len(roman) == 1)
        return (Word(said, match.start(), match.end()),) if said else None

    def _say_numeral(self, number: int, before: str, behind: str, *, single: bool) -> str:
        if before.lower() in self._heads:
            return self._verbalizer.say_cardinal(number)
        if behind in self._nouns or (behind and not single and not before[:1].isupper()):
            return self._say_noun_ordinal(number, behind)
        is_name = before in self._names if single else before[:1].isupper()
        if not is_name:
            return "" if single else self._verbalizer.say_cardinal(number)
        return self._say_regnal(number, before)

    def _say_noun_ordinal(self, number: int, noun: str) -> str:
        if self._verbalizer.language != "es" or number > _MAX_SPANISH_ORDINAL:
            return self._verbalizer.say_cardinal(number)
        said = self._verbalizer.say_ordinal(number, self._verbalizer.nouns.is_feminine(noun))
        return said.removesuffix("o") if said.endswith(("primero", "tercero")) else said

    def _say_regnal(self, number: int, name: str) -> str:
        if self._verbalizer.language == "es" and number <= _MAX_SPANISH_REGNAL_ORDINAL:
            return self._verbalizer.say_ordinal(number, name in self._women)
        if self._verbalizer.language == "fr" and number == 1:
            return self._verbalizer.say_ordinal(1, name in self._women)
        return self._verbalizer.say_cardinal(number)

    def read_raised(self, match: re.Match[str]) -> Parts | None:
        """Read a numeral with the ending of an ordinal: XIXe, Ier, IIᵉ."""
        number = parse_roman(match["roman"])
        if number is None:
            return None
        said = self._verbalizer.say_ordinal(number, match["ending"] in ("re", "ère"))
        return (Word(f"{said} siècle" if match["century"] else said, match.start(), match.end()),)

    def read_german(self, match: re.Match[str]) -> Parts | None:
        """Read a numeral with a dot after a name: "Ludwig XIV." is "der Vierzehnte", "Ludwigs XIV." "des ..."."""
        number = parse_roman(match["roman"])
        found = _NAME_BEFORE.search(match.string[max(0, match.start() - _MAX_NAME_CHARS) : match.start()])
        name = found[1] if found else ""
        if number is None or not name[:1].isupper() or (len(match["roman"]) == 1 and not self._is_listed_name(name)):
            return None
        which = self._verbalizer.say_ordinal(number).capitalize()
        if name.removesuffix("s") in self._names and name not in self._names:
            said = f"{'der' if name.removesuffix('s') in self._women else 'des'} {which}n"
        else:
            said = f"{'die' if name in self._women else 'der'} {which}"
        # At the end of a sentence the dot also ends the sentence.
        ends = re.match(
            r"\s*\Z|\s+(?:Der|Die|Das|Er|Sie|Es|Im|In|Am|Und)\b", match.string[match.end() : match.end() + 8]
        )
        return (Word(said, match.start(), match.end() - (1 if ends else 0)),)

    def _is_listed_name(self, name: str) -> bool:
        return name in self._names or name.removesuffix("s") in self._names


def rules(verbalizer: Verbalizer) -> tuple[Rule, ...]:
    """Return the rules for Roman numerals."""
    reader = _ContinentalRomanNumeralReader(verbalizer)
    plain = Rule("roman", frozenset({CAPITALS, LETTER}), rf"(?<![\w.]){_ROMAN_GROUP}(?![\w.]\w|['’])", reader.read)
    if verbalizer.language == "fr":
        raised = r"(?<![\w.])(?P<roman>[IVX]{1,7})(?P<ending>ème|ère|er|re|e|ᵉ)(?!\w)(?P<century>\ss\.(?!\w))?"
        return (Rule("roman", frozenset({MIXED, ""}), raised, reader.read_raised), plain)
    if verbalizer.language == "de":
        return (
            Rule("roman", frozenset({CAPITALS, LETTER}), rf"(?<![\w.]){_ROMAN_GROUP}\.(?!\w)", reader.read_german),
            plain,
        )
    return (plain,)
