"""Page furniture: lines that belong to the page and not to the article.

`kind` names the furniture a line is ("share", "player", "navigation", "related", "advertisement", "newsletter",
"consent", "promotion", "counter"), or is empty. It judges one line by its words alone, over all languages' lists, and
`asking` judges what no list can hold; where on the page a line stands, and whether that makes it suspicious, is for its
caller to know. `is_doubtful` tells words that a heading of the article may also be ("Resources", "Contents").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

import msgspec

from exporter.readers import calls_to_action
from exporter.readers.wordlists import EVERY_LANGUAGE, languages, phrases, vocabulary

KINDS = ("share", "player", "advertisement", "newsletter", "consent", "related", "navigation")

DOUBTFUL = frozenset({"navigation", "related"})
"""Kinds whose lines may be headings of the article; in plain text `is_doubtful` tells which lines."""

LONGEST = 400
"""Characters of a promotional line; longer ones are paragraphs."""

_LONGEST_PHRASE = 60  # characters
_CAPITAL = re.compile(r"(?<![^\W_])[A-ZÀ-Þ]")
_SHORT = 72  # characters up to which two words tell a promotion
_BRAND = 6  # letters: shorter brands are ordinary words too
_LONGEST_ROW = 160
_GLUE = re.compile(r"(?<=[a-zà-ÿ?!)])(?=[A-ZÀ-Þ])")
_EDGES = " \t:.…|>»›→<«‹←+-–—•·*✕×▶►▸/\\,()[]"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*k?", re.IGNORECASE)


@lru_cache(maxsize=8192)  # every step asks of the same lines
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
        or calls_to_action.kind(plain)
        or (
            "promotion" if _promotes(plain) or any(phrase in plain for phrase in phrases("furniture", "within")) else ""
        )
        or (_row_kind(line) if len(line) <= _LONGEST_ROW else "")
    )


def is_doubtful(line: str) -> bool:
    """Whether a line of furniture could as well be a heading of the article."""
    return key(line) in _doubtful()


def key(line: str) -> str:
    """Return the form of a line that the lists know: lower case, one kind of apostrophe, no marks at its edges."""
    folded = " ".join(line.casefold().replace("’", "'").replace("…", "...").replace("i\u0307", "i").split())
    return folded.strip(_EDGES) or folded


def _promotes(plain: str) -> bool:
    """Whether a line begins with a promotion's words; a long one needs three of them."""
    if not plain.startswith(_starts()):
        return False
    start = max((start for start in _starts() if plain.startswith(start)), key=len)
    whole = not start[-1].isalnum() or not plain[len(start) :][:1].isalnum()
    return whole and (len(plain) <= _SHORT or start.count(" ") >= 2)


def row(words: str) -> int:
    """Return how many characters at the beginning of a text are a row of share words ("Facebook Twitter Email")."""
    end, position, length = 0, 0, len(words)
    while position < length:
        size = _phrase(words, position, _share_words())
        if not size:
            break
        position = end = position + size
        while position < length and (words[position].isspace() or words[position] in "|·•,/"):
            position += 1
    return end


def rest_of_row(text: str) -> int:
    """Return how many characters at the beginning of a text are the rest of a row of share words begun before it.

    Of words alone, so few tell less than a row: the first must be a service's name, and a capital follow the last.
    """
    size = row(text)
    first = _phrase(text, 0, _services()) if size else 0
    return size if first and text[size:].lstrip()[:1].isupper() else 0


def phrase(text: str, start: int) -> int:
    """Return the length of the longest phrase of furniture (of any sure kind, or a counter) at a place, or 0."""
    return _phrase(text, start, _sure_words()) or _counter(text, start)


def phrases_in(text: str) -> int:
    """Count the phrases in a text that are no ordinary words: of several words, or brands, with a capital letter."""
    count = end = 0
    for match in _CAPITAL.finditer(text):
        if match.start() < end:
            continue
        size = _phrase(text, match.start(), _every_phrase())
        found = key(text[match.start() : match.start() + size])
        if size and (" " in found or found in _brands() or _lines().get(found) == "related"):
            count += 1
            end = match.start() + size
    return count


def _row_kind(line: str) -> str:
    """Name the kind of a line of known phrases and nothing else: "Menu Search Log in", "LoginSubscribe"."""
    parted = _GLUE.sub(" ", line)
    return _row(line.strip(_EDGES)) or (_row(parted.strip(_EDGES + "?!")) if parted != line else "")


def _row(text: str) -> str:
    position, name = 0, ""
    while position < len(text):
        size = _phrase(text, position, _every_phrase()) or _counter(text, position)
        if not size:
            return ""
        name = name or _lines().get(key(text[position : position + size]), "counter")
        position += size
        while position < len(text) and (text[position].isspace() or text[position] in _EDGES or text[position] in "?!"):
            position += 1
    return name


def _phrase(text: str, start: int, phrases: _Phrases) -> int:
    window = text[start : start + _LONGEST_PHRASE].casefold().replace("’", "'")
    known, end = phrases.known, len(window) if window.partition(" ")[0] in phrases.firsts else 0
    while end > 0:
        whole = start + end >= len(text) or not text[start + end].isalnum()
        if window[:end] in known and whole and not _runs_on(text, start, start + end):
            return end
        end = window.rfind(" ", 0, end) if " " in window[:end] else 0
    return 0


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether the last word of a phrase begins a sentence instead: "Print" and "This picture", not "Print This"."""
    last = text.rfind(" ", start, end) + 1
    return last > start and text[last].isupper() and text[end + 1 : end + 2].islower()


def _counter(text: str, start: int) -> int:
    if not text[start].isdigit():
        return 0
    words = text[start : start + 24].split(" ")
    for count in range(min(len(words), 4), 0, -1):
        said = " ".join(words[:count])
        if _NUMBER.sub("#", said.casefold().strip(_EDGES)) in _templates():
            return len(said)
    return 0


class _Phrases(msgspec.Struct, frozen=True):
    """Phrases, and the words that begin them."""

    known: frozenset[str]
    firsts: frozenset[str]


def _indexed(known: frozenset[str]) -> _Phrases:
    return _Phrases(known, frozenset(phrase.partition(" ")[0] for phrase in known))


@cache
def _every_phrase() -> _Phrases:
    return _indexed(frozenset().union(*(vocabulary("furniture", name) for name in KINDS)))


@cache
def _services() -> _Phrases:
    words: str = languages()[EVERY_LANGUAGE]["furniture"]["share"]
    return _indexed(frozenset(words.split("\n")))


@cache
def _brands() -> frozenset[str]:
    return frozenset(word for word in _services().known if len(word) >= _BRAND)


@cache
def _share_words() -> _Phrases:
    return _indexed(vocabulary("furniture", "share"))


@cache
def _sure_words() -> _Phrases:
    """Phrases of a page's head that may stand among others on one line."""
    sure = frozenset().union(*(vocabulary("furniture", name) for name in ("share", "player", "related", "newsletter")))
    return _indexed(sure | {phrase for phrase in vocabulary("furniture", "navigation") if " " in phrase})


@cache
def _lines() -> Mapping[str, str]:
    """Every whole line of furniture with its kind; the first kind in `KINDS` wins."""
    found: dict[str, str] = {}
    for name in KINDS:
        for phrase in phrases("furniture", name):
            found.setdefault(key(phrase), name)
    return found


@cache
def _doubtful() -> frozenset[str]:
    return frozenset(map(key, phrases("furniture", "doubtful")))


@cache
def _templates() -> frozenset[str]:
    return frozenset(key(phrase) for phrase in phrases("furniture", "templates"))


@cache
def _starts() -> tuple[str, ...]:
    return phrases("furniture", "starts")
