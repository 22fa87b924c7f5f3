"""Pronunciation: the phonemes (IPA) of words in a spoken text that speech engines would say wrongly.

Three sources, the first that has a word wins: the user's lexicon, names and words of the news (``data/names.toml``),
and words with two readings, of which the words around decide (``data/homographs.toml``). The tables are English. Every
engine gets the same spans, and writes them in its own alphabet.
"""

from __future__ import annotations

from functools import cache

from exporter.engines import PhonemeSpan
from exporter.lexicon import NO_LEXICON, Lexicon, Terms
from exporter.pronunciation.homograph_readings import find_homographs
from exporter.pronunciation.known_names import find_names
from exporter.pronunciation.single_letters import find_letters


def find_pronunciations(text: str, language: str, lexicon: Lexicon = NO_LEXICON) -> tuple[PhonemeSpan, ...]:
    """Return the spans of a spoken text whose phonemes are known, from left to right, without overlaps."""
    spans = list(_find_lexicon_terms(text, lexicon))
    if language.partition(",")[0].lower().partition("-")[0] == "en":
        for found in (find_names(text), find_homographs(text), find_letters(text)):
            spans += [span for span in found if not any(_overlap(span, other) for other in spans)]
    return tuple(sorted(spans))


def _find_lexicon_terms(text: str, lexicon: Lexicon) -> list[PhonemeSpan]:
    terms = _make_terms(lexicon)
    if terms is None:
        return []
    return [PhonemeSpan(start, end, entry.phonemes) for start, end, entry in terms.find(text)]


@cache
def _make_terms(lexicon: Lexicon) -> Terms | None:
    """Return the terms that have phonemes and no respelling, which would be in the text already; None if none has."""
    entries = [entry for entry in lexicon.entries if entry.phonemes and entry.alphabet == "ipa" and not entry.say]
    return Terms(entries) if entries else None


def _overlap(one: PhonemeSpan, other: PhonemeSpan) -> bool:
    return one.start < other.end and other.start < one.end
