"""The readers' word lists: one TOML file a language in `data/`, all of them in use at once.

A page is seldom in one language (English share buttons under German articles), so words are looked up in all languages
together. To add a language, add its file. A list is a multi-line literal string, one phrase a line: `tomllib` reads
that fifty times faster than an array.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from exporter.data_tables import read_table

_FOLDER = Path(__file__).parent / "data"

EVERY_LANGUAGE = "any"
"""The file of what is the same in every language: brands, agencies, time zones."""


@cache
def load_word_lists() -> Mapping[str, Mapping[str, Any]]:
    """Return each language's tables by its tag, in a fixed order."""
    files = sorted(_FOLDER.glob("*.toml"))
    return {file.stem: read_table(file) for file in files}


@cache
def get_phrases(table: str, key: str) -> tuple[str, ...]:
    """Return the phrases of one list (`[table]`, `key`) in all languages, in lower case, each once."""
    found: dict[str, None] = {}
    for words in load_word_lists().values():
        for line in words.get(table, {}).get(key, "").splitlines():
            if phrase := line.strip().casefold():
                found[phrase] = None
    return tuple(found)


@cache
def get_phrase_set(table: str, key: str) -> frozenset[str]:
    """Return the same phrases as a set."""
    return frozenset(get_phrases(table, key))


@cache
def index_phrases(table: str, key: str, place: Literal[0, -1]) -> Mapping[str, tuple[str, ...]]:
    """Return the same phrases by the first word of each (place 0) or the last (-1), the longest first."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(get_phrases(table, key), key=len, reverse=True):
        found.setdefault(phrase.split()[place], []).append(phrase)
    return {word: tuple(longest_first) for word, longest_first in found.items()}


@cache
def get_numbered_words(table: str, key: str) -> Mapping[str, int]:
    """Map each word of a list to the number of its line, from 1: the names of a month share a line."""
    return {
        name: number
        for words in load_word_lists().values()
        for number, line in enumerate(words.get(table, {}).get(key, "").split("\n"), 1)
        for name in line.casefold().split()
    }
