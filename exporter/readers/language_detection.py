"""Language detection: by script, and among languages in Latin letters by counting their commonest words.

Where the words are too few to decide, a statistical model of letters does (py3langid); it takes half a second to load,
so a text whose words speak for themselves never waits for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from exporter.readers.wordlists import load_word_lists

_SCRIPTS = (
    ("[\u3040-\u30ff]", "ja"),
    ("[\uac00-\ud7af]", "ko"),
    ("[\u4e00-\u9fff]", "zh"),
    ("[іїєґ]", "uk"),
    ("[\u0400-\u04ff]", "ru"),
    ("[\u0370-\u03ff]", "el"),
    ("[\u0590-\u05ff]", "he"),
    ("[ٹڈڑےں]", "ur"),
    ("[پچژگ]", "fa"),
    ("[\u0600-\u06ff]", "ar"),
    ("[\u0900-\u097f]", "hi"),
    ("[\u0e00-\u0e7f]", "th"),
)
# Everything but Latin letters and signs, as a negated set: a set compiles in time linear in its characters.
_NON_LATIN = re.compile("[^\0-\u036f\u1e00-\u1eff\u2000-\u2bff]")

_MIN_NON_LATIN_SHARE = 0.03
"""Share of non-Latin letters from which on other scripts are looked for."""

_SAMPLE_CHARS = 3_000
"""Characters that are looked at: with 20,000 not one of 296 articles is in another language."""

_MAX_PASSAGES = 2000
"""Passages among which the longest are chosen."""

_MIN_STOPWORD_SHARE = 0.08
"""Share of stopwords below which no language is returned: running text has 0.25 and more in its own language."""

_MIN_DIFFERENT_STOPWORDS = 3
"""Different stopwords of two letters and more: one or two also stand in names and in other languages."""

_MIN_WORDS_TO_DOUBT = 40
"""A text of so many words without a detected language is in one without a word list; a shorter one counts as
English."""

_MIN_OBVIOUS_SHARE, _MIN_OBVIOUS_WORDS = 0.25, 2
"""Share of stopwords, and different ones of two letters and more, from which a few words are plainly English."""

_MIN_MODEL_WORDS = 4
"""Words from which the statistical model is asked: it takes "Hello world" for Fulfulde."""

_MIN_PROBABILITY, _MIN_DOUBT_PROBABILITY = 0.3, 0.9
"""Probabilities from which the model is believed: for a text that states no language, and against a stated one. Of 47
texts of two to ten words, all wrong guesses were below 0.22 and all right ones of four words and more above 0.32."""

_MODEL_SAMPLE_CHARS = 2_000
"""Characters that the model is given."""

_MIN_WORDS_TO_CONTRADICT = 20
"""Words from which a text may contradict the language that its source states."""

_MIN_SCRIPT_SHARES, _MIN_SCRIPT_SHARE = {"ja": 0.05, "uk": 0.03, "ur": 0.03, "fa": 0.02}, 0.3
"""Share of a text's letters that a script must exceed. A few kana distinguish Japanese from Chinese, a few letters
Ukrainian from Russian, and Urdu and Persian from Arabic; other scripts must be most of the text. Chosen by reading
texts; no measurement."""

DEFAULT, UNKNOWN = "en", "und"

# Languages that a text of one is easily taken for: a stated one of the same group is never doubted.
_RELATED = tuple(
    frozenset(group.split())
    for group in (
        *("no nb nn da sv", "hr sr bs sh sl", "cs sk", "id ms jv su", "pt gl es ca", "ru uk be bg mk sr kk ky mn"),
        *("hi mr ne sa", "ar fa ur ps ckb", "he yi", "zh yue wuu lzh", "nl af", "de lb gsw nds", "fr oc"),
    )
)


def detect_language(passages: Sequence[str]) -> str:
    """Return the tag of the language of most passages; English for a few words, else `UNKNOWN`."""
    sample = _choose_sample(passages)
    if tag := _detect_by_script(sample):
        return tag
    words = _count_words(sample)
    if tag := _detect_by_words(words):
        return tag
    if words.total() >= _MIN_MODEL_WORDS and (tag := _ask_model(sample, _MIN_PROBABILITY)):
        return tag
    return DEFAULT if words.total() < _MIN_WORDS_TO_DOUBT else UNKNOWN


def find_contradiction(stated: str, passages: Sequence[str]) -> str:
    """Return the tag of the language that passages are in if it is plainly not the stated one, else an empty string."""
    base = stated.lower().partition("-")[0]
    sample = _choose_sample(passages)
    words = _count_words(sample)
    if words.total() < _MIN_WORDS_TO_CONTRADICT or base in ("mul", UNKNOWN, "zxx"):
        return ""
    found = _detect_by_script(sample)
    if not found:
        stopwords = _stopwords().get(base, frozenset())
        if sum(words[word] for word in stopwords) > _MIN_STOPWORD_SHARE * words.total():
            return ""
        found = _detect_by_words(words)
        if stopwords:
            found = found or _ask_model(sample, _MIN_DOUBT_PROBABILITY)
        elif found and _ask_model(sample, _MIN_DOUBT_PROBABILITY) != found:
            found = ""  # Icelandic, whose stopwords are not listed, has many words of Danish
    if found in ("", base) or any(found in group and base in group for group in _RELATED):
        return ""
    return found


def vote_by_words(text: str) -> str:
    """Return the language of which a text has most stopwords, however few they are; empty if it has none."""
    words = _count_words(text)
    votes = {tag: sum(words[word] for word in stopwords) for tag, stopwords in _stopwords().items()}
    best = max(votes, key=lambda tag: (votes[tag], tag == DEFAULT))
    return best if votes[best] else ""


def _count_words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text.casefold()))


def _detect_by_words(words: Counter[str]) -> str:
    """Return the language with most stopwords; empty if they are too few to be sure."""
    votes, different = Counter[str](), Counter[str]()
    for word, count in words.items():
        for tag in _tags_by_stopword().get(word, ()):
            votes[tag] += count
            different[tag] += len(word) > 1
    sure = [tag for tag in _stopwords() if different[tag] >= _MIN_DIFFERENT_STOPWORDS]
    best = max(sure, key=lambda tag: (votes[tag], tag == DEFAULT), default="")
    if best and votes[best] > _MIN_STOPWORD_SHARE * words.total():
        return best
    is_obvious = different[DEFAULT] >= _MIN_OBVIOUS_WORDS and votes[DEFAULT] >= _MIN_OBVIOUS_SHARE * words.total()
    return DEFAULT if is_obvious and votes[DEFAULT] == max(votes.values()) else ""


def _ask_model(sample: str, min_probability: float) -> str:
    """Return the language of a text by the statistical model; empty if it is not sure."""
    tag, probability = _load_model().classify(sample[:_MODEL_SAMPLE_CHARS])
    return str(tag) if probability >= min_probability else ""


@cache
def _load_model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  500 ms, few texts need it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _stopwords() -> Mapping[str, frozenset[str]]:
    return {
        tag: frozenset(tables.get("language", {}).get("stopwords", "").split())
        for tag, tables in load_word_lists().items()
    }


@cache
def _tags_by_stopword() -> Mapping[str, tuple[str, ...]]:
    """Return the tags of the languages that each stopword is one of."""
    found: dict[str, tuple[str, ...]] = {}
    for tag, stopwords in _stopwords().items():
        found |= {word: (*found.get(word, ()), tag) for word in stopwords}
    return found


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
