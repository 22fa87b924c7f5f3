"""German monarchs and popes: "Ludwig XIV." is "Ludwig der Vierzehnte", in the case that the sentence asks."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, Parts, Rule
from exporter.normalize.languages.de.regnal_cases import MAX_CLAUSE_CHARS, find_regnal_case
from exporter.normalize.languages.language import Language
from exporter.normalize.roman_values import parse_roman
from exporter.script import Word

_NAME_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0\u202f]\Z")
_TITLED_NAME = re.compile(r"\b(?:König|Königin|Kaiser|Kaiserin|Papst|Zar|Zarin|Herzog|Fürst|Sultan)\s[\w-]+\s\Z")
_MAX_NAME_CHARS = 24  # searched for the name before a numeral
_INITIALS = frozenset("LCDM")  # of a second name: "Georg C. Marshall"
# The article and the ending of the ordinal of a king and of a queen.
_ARTICLES = {
    "nominative": ("der", "die"),
    "genitive": ("des", "der"),
    "dative": ("dem", "der"),
    "accusative": ("den", "die"),
}
_ENDINGS = {"nominative": ("", ""), "genitive": ("n", "n"), "dative": ("n", "n"), "accusative": ("n", "")}
# At the end of a sentence the dot of a numeral also ends the sentence.
SENTENCE_END = re.compile(r"\s*\Z|\s+(?:Der|Die|Das|Er|Sie|Es|Im|In|Am|Und)\b")
"""What stands behind a dot that ends both an abbreviation or an ordinal and its sentence."""


def make_regnal_rule(language: Language) -> Rule:
    """Return the rule for a numeral after a name, mostly with a dot: "Ludwig XIV.", genitive "Ludwigs XIV."."""
    women = language.word_set("romans.women")
    names = language.word_set("romans.names") | women
    never = language.word_set("romans.never") | _INITIALS

    def read(match: re.Match[str]) -> Parts | None:
        text, roman = match.string, match["roman"]
        number = parse_roman(roman)
        found = _NAME_BEFORE.search(text[max(0, match.start() - _MAX_NAME_CHARS) : match.start()])
        name = found[1] if found else ""
        name_start = match.start() - len(name) - 1
        is_listed = name in names or name.removesuffix("s") in names
        is_titled = _TITLED_NAME.search(text[max(0, name_start - _MAX_NAME_CHARS) : match.start()])
        is_name = name[:1].isupper() and name.lower() not in language.nouns.functions
        if number is None or not is_name or roman in never:
            return None
        if not (is_listed or is_titled or (match["dot"] and len(roman) > 1)):
            return None
        before = text[max(0, name_start - MAX_CLAUSE_CHARS) : name_start]
        is_genitive = name.removesuffix("s") in names and name not in names
        case = (
            "genitive"
            if is_genitive
            else find_regnal_case(before, names, text[match.end() : match.end() + MAX_CLAUSE_CHARS])
        )
        is_woman = name.removesuffix("s") in women or name in women
        said = f"{_ARTICLES[case][is_woman]} {language.say_ordinal(number).capitalize()}{_ENDINGS[case][is_woman]}"
        ends = match["dot"] and SENTENCE_END.match(text[match.end() : match.end() + 8])
        return (Word(said, match.start(), match.end() - (1 if ends else 0)),)

    pattern = r"(?<![\w.])(?P<roman>[IVXLCDM]{1,9})(?P<dot>\.)?(?!\w)"
    return Rule("roman", frozenset({CAPITALS, LETTER}), pattern, read)
