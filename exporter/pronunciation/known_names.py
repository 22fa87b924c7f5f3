"""Names and words of the news: looked up word by word, the longest first, without diacritics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from exporter.data_tables import read_table
from exporter.engines import PhonemeSpan
from exporter.engines.alphabets import add_ending_s

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MAX_NAME_WORDS = 5
_SEPARATORS = frozenset((" ", "-", "‑", ", ", ". "))
"""What may stand between the words of one name."""
_POSSESSIVE = re.compile(r"['’]s\Z")
_PLAIN_LETTERS = str.maketrans(
    {"đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "’": "'", "ß": "ss"}
)


def find_names(text: str) -> Iterator[PhonemeSpan]:
    """Yield the names in a text with their phonemes, the possessive's ending included."""
    table = _load_names()
    words = [(found.start(), found.end(), fold_word(found.group())) for found in _WORD.finditer(text)]
    place = 0
    while place < len(words):
        span, count = _match_name(text, words, place, table)
        if span:
            yield span
        place += count


def _match_name(
    text: str, words: list[tuple[int, int, str]], place: int, table: dict[str, str]
) -> tuple[PhonemeSpan | None, int]:
    """Return the longest name that begins at a word, and how many words it has; None and 1 if none does."""
    start = words[place][0]
    for count in range(min(_MAX_NAME_WORDS, len(words) - place), 0, -1):
        end = words[place + count - 1][1]
        if count > 1 and not all(
            text[before[1] : after[0]] in _SEPARATORS
            for before, after in zip(words[place : place + count - 1], words[place + 1 : place + count], strict=True)
        ):
            continue
        name = " ".join(word for _, _, word in words[place : place + count])
        ipa = table.get(name)
        if ipa:
            return PhonemeSpan(start, end, ipa), count
        if _POSSESSIVE.search(name) and (ipa := table.get(_POSSESSIVE.sub("", name))):
            return PhonemeSpan(start, end, add_ending_s(ipa)), count
    return None, 1


def fold_word(word: str) -> str:
    """Return a word without diacritics, with straight apostrophes."""
    plain = unicodedata.normalize("NFD", word)
    return "".join(one for one in plain if not unicodedata.combining(one)).translate(_PLAIN_LETTERS)


@cache
def _load_names() -> dict[str, str]:
    """Return IPA by name: hyphens are spaces, and a name in lower case has its capitalised form too."""
    path = Path(__file__).parent / "data" / "names.toml"
    names: dict[str, str] = {}
    for rows in read_table(path).values():
        for name, ipa in rows.items():
            key = " ".join(_WORD.findall(name))
            names[key] = ipa
            if key.islower():
                names.setdefault(key[0].upper() + key[1:], ipa)
    return names
