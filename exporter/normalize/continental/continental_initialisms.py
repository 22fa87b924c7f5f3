"""Initialisms: spelled where nobody could pronounce them, or where nobody does; read as a word otherwise."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, MIXED, Parts, Rule
from exporter.normalize.continental.number_words import Verbalizer
from exporter.script import Word

_MAX_INITIALISM_LETTERS = 5
_VOWELS = "AEIOUYÄÖÜÁÉÍÓÚ"
_CONSONANT = f"[^{_VOWELS}\\W\\d_]"
_ONSET = rf"(?:[BCDFGKPT][LR]|S[CKLMNPT]|SCH|CH|QU|{_CONSONANT})"
# What a mouth can say in one go: syllables, with what may open, part and close them.
_SPEAKABLE = re.compile(
    rf"{_ONSET}?[{_VOWELS}]{{1,2}}(?:[LMNRS]?{_ONSET}[{_VOWELS}]{{1,2}})*(?:[CDKLMNPRSTXZ]|ND|NT|RT|ST|NS|CK|CH|CHT|RS|LT|LL|SS)?"
)
# Words in capitals beside each other are a headline, not initialisms.
_CAPITALS_BEFORE = re.compile(r"[A-ZÄÖÜÁÉÍÓÚÑÇ]{2,}[ ]\Z")
_CAPITALS_BEHIND = re.compile(r"[ ][A-ZÄÖÜÁÉÍÓÚÑÇ]{2,}\b")


def rules(tongue: Verbalizer) -> tuple[Rule, ...]:
    """Return the rule for initialisms."""

    def read(match: re.Match[str]) -> Parts | None:
        near = match.string[max(0, match.start() - 16) : match.start()]
        if _CAPITALS_BEFORE.search(near) or _CAPITALS_BEHIND.match(match.string, match.end()):
            return None
        said = spell_initialism(tongue, match["name"])
        return (Word(said, *match.span("name")),) if said else None

    pattern = rf"(?<![\w.]){tongue.elision}(?P<name>[^\W\d_a-zß-ÿ]{{2,{_MAX_INITIALISM_LETTERS}}})(?![\w.]\w|[-‑]?\d)"
    return (Rule("initialism", frozenset({CAPITALS, MIXED}), pattern, read),)


def spell_initialism(tongue: Verbalizer, name: str) -> str:
    """The letters of an initialism that is spelled; empty for one that is read, and for words."""
    if not name.isupper() or len(name) > _MAX_INITIALISM_LETTERS or name in tongue.named("initialisms.read"):
        return ""
    spelled = name in tongue.named("initialisms.spelled") or not _SPEAKABLE.fullmatch(name)
    return " ".join(name) if spelled else ""
