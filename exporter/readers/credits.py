"""Credits of pictures: told from their captions, wherever a page has glued them on.

`split` takes a caption apart: "Words. (Photo: Ann Lee)", "Words.Ann Lee / AFP", "Ann Lee/AFPWords", "Image source,
AFPImage caption, Words". `is_credit` tells whether a line is a credit as a whole. The words come from the word lists.

A credit is sure when a word introduces it ("Photo:"), or when it names a house that sells pictures (an agency). Names
with a slash between them are likely; a name alone is a credit only where the caption is glued to it.
"""

from __future__ import annotations

import re
from functools import cache

from exporter.readers import bylines
from exporter.readers.vocabulary import phrases, vocabulary

LONGEST = 120
"""Characters of a credit."""

_WORDS = 16

_LABELLED = re.compile(
    r"^(?:Image source,\s*(?P<credit>.{2,100}?))?\s*Image caption,\s*(?P<caption>.+)$", re.DOTALL | re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*[(\[](?P<credit>[^()\[\]]{2,110})[)\]]\.?$")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_SMALL = r"[a-zà-öø-ÿ]"
_GLUE = re.compile(rf"(?<=[^\W\d_])(?=[\"“„‘'«]?{_CAPITAL}(?:{_SMALL}|\s))|(?<=\))(?=[^\s.,;:)])")
_ENDS = re.compile(rf"[.!?…\"”’»)](?=[{_CAPITAL[1:-1]}©(])|[.!?…\"”’»)]\s+|(?<={_SMALL})(?={_CAPITAL})")
_WORD = re.compile(r"[^\W_][\w.'’&-]*|&")
_PARTS = re.compile(r"\s*[/|]\s*|\s+via\s+|\s+for\s+|\s*,\s*|\s*\(|\)|\.\s+(?=Courtesy)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LINKING = frozenset("the to by from with told via for of and or in at on that said says a an an".split())
_SPLIT_NAMES = frozenset("mc mac de di la le o van fitz du i e my".split())


def split(text: str) -> tuple[str, str]:
    """Return a caption without its credit, and the credit, which is empty where none is found."""
    text = text.strip()
    if match := _LABELLED.match(text):
        return match["caption"].strip(), (match["credit"] or "").strip()
    if (match := _BRACKETS.search(text)) and match.start() and _is_sure(match["credit"]):
        caption = text[: match.start()].strip()
        inner, doubled = _leading(caption)
        return (inner, doubled) if doubled else (caption, bare(match["credit"]))
    for cut in (_trailing, _leading):
        caption, credit = cut(text)
        if credit:
            return caption, credit
    return text, ""


def is_credit(line: str) -> bool:
    """Whether a line is a credit as a whole: "(AP Photo/Ann Lee)", "Photo: Ann Lee", "Ann Lee / AFP", "Getty"."""
    text = line.strip()
    inner = text[1:-1] if text[:1] in "([" and text[-1:] in ")]" else text
    return _is_sure(inner.strip())


def bare(credit: str) -> str:
    """Return a credit without the word that introduces it, and without the brackets around it."""
    text = credit.strip()
    if text[:1] in "([" and text[-1:] in ")]":
        text = text[1:-1].strip()
    if size := _introduced(text):
        text = text[size:]
    return text.removeprefix("©").strip(" :")


def _is_sure(text: str) -> bool:
    """Whether words are a credit: introduced by a word, or names, one of them a house or two with a slash."""
    if not text or len(text) > LONGEST or len(text.split()) > _WORDS:
        return False
    size = _introduced(text)
    value = text[size:].strip(" :") if size else text
    if text.startswith("©"):
        size, value = 1, text[1:].strip()
        if _YEAR.match(value) or value.casefold().startswith("all rights"):
            return False
    if not value or "://" in value or value.startswith("www."):
        return False
    if size:
        return len(value.split()) <= 12 and not value[0].islower()
    return _names_house(value)


def _names_house(value: str) -> bool:
    parts = [part.strip(" .") for part in _PARTS.split(value) if part.strip(" .")]
    if not parts or any(not _is_proper(part) for part in parts):
        return False
    if any(part.casefold() in _houses() or part.casefold().endswith(_house_ends()) for part in parts):
        return len(parts) > 1 or value.casefold().strip(" .") in _houses() or len(value.split()) <= 5
    return ("/" in value or "|" in value) and bylines.is_name(parts[0]) and len(parts) <= 3 and "." not in parts[-1]


def _is_proper(part: str) -> bool:
    """Whether a part is written like a name: no small word begins it, no sentence stands in it."""
    words = part.split()
    small = sum(word[0].islower() for word in words)
    known = part.casefold() in _houses()
    return (
        (known or small <= len(words) // 2)
        and (known or not words[0][0].islower())
        and all(map(_WORD.match, words))
        and len(words) <= 7
    )


def _introduced(text: str) -> int:
    """Return how long the word is that introduces a credit, with what follows it; 0 where none does."""
    folded = text[:40].casefold()
    for mark in _marks():
        if folded.startswith(mark):
            rest = text[len(mark) :]
            if match := re.match(r"\s?[:|]\s*", rest):
                return len(mark) + match.end()
            if mark.endswith((" by", " of", " von", " de")) and rest[:1] == " ":
                return len(mark) + 1
    return 0


@cache
def _marks() -> tuple[str, ...]:
    return tuple(sorted(phrases("credits", "marks"), key=len, reverse=True))


@cache
def _houses() -> frozenset[str]:
    return vocabulary("bylines", "agencies") | vocabulary("credits", "houses")


@cache
def _house_ends() -> tuple[str, ...]:
    return tuple(f" {house}" for house in _houses() if len(house) > 3)


@cache
def _mark_pattern() -> re.Pattern[str]:
    marks = "|".join(re.escape(mark) for mark in _marks())
    return re.compile(
        rf"[\s|–-]*(?P<all>(?<![^\W\d_]\s)(?<!\s)(?:{marks})\s?:\s*[^:]{{2,100}}|\s(?:{marks})\s?:\s*[^:]{{2,100}}|©\s*\D[^:]{{2,100}})$",
        re.IGNORECASE,
    )


def _trailing(text: str) -> tuple[str, str]:
    """Cut a credit off a caption's end."""
    start = max(0, len(text) - LONGEST - 20)
    if (match := _mark_pattern().search(text, start)) and match.start() and _is_sure(credit := match["all"].strip()):
        return text[: match.start()].rstrip(" |–-"), bare(credit)
    for match in _ENDS.finditer(text, start):
        tail = text[match.end() :].strip()
        if tail and _is_sure(tail) and match.end() > 12:
            return text[: match.end()].rstrip(), bare(tail)
    for count in (4, 3, 2, 1):
        words = text.rsplit(" ", count)
        if len(words) == count + 1 and len(text.split()) >= count + 6 and " ".join(words[1:]).casefold() in _houses():
            last = words[0].rsplit(" ", 1)[-1].casefold()
            if last not in _LINKING and not words[0].endswith(("’s", "'s", ",")):
                return words[0], " ".join(words[1:])
    return text, ""


def _leading(text: str) -> tuple[str, str]:
    """Cut a credit off a caption's front, where the two are glued together."""
    for match in _GLUE.finditer(text, 2, LONGEST):
        head, rest = text[: match.start()].strip(), text[match.end() :]
        words = rest.split()
        if len(words) < 3 or head.split()[-1].casefold() in _SPLIT_NAMES:
            continue
        if _is_sure(head) or (bylines.is_name(head) and len(words[0]) > 3 and len(head.split()[-1]) > 3):
            return rest.strip(), bare(head)
    return text, ""
