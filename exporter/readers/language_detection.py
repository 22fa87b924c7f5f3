"""Language detection: by script, and among languages in Latin letters by counting their commonest words."""

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
# Everything but Latin letters and signs, as a negated set: a set compiles in time linear in its characters.
_NON_LATIN = re.compile("[^\0-\u036f\u1e00-\u1eff\u2000-\u2bff]")

_MIN_NON_LATIN_SHARE = 0.03
"""Share of non-Latin letters from which on other scripts are looked for."""

_SAMPLE_CHARS = 20_000
"""Characters that are looked at."""

_MAX_PASSAGES = 2000
"""Passages among which the longest are chosen."""

_MIN_STOPWORD_SHARE = 0.08
"""Share of stopwords below which no language is returned: running text has 0.25 and more in its own language."""

_MIN_DIFFERENT_STOPWORDS = 3
"""Different stopwords of two letters and more: one or two also stand in names and in other languages."""

_MIN_WORDS_TO_DOUBT = 40
"""A text of so many words without a detected language is in one without a word list; a shorter one counts as
English."""

_MIN_SCRIPT_SHARES, _MIN_SCRIPT_SHARE = {"ja": 0.05, "uk": 0.03}, 0.3
"""Share of a text's letters that a script must exceed. A few kana distinguish Japanese from Chinese, a few letters
Ukrainian from Russian; other scripts must be most of the text. Chosen by reading texts; no measurement."""

DEFAULT, UNKNOWN = "en", "und"


def detect_language(passages: Sequence[str]) -> str:
    """Return the tag of the language of most passages; English for a few words, else `UNKNOWN`."""
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
    """Return the longest passages up to the size of the sample: they are the article rather than boilerplate."""
    taken: list[str] = []
    size = 0
    for passage in sorted(passages[:_MAX_PASSAGES], key=len, reverse=True):
        taken.append(passage[:_SAMPLE_CHARS])
        size += len(passage)
        if size > _SAMPLE_CHARS:
            break
    return "\n".join(taken)


def _detect_by_script(sample: str) -> str:
    """Return the language that a script other than Latin stands for, or an empty string."""
    if sample.isascii() or len(_NON_LATIN.findall(sample)) < _MIN_NON_LATIN_SHARE * len(sample):
        return ""
    letters = sum(map(str.isalpha, sample)) or 1
    for script, tag in _SCRIPTS:
        share = _MIN_SCRIPT_SHARES.get(tag, _MIN_SCRIPT_SHARE)
        if len(re.findall(script, sample)) > share * letters:
            return tag
    return ""
