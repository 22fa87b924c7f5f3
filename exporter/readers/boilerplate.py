"""Page furniture: lines that belong to the page and not to the article.

`classify` names the furniture a line is ("share", "player", "navigation", "related", "advertisement", "newsletter",
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
from exporter.readers.wordlists import EVERY_LANGUAGE, get_phrase_set, get_phrases, load_word_lists

KINDS = ("share", "player", "advertisement", "newsletter", "consent", "related", "navigation")

DOUBTFUL = frozenset({"navigation", "related"})
"""Kinds whose lines may be headings of the article; in plain text `is_doubtful` tells which lines."""

MAX_PROMOTION_CHARS = 400
"""Characters of a promotional line; longer ones are paragraphs."""

_MAX_PHRASE_CHARS = 60  # characters
_CAPITAL = re.compile(r"(?<![^\W_])[A-ZÀ-Þ]")
_MAX_SHORT_PROMOTION_CHARS = 72  # characters up to which two words tell a promotion
_MIN_BRAND_LETTERS = 6  # letters: shorter brands are ordinary words too
_MAX_ROW_CHARS = 160
_GLUED_CAPITAL = re.compile(r"(?<=[a-zà-ÿ?!)])(?=[A-ZÀ-Þ])")
_EDGE_MARKS = " \t:.…|>»›→<«‹←+-–—•·*✕×▶►▸/\\,()[]"
_COUNT = re.compile(r"\d+(?:[.,]\d+)*k?", re.IGNORECASE)


@lru_cache(maxsize=8192)  # every step asks of the same lines
def classify(line: str) -> str:
    """Return the name of the furniture that a line is as a whole, or an empty string."""
    if len(line) > MAX_PROMOTION_CHARS:
        return ""
    plain = normalize_line(line)
    if not plain:
        return ""
    return (
        _kinds_by_line().get(plain, "")
        or ("counter" if _COUNT.sub("#", plain) in _counter_templates() else "")
        or calls_to_action.classify_request(plain)
        or (
            "promotion"
            if _is_promotion(plain) or any(phrase in plain for phrase in get_phrases("furniture", "within"))
            else ""
        )
        or (_classify_row(line) if len(line) <= _MAX_ROW_CHARS else "")
    )


def is_doubtful(line: str) -> bool:
    """Whether a line of furniture could as well be a heading of the article."""
    return normalize_line(line) in _doubtful_lines()


def normalize_line(line: str) -> str:
    """Return the form of a line that the lists know: lower case, one kind of apostrophe, no marks at its edges."""
    folded = " ".join(line.casefold().replace("’", "'").replace("…", "...").replace("i\u0307", "i").split())
    return folded.strip(_EDGE_MARKS) or folded


def _is_promotion(plain: str) -> bool:
    """Whether a line begins with a promotion's words; a long one needs three of them."""
    if not plain.startswith(_promotion_starts()):
        return False
    start = max((start for start in _promotion_starts() if plain.startswith(start)), key=len)
    whole = not start[-1].isalnum() or not plain[len(start) :][:1].isalnum()
    return whole and (len(plain) <= _MAX_SHORT_PROMOTION_CHARS or start.count(" ") >= 2)


def measure_share_row(words: str) -> int:
    """Return how many characters at the beginning of a text are a row of share words ("Facebook Twitter Email")."""
    end, position, length = 0, 0, len(words)
    while position < length:
        size = _measure_phrase_in(words, position, _share_phrases())
        if not size:
            break
        position = end = position + size
        while position < length and (words[position].isspace() or words[position] in "|·•,/"):
            position += 1
    return end


def measure_rest_of_share_row(text: str) -> int:
    """Return how many characters at the beginning of a text are the rest of a row of share words begun before it.

    Of words alone, so few tell less than a row: the first must be a service's name, and a capital follow the last.
    """
    size = measure_share_row(text)
    first = _measure_phrase_in(text, 0, _service_names()) if size else 0
    return size if first and text[size:].lstrip()[:1].isupper() else 0


def measure_phrase(text: str, start: int) -> int:
    """Return the length of the longest phrase of furniture (of any sure kind, or a counter) at a place, or 0."""
    return _measure_phrase_in(text, start, _certain_phrases()) or _measure_counter(text, start)


def count_phrases(text: str) -> int:
    """Count the phrases in a text that are no ordinary words: of several words, or brands, with a capital letter."""
    count = end = 0
    for match in _CAPITAL.finditer(text):
        if match.start() < end:
            continue
        size = _measure_phrase_in(text, match.start(), _all_phrases())
        found = normalize_line(text[match.start() : match.start() + size])
        if size and (" " in found or found in _brand_names() or _kinds_by_line().get(found) == "related"):
            count += 1
            end = match.start() + size
    return count


def _classify_row(line: str) -> str:
    """Name the kind of a line of known phrases and nothing else: "Menu Search Log in", "LoginSubscribe"."""
    parted = _GLUED_CAPITAL.sub(" ", line)
    return _classify_phrases(line.strip(_EDGE_MARKS)) or (
        _classify_phrases(parted.strip(_EDGE_MARKS + "?!")) if parted != line else ""
    )


def _classify_phrases(text: str) -> str:
    position, name = 0, ""
    while position < len(text):
        size = _measure_phrase_in(text, position, _all_phrases()) or _measure_counter(text, position)
        if not size:
            return ""
        name = name or _kinds_by_line().get(normalize_line(text[position : position + size]), "counter")
        position += size
        while position < len(text) and (
            text[position].isspace() or text[position] in _EDGE_MARKS or text[position] in "?!"
        ):
            position += 1
    return name


def _measure_phrase_in(text: str, start: int, phrases: _PhraseIndex) -> int:
    window = text[start : start + _MAX_PHRASE_CHARS].casefold().replace("’", "'")
    known, end = phrases.known, len(window) if window.partition(" ")[0] in phrases.firsts else 0
    while end > 0:
        whole = start + end >= len(text) or not text[start + end].isalnum()
        if window[:end] in known and whole and not _begins_sentence(text, start, start + end):
            return end
        end = window.rfind(" ", 0, end) if " " in window[:end] else 0
    return 0


def _begins_sentence(text: str, start: int, end: int) -> bool:
    """Whether the last word of a phrase begins a sentence instead: "Print" and "This picture", not "Print This"."""
    last = text.rfind(" ", start, end) + 1
    return last > start and text[last].isupper() and text[end + 1 : end + 2].islower()


def _measure_counter(text: str, start: int) -> int:
    if not text[start].isdigit():
        return 0
    words = text[start : start + 24].split(" ")
    for count in range(min(len(words), 4), 0, -1):
        said = " ".join(words[:count])
        if _COUNT.sub("#", said.casefold().strip(_EDGE_MARKS)) in _counter_templates():
            return len(said)
    return 0


class _PhraseIndex(msgspec.Struct, frozen=True):
    """Phrases, and the words that begin them."""

    known: frozenset[str]
    firsts: frozenset[str]


def _index_phrases(known: frozenset[str]) -> _PhraseIndex:
    return _PhraseIndex(known, frozenset(phrase.partition(" ")[0] for phrase in known))


@cache
def _all_phrases() -> _PhraseIndex:
    return _index_phrases(frozenset().union(*(get_phrase_set("furniture", name) for name in KINDS)))


@cache
def _service_names() -> _PhraseIndex:
    words: str = load_word_lists()[EVERY_LANGUAGE]["furniture"]["share"]
    return _index_phrases(frozenset(words.split("\n")))


@cache
def _brand_names() -> frozenset[str]:
    return frozenset(word for word in _service_names().known if len(word) >= _MIN_BRAND_LETTERS)


@cache
def _share_phrases() -> _PhraseIndex:
    return _index_phrases(get_phrase_set("furniture", "share"))


@cache
def _certain_phrases() -> _PhraseIndex:
    """Phrases of a page's head that may stand among others on one line."""
    sure = frozenset().union(
        *(get_phrase_set("furniture", name) for name in ("share", "player", "related", "newsletter"))
    )
    return _index_phrases(sure | {phrase for phrase in get_phrase_set("furniture", "navigation") if " " in phrase})


@cache
def _kinds_by_line() -> Mapping[str, str]:
    """Every whole line of furniture with its kind; the first kind in `KINDS` wins."""
    found: dict[str, str] = {}
    for name in KINDS:
        for phrase in get_phrases("furniture", name):
            found.setdefault(normalize_line(phrase), name)
    return found


@cache
def _doubtful_lines() -> frozenset[str]:
    return frozenset(map(normalize_line, get_phrases("furniture", "doubtful")))


@cache
def _counter_templates() -> frozenset[str]:
    return frozenset(normalize_line(phrase) for phrase in get_phrases("furniture", "templates"))


@cache
def _promotion_starts() -> tuple[str, ...]:
    return get_phrases("furniture", "starts")
