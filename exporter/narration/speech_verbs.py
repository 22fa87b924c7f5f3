"""The words of a language that mark the speaker in a sentence: verbs of saying, pronouns, titles, articles."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from exporter.normalize.toml_tables import load_table
from exporter.sentences.sentence_words import load_sentence_words

CLAUSE_STOPS = frozenset(",;:()—–")
"""Punctuation between the stretches of a sentence."""


class Grammar(msgspec.Struct, frozen=True):
    """Word lists of ``sentences.toml``; empty for a language without the file."""

    saying: frozenset[str]
    starters: frozenset[str]
    titles: frozenset[str]
    pronouns: frozenset[str]
    persons: frozenset[str]
    links: frozenset[str]
    relatives: frozenset[str]
    impersonal: frozenset[str]
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
        """Whether a word is an article."""
        return token.lower() in self.articles

    def is_small(self, token: str) -> bool:
        """Whether a word may stand between a quotation and its speaker."""
        return token in CLAUSE_STOPS or token in self.likening or self.is_adverb(token)

    def is_adverb(self, token: str) -> bool:
        """Whether a word may stand between a name and its verb."""
        ending = self.adverb_ending
        return token in self.adverbs or (ending != "" and token.islower() and token.endswith(ending))


@cache
def load_grammar(language: str) -> Grammar:
    """Return the word lists of a language (a BCP 47 tag); they are empty for a language without `sentences.toml`."""
    lists = load_table(language.partition("-")[0].lower(), "sentences")
    sentence_words = load_sentence_words(language)

    def word_set(name: str) -> frozenset[str]:
        return frozenset(lists.get(name, "").split())

    return Grammar(
        saying=sentence_words.saying,
        starters=sentence_words.starters,
        titles=word_set("titles") | sentence_words.never,
        pronouns=word_set("pronouns"),
        persons=word_set("persons"),
        links=word_set("links"),
        relatives=word_set("relatives"),
        impersonal=word_set("impersonal"),
        adverbs=word_set("adverbs"),
        articles=word_set("articles"),
        conjunctions=word_set("conjunctions"),
        times=word_set("times"),
        likening=word_set("likening"),
        opining=word_set("opining"),
        particles=word_set("particles"),
        according=tuple(phrase.split() for phrase in lists.get("according", "").split(" / ")),
        phrases=frozenset(lists.get("saying_phrases", "").split(" / ")),
        adverb_ending=lists.get("adverb_ending", ""),
        joints=re.compile(lists.get("joined_words", "(?!)")),
        inversion=re.compile(lists.get("inversion", "(?!)")),
        capital_nouns=lists.get("capital_nouns", False),
        dialogue=lists.get("dialogue", False),
    )
