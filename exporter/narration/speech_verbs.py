"""The small words of a language that tell a speaker from the rest of a sentence."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from exporter.normalize.toml_tables import load_table
from exporter.sentences.sentence_words import load_sentence_words

CLAUSE_STOPS = frozenset(",;:()—–")
"""What parts the stretches of a sentence."""


class Grammar(msgspec.Struct, frozen=True):
    """What ``sentences.toml`` holds of them; a language without a list has none."""

    saying: frozenset[str]
    starters: frozenset[str]
    titles: frozenset[str]
    pronouns: frozenset[str]
    persons: frozenset[str]
    links: frozenset[str]
    adverbs: frozenset[str]
    articles: frozenset[str]
    conjunctions: frozenset[str]
    times: frozenset[str]
    likening: frozenset[str]
    opining: frozenset[str]
    particles: frozenset[str]
    according: tuple[list[str], ...]
    phrases: frozenset[str]
    adverb_ending: str
    joints: re.Pattern[str]
    inversion: re.Pattern[str]
    capital_nouns: bool
    dialogue: bool

    def is_article(self, token: str) -> bool:
        """Whether a word stands before a noun."""
        return token.lower() in self.articles

    def is_small(self, token: str) -> bool:
        """Whether a word may stand between a quotation and who said it."""
        return token in CLAUSE_STOPS or token in self.likening or self.is_adverb(token)

    def is_adverb(self, token: str) -> bool:
        """Whether a word may stand between a name and its verb."""
        ending = self.adverb_ending
        return token in self.adverbs or (ending != "" and token.islower() and token.endswith(ending))


@cache
def load_grammar(language: str) -> Grammar:
    """Return the grammar of a language (a BCP 47 tag); it knows nothing where we have no list."""
    lists = load_table(language.partition("-")[0].lower(), "sentences")
    known = load_sentence_words(language)

    def named(name: str) -> frozenset[str]:
        return frozenset(lists.get(name, "").split())

    return Grammar(
        saying=known.saying,
        starters=known.starters,
        titles=named("titles") | known.never,
        pronouns=named("pronouns"),
        persons=named("persons"),
        links=named("links"),
        adverbs=named("adverbs"),
        articles=named("articles"),
        conjunctions=named("conjunctions"),
        times=named("times"),
        likening=named("likening"),
        opining=named("opining"),
        particles=named("particles"),
        according=tuple(phrase.split() for phrase in lists.get("according", "").split(" / ")),
        phrases=frozenset(lists.get("saying_phrases", "").split(" / ")),
        adverb_ending=lists.get("adverb_ending", ""),
        joints=re.compile(lists.get("joined_words", "(?!)")),
        inversion=re.compile(lists.get("inversion", "(?!)")),
        capital_nouns=lists.get("capital_nouns", False),
        dialogue=lists.get("dialogue", False),
    )
