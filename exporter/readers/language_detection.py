"""The language of a text: by its script, and for Latin letters by a vote of the commonest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from exporter.readers.wordlists import load_word_lists

_SCRIPTS = (
    ("[\u3040-\u30ff]", "ja"),
    ("[\uac00-\ud7af]", "ko"),
    ("[\u4e00-\u9fff]", "zh"),
    ("[іїєґ]", "uk"),
    ("[\u0400-\u04ff]", "ru"),
    ("[\u0370-\u03ff]", "el"),
    ("[\u0590-\u05ff]", "he"),
    ("[\u0600-\u06ff]", "ar"),
    ("[\u0900-\u097f]", "hi"),
    ("[\u0e00-\u0e7f]", "th"),
)
# All but Latin letters and signs, said by what they are not: compiling a set takes its time for each of its characters.
_NON_LATIN = re.compile("[^\0-\u036f\u1e00-\u1eff\u2000-\u2bff]")
_MIN_NON_LATIN_SHARE = 0.03
"""Share of letters beyond the Latin ones from which other scripts are looked for."""

_SAMPLE_CHARS = 20_000  # characters that decide
_MAX_PASSAGES = 2000  # passages that are looked at
_MIN_STOPWORD_SHARE = 0.08
"""Share of common words below which no language is told: running text has 0.25 and more in its own."""

_MIN_DIFFERENT_STOPWORDS = 3
"""Common words of two letters and more that must differ: a few stand in names and in other languages, too."""

_MIN_WORDS_TO_DOUBT = 40
"""Words from which on a text whose language cannot be told is in none that is known here."""

DEFAULT, UNKNOWN = "en", "und"


def detect_language(passages: Sequence[str]) -> str:
    """Return the tag of the language most of the passages are in; English for a few words, else `UNKNOWN`."""
    sample = _choose_sample(passages)
    if tag := _detect_by_script(sample):
        return tag
    words = Counter(re.findall(r"[^\W\d_]+", sample.casefold()))
    votes = {
        tag: sum(words[word] for word in known)
        for tag, stopwords in _stopwords().items()
        if (known := [word for word in stopwords if word in words])
        and sum(len(word) > 1 for word in known) >= _MIN_DIFFERENT_STOPWORDS
    }
    best = max(votes, key=lambda tag: (votes[tag], tag == DEFAULT), default=DEFAULT)
    if votes.get(best, 0) > _MIN_STOPWORD_SHARE * words.total():
        return best
    return DEFAULT if words.total() < _MIN_WORDS_TO_DOUBT else UNKNOWN


@cache
def _stopwords() -> Mapping[str, frozenset[str]]:
    return {
        tag: frozenset(tables.get("language", {}).get("stopwords", "").split())
        for tag, tables in load_word_lists().items()
    }


def _choose_sample(passages: Sequence[str]) -> str:
    """Return the longest passages, which are the article rather than its furniture, up to a limit."""
    taken: list[str] = []
    size = 0
    for passage in sorted(passages[:_MAX_PASSAGES], key=len, reverse=True):
        taken.append(passage[:_SAMPLE_CHARS])
        size += len(passage)
        if size > _SAMPLE_CHARS:
            break
    return "\n".join(taken)


def _detect_by_script(sample: str) -> str:
    if sample.isascii() or len(_NON_LATIN.findall(sample)) < _MIN_NON_LATIN_SHARE * len(sample):
        return ""
    letters = sum(map(str.isalpha, sample)) or 1
    for script, tag in _SCRIPTS:
        # A few kana tell Japanese from Chinese, a few letters Ukrainian; other scripts must be most of the text.
        share = 0.05 if tag == "ja" else 0.03 if tag == "uk" else 0.3
        if len(re.findall(script, sample)) > share * letters:
            return tag
    return ""
