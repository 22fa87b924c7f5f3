"""Boilerplate lines: lines that belong to the page and not to the article.

`classify` returns the kind of such a line ("share", "player", "navigation", "related", "advertisement", "newsletter",
"consent", "promotion", "counter", "embed"), or an empty string. It judges one line by its words alone, by the word
lists of all languages and by `calls_to_action`. Where the line stands on the page is for the caller to judge.
`is_doubtful` says whether a line may also be a heading of the article ("Resources", "Contents").
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
"""Kinds whose lines may be headings of the article; in plain text `is_doubtful` says which lines."""

MAX_PROMOTION_CHARS = 400
"""Characters of a promotional line; longer ones are paragraphs. Chosen by reading pages; no measurement."""

_MAX_PHRASE_CHARS = 60
"""Characters of a phrase in the word lists that is looked for within a line; the longest has fewer."""

_CAPITAL = re.compile(r"(?<![^\W_])[A-ZÀ-Þ]")

_MAX_SHORT_PROMOTION_CHARS = 72
"""Up to so many characters two words are enough for a promotion; a longer line needs three. Chosen by reading pages."""

_MIN_START_CHARS = 4
"""Characters of the shortest beginning of a promotional line."""

_MIN_BRAND_LETTERS = 6
"""Letters of a brand's name that counts anywhere in a text: shorter ones are ordinary words, too."""

_MAX_ROW_CHARS = 160
"""Characters of a line that consists of several phrases. Chosen by reading pages; no measurement."""

_MAX_COUNTER_CHARS = 24
"""Characters of a counter; the longest in the word lists has fewer."""

_GLUED_CAPITAL = re.compile(r"[A-ZÀ-Þ](?<=[a-zà-ÿ?!)].)")
_EDGE_MARKS = " \t:.…|>»›→<«‹←+-–—•·*✕×▶►▸/\\,()[]"
_POST_SIGNATURE = re.compile(r"[-–—] ?.{1,80}\(@\w+\)")
"""How the words of an embedded post are signed: "— Ann Lee (@annlee) May 3, 2024"."""

_COUNT = re.compile(r"\d+(?:[.,]\d+)*k?", re.IGNORECASE)


@lru_cache(maxsize=8192)  # every step asks of the same lines
def classify(line: str) -> str:
    """Return the kind of boilerplate that a line is as a whole, or an empty string."""
    if len(line) > MAX_PROMOTION_CHARS:
        return ""
    plain = normalize_line(line)
    if not plain:
        return ""
    return (
        _kinds_by_line().get(plain, "")
        or ("counter" if len(plain) <= _MAX_ROW_CHARS and _COUNT.sub("#", plain) in _counter_templates() else "")
        or ("embed" if _POST_SIGNATURE.match(line) else "")
        or calls_to_action.classify_request(plain)
        or (
            "promotion"
            if _is_promotion(plain) or any(phrase in plain for phrase in get_phrases("furniture", "within"))
            else ""
        )
        or (_classify_row(line) if len(line) <= _MAX_ROW_CHARS else "")
    )


def is_count(line: str) -> bool:
    """Whether a line is a number as counters show it: "540", "1.6k"."""
    return _COUNT.fullmatch(line) is not None


def is_doubtful(line: str) -> bool:
    """Whether a line of boilerplate may as well be a heading of the article."""
    return normalize_line(line) in _doubtful_lines()


def normalize_line(line: str) -> str:
    """Return the form in which the word lists hold a line: lower case, straight apostrophes, no marks at its edges."""
    folded = " ".join(line.casefold().replace("’", "'").replace("…", "...").replace("i\u0307", "i").split())
    return folded.strip(_EDGE_MARKS) or folded


def _is_promotion(plain: str) -> bool:
    """Whether a line begins with the words of a promotion; a long line needs three of them."""
    starts = _promotion_starts().get(plain[:_MIN_START_CHARS], ())
    start = next((start for start in starts if plain.startswith(start)), "")
    whole = not start[-1:].isalnum() or not plain[len(start) :][:1].isalnum()
    return start != "" and whole and (len(plain) <= _MAX_SHORT_PROMOTION_CHARS or start.count(" ") >= 2)


def measure_share_row(words: str) -> int:
    """Return the length in characters of the row of share words that begins a text ("Facebook Twitter Email"), or 0."""
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
    """Return the length of the rest of a row of share words that the text before has begun, or 0.

    A few words are weaker evidence than a whole row: the first must be a service's name, and a capital must follow the
    last.
    """
    size = measure_share_row(text)
    first = _measure_phrase_in(text, 0, _service_names()) if size else 0
    return size if first and text[size:].lstrip()[:1].isupper() else 0


def measure_phrase(text: str, start: int) -> int:
    """Return the length of the longest phrase of boilerplate (of a certain kind, or a counter) at a place, or 0."""
    return _measure_phrase_in(text, start, _certain_phrases()) or _measure_counter(text, start)


def count_phrases(text: str) -> int:
    """Count the phrases of boilerplate in a text that begin with a capital and are several words or a brand."""
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
    """Return the kind of a line that consists of boilerplate phrases only ("Menu Search Log in", "LoginSubscribe")."""
    parted = _GLUED_CAPITAL.sub(r" \g<0>", line)
    return _classify_phrases(line.strip(_EDGE_MARKS)) or (
        _classify_phrases(parted.strip(_EDGE_MARKS + "?!")) if parted != line else ""
    )


def _classify_phrases(text: str) -> str:
    """Return the kind of the first phrase of a text that consists of phrases only, or an empty string."""
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
    """Return the length of the longest phrase of an index at a place in a text, or 0."""
    window = text[start : start + _MAX_PHRASE_CHARS].casefold().replace("’", "'")
    end = len(window) if window.partition(" ")[0] in phrases.firsts else 0
    while end > 0:
        whole = start + end >= len(text) or not text[start + end].isalnum()
        if window[:end] in phrases.whole and whole and not _begins_sentence(text, start, start + end):
            return end
        end = window.rfind(" ", 0, end) if " " in window[:end] else 0
    return 0


def _begins_sentence(text: str, start: int, end: int) -> bool:
    """Whether the last word of a phrase begins a sentence instead: "Print" and "This picture", not "Print This"."""
    last = text.rfind(" ", start, end) + 1
    return last > start and text[last].isupper() and text[end + 1 : end + 2].islower()


def _measure_counter(text: str, start: int) -> int:
    """Return the length of a counter ("12 comments", "Reading time: 7 minutes") at a place in a text, or 0."""
    words = text[start : start + _MAX_COUNTER_CHARS].split(" ")
    if not text[start].isdigit() and words[0].casefold().strip(_EDGE_MARKS) not in _counter_starts():
        return 0
    for count in range(min(len(words), 4), 0, -1):
        phrase = " ".join(words[:count])
        if _COUNT.sub("#", phrase.casefold().strip(_EDGE_MARKS)) in _counter_templates():
            return len(phrase)
    return 0


class _PhraseIndex(msgspec.Struct, frozen=True):
    """Phrases, and their first words."""

    whole: frozenset[str]
    firsts: frozenset[str]


def _index_phrases(whole: frozenset[str]) -> _PhraseIndex:
    return _PhraseIndex(whole, frozenset(phrase.partition(" ")[0] for phrase in whole))


@cache
def _all_phrases() -> _PhraseIndex:
    return _index_phrases(frozenset().union(*(get_phrase_set("furniture", name) for name in KINDS)))


@cache
def _service_names() -> _PhraseIndex:
    words: str = load_word_lists()[EVERY_LANGUAGE]["furniture"]["share"]
    return _index_phrases(frozenset(words.split("\n")))


@cache
def _brand_names() -> frozenset[str]:
    """Names of services that are not ordinary words."""
    return frozenset(word for word in _service_names().whole if len(word) >= _MIN_BRAND_LETTERS)


@cache
def _share_phrases() -> _PhraseIndex:
    return _index_phrases(get_phrase_set("furniture", "share"))


@cache
def _certain_phrases() -> _PhraseIndex:
    """Phrases of a page header that may stand among others on one line."""
    certain = frozenset().union(
        *(get_phrase_set("furniture", name) for name in ("share", "player", "related", "newsletter"))
    )
    return _index_phrases(certain | {phrase for phrase in get_phrase_set("furniture", "navigation") if " " in phrase})


@cache
def _kinds_by_line() -> Mapping[str, str]:
    """Map every whole line of boilerplate to its kind; the first kind in `KINDS` wins."""
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
def _counter_starts() -> frozenset[str]:
    """Return the first words of counters that do not begin with their number."""
    return frozenset(template.partition(" ")[0].strip(_EDGE_MARKS) for template in _counter_templates()) - {"#"}


@cache
def _promotion_starts() -> Mapping[str, tuple[str, ...]]:
    """Return the beginnings of promotional lines by their first characters, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for start in sorted(get_phrases("furniture", "starts"), key=len, reverse=True):
        key = start[:_MIN_START_CHARS]
        found[key] = (*found.get(key, ()), start)
    return found
