"""Initialisms: spelled if they cannot be pronounced or are listed as spelled, else read as a word."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, MIXED, Parts, Rule
from exporter.normalize.languages.language import Language
from exporter.script import Word

_MAX_INITIALISM_LETTERS = 5  # longer words in capitals are read; chosen by reading pages, no measurement
_MAX_WORD_BEFORE_CHARS = 16  # searched for a word in capitals
_VOWELS = "AEIOUYÄÖÜÁÉÍÓÚ"
_VOWEL = re.compile(f"[{_VOWELS}]")
_CONSONANT = f"[^{_VOWELS}\\W\\d_]"
_ONSET = rf"(?:[BCDFGKPT][LR]|S[CKLMNPT]|SCH|CH|QU|{_CONSONANT})"
_DOUBLE = "(?:BB|CC|FF|GG|NN|PP|TT|ZZ)"
# A pronounceable word: syllables, with the consonants that may open, join and close them.
_SPEAKABLE = re.compile(
    rf"{_ONSET}?[{_VOWELS}]{{1,2}}(?:(?:[LMNRS]?{_ONSET}|{_DOUBLE})[{_VOWELS}]{{1,2}})*(?:[CDKLMNPRSTXZ]|ND|NT|RT|ST|NS|CK|CH|CHT|RS|LT|LL|SS)?"
)
# After the last dot of "U.S.": the end of the text, or a new sentence.
_SENTENCE_END = re.compile(r"[\"'”’»)\]]{0,4}\s{0,8}\Z")
# Neighbouring words in capitals are a headline, not initialisms, unless they lack a vowel.
# A unit after its number is neither, nor is a numeral: "8 GB RAM", "VII ZR".
_CAPITALS_BEFORE = re.compile(r"(?<!\d[ \u00a0])\b(?![IVXL]+ )[A-ZÄÖÜÁÉÍÓÚÑÇ]{2,}[ ]\Z")
_CAPITALS_BEHIND = re.compile(r"[ ][A-ZÄÖÜÁÉÍÓÚÑÇ]{2,}\b")


def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rule for initialisms."""

    def read(match: re.Match[str]) -> Parts | None:
        near = match.string[max(0, match.start() - _MAX_WORD_BEFORE_CHARS) : match.start()]
        in_capitals = _CAPITALS_BEFORE.search(near) or _CAPITALS_BEHIND.match(match.string, match.end())
        if in_capitals and _VOWEL.search(match["name"]):
            return None
        said = spell_initialism(language, match["name"])
        return (Word(said, *match.span("name")),) if said else None

    pattern = rf"(?<![\w.]){language.elision}(?P<name>[^\W\d_a-zß-ÿ]{{2,{_MAX_INITIALISM_LETTERS}}})(?!\w|\.\w|[-‑]?\d)"
    # "U.S.": two letters or more, each with its dot; the last dot may end the sentence.
    dotted = r"(?<![\w.])(?:[A-Z]\.){2,6}(?!\w)"
    return (
        Rule("initialism", frozenset({LETTER}), dotted, _read_dotted),
        Rule("initialism", frozenset({CAPITALS, MIXED}), pattern, read),
    )


def _read_dotted(match: re.Match[str]) -> Parts:
    end = match.end() - bool(_SENTENCE_END.match(match.string, match.end()))
    return (Word("-".join(match.group().replace(".", "")), match.start(), end),)


def spell_initialism(language: Language, name: str) -> str:
    """Return the letters of an initialism that is spelled; empty for one that is read as a word."""
    is_month = name.lower() in language.tables["months"]["names"].lower().split()
    if not name.isupper() or is_month or len(name) > _MAX_INITIALISM_LETTERS:
        return ""
    if name in language.word_set("initialisms.read"):
        return ""
    is_pair = len(name) == 2 and "pairs" in language.tables["initialisms"]
    is_word = name.lower() in language.nouns.functions
    spelled = name in language.word_set("initialisms.spelled") or not _SPEAKABLE.fullmatch(name)
    if is_pair and not is_word:
        return "-".join(name)
    return "-".join(name) if spelled else ""
