"""The words of a language that decide where a sentence ends."""

from __future__ import annotations

from functools import cache

import msgspec

from exporter.normalize import sentence_abbreviations
from exporter.normalize.toml_tables import load_table


class SentenceWords(msgspec.Struct, frozen=True):
    """What `data/<language>/sentences.toml` and `abbreviations.toml` hold; all sets are empty for other languages."""

    never: frozenset[str]
    numbered: frozenset[str]
    may: frozenset[str]
    starters: frozenset[str]
    clock: frozenset[str]
    after_clock: frozenset[str]
    prepositions: frozenset[str]
    ordinary: frozenset[str]
    answers: frozenset[str]
    exclaiming: frozenset[str]
    domains: frozenset[str]
    saying: frozenset[str]
    subject_first: bool
    after_ordinal: frozenset[str]


@cache
def load_sentence_words(language: str) -> SentenceWords:
    """Return the words of a language (a BCP 47 tag)."""
    lists = load_table(language.partition("-")[0].lower(), "sentences")
    dotted = sentence_abbreviations.load_abbreviations(language)

    def named(name: str) -> frozenset[str]:
        return frozenset(lists.get(name, "").split())

    # The cutter meets one token at a time: of "Lt. Col." it sees "Col".
    return SentenceWords(
        never=(frozenset(form.rpartition(" ")[2] for form in dotted.never) | named("never")) - dotted.may,
        numbered=dotted.numbered | named("numbered"),
        may=dotted.may | named("may"),
        starters=named("starters"),
        clock=named("clock"),
        after_clock=named("after_clock"),
        prepositions=named("prepositions"),
        ordinary=named("words"),
        answers=named("answers"),
        exclaiming=named("exclaiming"),
        domains=named("domains"),
        saying=named("saying"),
        subject_first=lists.get("subject_first", False),
        after_ordinal=named("after_ordinal"),
    )
