"""Initialisms: spelled where nobody could pronounce them, or where nobody does; read as a word otherwise."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, MIXED, Parts, Rule
from exporter.normalize.continental.number_words import Tongue
from exporter.script import Word

_LONGEST = 5
_VOWEL = "AEIOUYÄÖÜÁÉÍÓÚ"
_CONSONANT = f"[^{_VOWEL}\\W\\d_]"
_ONSET = rf"(?:[BCDFGKPT][LR]|S[CKLMNPT]|SCH|CH|QU|{_CONSONANT})"
# What a mouth can say in one go: syllables, with what may open, part and close them.
_SPEAKABLE = re.compile(
    rf"{_ONSET}?[{_VOWEL}]{{1,2}}(?:[LMNRS]?{_ONSET}[{_VOWEL}]{{1,2}})*(?:[CDKLMNPRSTXZ]|ND|NT|RT|ST|NS|CK|CH|CHT|RS|LT|LL|SS)?"
)
# Words in capitals beside each other are a headline, not initialisms.
_SHOUTED = re.compile(r"[A-ZÄÖÜÁÉÍÓÚÑÇ]{2,}[ ]\Z")
_SHOUTING = re.compile(r"[ ][A-ZÄÖÜÁÉÍÓÚÑÇ]{2,}\b")


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return the rule for initialisms."""

    def read(match: re.Match[str]) -> Parts | None:
        near = match.string[max(0, match.start() - 16) : match.start()]
        if _SHOUTED.search(near) or _SHOUTING.match(match.string, match.end()):
            return None
        said = letters(tongue, match["name"])
        return (Word(said, *match.span("name")),) if said else None

    pattern = rf"(?<![\w.]){tongue.elision}(?P<name>[^\W\d_a-zß-ÿ]{{2,{_LONGEST}}})(?![\w.]\w|[-‑]?\d)"
    return (Rule("initialism", frozenset({CAPITALS, MIXED}), pattern, read),)


def letters(tongue: Tongue, name: str) -> str:
    """The letters of an initialism that is spelled; empty for one that is read, and for words."""
    if not name.isupper() or len(name) > _LONGEST or name in tongue.named("initialisms.read"):
        return ""
    spelled = name in tongue.named("initialisms.spelled") or not _SPEAKABLE.fullmatch(name)
    return " ".join(name) if spelled else ""
