"""Page furniture: lines that belong to the page and not to the article.

`kind` names the furniture a line is ("share", "player", "navigation", "related", "advertisement", "newsletter",
"consent", "promotion", "counter"), or is empty. It judges one line by its words alone, over all languages' lists; where
on the page a line stands, and whether that makes it suspicious, is for its caller to know. `DOUBTFUL` kinds are words that
a heading of the article may also be ("Resources", "Contents").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from exporter.readers.vocabulary import phrases, vocabulary

KINDS = ("share", "player", "advertisement", "newsletter", "consent", "related", "navigation")
DOUBTFUL = frozenset({"navigation", "related"})

LONGEST = 400
"""Characters of a promotional line; longer ones are paragraphs."""

_EDGES = " \t:.…|>»›→<«‹←+-–—•·*✕×▶►▸/\\,()[]"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*k?", re.IGNORECASE)


def kind(line: str) -> str:
    """Return the name of the furniture that a line is as a whole, or an empty string."""
    if len(line) > LONGEST:
        return ""
    plain = key(line)
    if not plain:
        return ""
    return (
        _lines().get(plain, "")
        or ("counter" if _NUMBER.sub("#", plain) in _templates() else "")
        or ("promotion" if plain.startswith(_starts()) else "")
        or ("share" if _is_row(plain) else "")
    )


def key(line: str) -> str:
    """Return the form of a line that the lists know: lower case, one kind of apostrophe, no marks at its edges."""
    folded = " ".join(line.casefold().replace("’", "'").replace("…", "...").split())
    return folded.strip(_EDGES) or folded


def row(words: str) -> int:
    """Return how many characters at the beginning of a text are a row of share words ("Facebook Twitter Email")."""
    end, position, length = 0, 0, len(words)
    while position < length:
        size = _share_word(words, position)
        if not size:
            break
        position = end = position + size
        while position < length and (words[position].isspace() or words[position] in "|·•,/"):
            position += 1
    return end


def _is_row(plain: str) -> bool:
    return len(plain) <= 120 and row(plain) == len(plain)


def _share_word(text: str, start: int) -> int:
    """Return the length of the longest share phrase at a place, or 0."""
    window = text[start : start + _longest_share()].casefold().replace("’", "'")
    end = len(window)
    known = _share_words()
    while end > 0:
        if window[:end] in known and (start + end == len(text) or not text[start + end].isalnum()):
            return end
        end = window.rfind(" ", 0, end) if " " in window[:end] else 0
    return 0


@cache
def _share_words() -> frozenset[str]:
    return vocabulary("furniture", "share")


@cache
def _longest_share() -> int:
    return max(map(len, _share_words())) + 1


@cache
def _lines() -> Mapping[str, str]:
    """Every whole line of furniture with its kind; the first kind in `KINDS` wins."""
    found: dict[str, str] = {}
    for name in KINDS:
        for phrase in phrases("furniture", name):
            found.setdefault(key(phrase), name)
    return found


@cache
def _templates() -> frozenset[str]:
    return frozenset(key(phrase) for phrase in phrases("furniture", "templates"))


@cache
def _starts() -> tuple[str, ...]:
    return phrases("furniture", "starts")
