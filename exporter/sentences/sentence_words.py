"""The word lists of a language that decide where a sentence ends."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from exporter.normalize import sentence_abbreviations
from exporter.normalize.toml_tables import load_table


class SentenceWords(msgspec.Struct, frozen=True):
    """Word lists of `data/<language>/sentences.toml` and `abbreviations.toml`; empty for a language without them."""

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
    before_ordinal: frozenset[str]
    after_ordinal: frozenset[str]
    numbered_endings: tuple[str, ...]
    endings: re.Pattern[str]
    """What mostly ends a sentence if a capital follows, though it is an abbreviation: "1998 г.", "и т. д."."""


@cache
def load_sentence_words(language: str) -> SentenceWords:
    """Return the word lists of a language (a BCP 47 tag)."""
    lists = load_table(language.partition("-")[0].lower(), "sentences")
    abbreviations = sentence_abbreviations.load_abbreviations(language)

    def word_set(name: str) -> frozenset[str]:
        return frozenset(lists.get(name, "").split())

    # The boundary search looks at one token: of "Lt. Col." at "Col".
    return SentenceWords(
        never=(frozenset(form.rpartition(" ")[2] for form in abbreviations.never) | word_set("never"))
        - abbreviations.may,
        numbered=abbreviations.numbered | word_set("numbered"),
        may=abbreviations.may | word_set("may"),
        starters=word_set("starters"),
        clock=word_set("clock"),
        after_clock=word_set("after_clock"),
        prepositions=word_set("prepositions"),
        ordinary=word_set("words"),
        answers=word_set("answers"),
        exclaiming=word_set("exclaiming"),
        domains=word_set("domains"),
        saying=word_set("saying"),
        subject_first=lists.get("subject_first", False),
        before_ordinal=word_set("before_ordinal"),
        after_ordinal=word_set("after_ordinal"),
        numbered_endings=tuple(lists.get("numbered_endings", "").split()),
        endings=_compile_endings(lists.get("endings", "")),
    )


def _compile_endings(forms: str) -> re.Pattern[str]:
    """Compile forms with slashes between them; "#" is a number, in digits or Roman."""
    patterns = (
        re.escape(form).replace(r"\#", r"[\dIVX]").replace(r"\ ", r"\s?")
        if form[0] == "#"
        else rf"(?<!\w){re.escape(form)}"
        for form in forms.split(" / ")
        if form
    )
    return re.compile(rf"(?:{'|'.join(patterns) or '(?!)'})\Z")
