"""Abbreviations: titles before a name, references before a number, and the rest."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule
from exporter.normalize.continental.tongue import Tongue
from exporter.normalize.tables import table
from exporter.script import Word

_LAST = re.compile(r"\.[\"'”’»)\]]{0,4}\s{0,8}\Z")
_FOLLOWERS = {"titles": r"(?=\s+[A-ZÀ-ÞŒ])", "numbered": r"(?=\s{0,2}\d)"}


def rules(tongue: Tongue) -> tuple[Rule, ...]:
    """Return a rule for each table of abbreviations."""
    return tuple(_rule(name, words) for name, words in table(tongue.language, "abbreviations").items())


def _rule(name: str, words: dict[str, str]) -> Rule:
    def read(match: re.Match[str]) -> Parts:
        last = _LAST.match(match.string, match.end() - 1)
        return (Word(words[match.group()], match.start(), match.end() - (1 if last else 0)),)

    first = frozenset(found.group().lower() for word in words if (found := re.match(r"[^\W\d_]+", word)))
    forms = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return Rule("abbreviation", first, rf"(?<![\w.])(?:{forms})(?!\w){_FOLLOWERS.get(name, '')}", read)
