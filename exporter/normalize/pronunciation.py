"""The user's lexicon as rules: a term is said as the lexicon says, before anything else is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.lexicon import Entry, Lexicon
from exporter.normalize import Parts, Rule, say
from exporter.normalize.engine import anchor


def rules(lexicon: Lexicon) -> Iterator[Rule]:
    """Yield a rule for all terms that begin with the same token."""
    terms: dict[str, list[Entry]] = {}
    for entry in lexicon.entries:
        if first := anchor(entry.term):
            terms.setdefault(first, []).append(entry)
    for first, entries in terms.items():
        yield _rule(first, entries)


def _rule(first: str, entries: list[Entry]) -> Rule:
    # A term with phonemes only is still said by its own letters; the engine puts the phonemes in.
    said = {entry.term: entry.say or entry.term for entry in entries}

    def read(match: re.Match[str]) -> Parts:
        term = match.group()
        return say(match, said.get(term) or said[term.lower()])

    longest_first = sorted(said, key=len, reverse=True)
    pattern = "|".join(f"(?i:{re.escape(term)})" if term.islower() else re.escape(term) for term in longest_first)
    return Rule("lexicon", frozenset({first}), rf"(?<!\w)(?:{pattern})(?!\w)", read)
