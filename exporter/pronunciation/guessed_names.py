"""Names whose reading a voice guesses from their letters: neither in the tables here nor in a dictionary of English."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache

from exporter.engines.natural_voices import find_dictionaries
from exporter.engines.unknown_names import find_in_cmudict
from exporter.lexicon import Lexicon
from exporter.pronunciation import find_pronunciations
from exporter.pronunciation.known_names import fold_word

_NAME = re.compile(r"(?<=[\w,;:’'“(] )[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*[a-zß-öø-ÿā-ž]\b|\b[A-Z]\w*[À-ÖØ-öø-ÿĀ-žḀ-ỿ]\w*")
_ENDING = re.compile(r"(?:['’]s|s['’]?|es)\Z")


def find_guessed_names(text: str, language: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the spans of names in an English text whose reading is a guess; none without the natural voice's words."""
    words = _load_dictionary()
    if not words or language.partition("-")[0].lower() != "en":
        return
    terms = {entry.term for entry in lexicon.entries}
    known = find_pronunciations(text, language, lexicon)
    for found in _NAME.finditer(text):
        name = found.group()
        parts = [part for part in re.split("-", fold_word(name)) if part]
        if name in terms or any(one.start < found.end() and found.start() < one.end for one in known):
            continue
        if not all(_is_in_dictionary(part, words) for part in parts):
            yield found.span()


def _is_in_dictionary(word: str, words: frozenset[str]) -> bool:
    return any(form in words or find_in_cmudict(form) for form in (word.lower(), _ENDING.sub("", word).lower()))


@cache
def _load_dictionary() -> frozenset[str]:
    """Return the words of the natural voice's dictionaries, in lower case; empty if it is not installed."""
    words: set[str] = set()
    for path in find_dictionaries():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            words.update(word.lower() for word in json.load(file))
    return frozenset(words)
