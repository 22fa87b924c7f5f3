"""The user's lexicon as rules, which come before all others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.lexicon import Lexicon, LexiconEntry, Terms
from exporter.normalize import Parts, Rule, say
from exporter.normalize.resolver import find_anchor


def rules(lexicon: Lexicon) -> Iterator[Rule]:
    """Yield one rule for all terms that begin with the same token."""
    terms: dict[str, list[LexiconEntry]] = {}
    for entry in lexicon.entries:
        if first := find_anchor(entry.term):
            terms.setdefault(first, []).append(entry)
    for first, entries in terms.items():
        yield _make_rule(first, entries)


def _make_rule(first: str, entries: list[LexiconEntry]) -> Rule:
    terms = Terms(entries)

    def read(match: re.Match[str]) -> Parts:
        # A term with phonemes only keeps its letters here; the engine adds the phonemes.
        return say(match, terms[match.group()].say or match.group())

    return Rule("lexicon", frozenset({first}), terms.pattern, read)
