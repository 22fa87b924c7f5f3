"""Credits of pictures: told from their captions, wherever a page has glued them on.

`split` takes a caption apart: "Words. (Photo: Ann Lee)", "Words.Ann Lee / AFP", "Ann Lee/AFPWords", "Image source,
AFPImage caption, Words". `is_credit` tells whether a line is a credit as a whole. The words come from the word lists.
"""

from __future__ import annotations

import re
from functools import cache

from exporter.readers import bylines
from exporter.readers.vocabulary import phrases, vocabulary

LONGEST = 120
"""Characters of a credit."""

_BBC = re.compile(r"^Image source,\s*(?P<credit>.{2,100}?)\s*Image caption,\s*(?P<caption>.+)$", re.DOTALL)
_BRACKETS = re.compile(r"\s*[(\[](?P<credit>[^()\[\]]{2,100}(?:\([^()]*\))?[^()\[\]]*)[)\]]\.?$")
_GLUE = re.compile(r"(?<=[a-zà-öø-ÿA-Z)])(?=[\"“„‘'«]?[A-ZÀ-ÖØ-Þ][^\W\d_])|(?<=\))(?=\S)")
_ENDS = re.compile(r"[.!?…\"”’»)](?=[^\s.!?…\"”’»),;:])|[.!?…\"”’»)]\s+|(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_NAME = r"[^\W\d_][\w.'’-]*"
_SLASHED = re.compile(rf"^(?:{_NAME}[ ,&-]*){{1,6}}\s?[/|]\s?\S.*$")


def split(text: str) -> tuple[str, str]:
    """Return a caption without its credit, and the credit, which is empty where none is found."""
    text = text.strip()
    if match := _BBC.match(text):
        return match["caption"].strip(), match["credit"].strip()
    if (match := _BRACKETS.search(text)) and match.start() and _sure(match["credit"]):
        caption = text[: match.start()].strip()
        inner, doubled = _leading(caption)
        return (inner, doubled) if doubled else (caption, bare(match["credit"]))
    for cut in (_trailing, _leading):
        caption, credit = cut(text)
        if credit:
            return caption, credit
    return text, ""


def is_credit(line: str) -> bool:
    """Whether a line is a credit as a whole: "(AP Photo/Ann Lee)", "Photo: Ann Lee", "Ann Lee / AFP", "Getty Images"."""
    text = line.strip().strip("()[]").strip()
    return 0 < len(text) <= LONGEST and _sure(text)


def bare(credit: str) -> str:
    """Return a credit without the word that introduces it."""
    text = credit.strip(" .()[]") if credit.count("(") != credit.count(")") else credit.strip()
    for mark in _marks():
        if text.casefold().startswith(mark) and (match := re.match(r"\s*(?::|(?<=by)\s|,)\s*", text[len(mark) :])):
            return text[len(mark) + match.end() :].strip()
    return text.removeprefix("©").strip() or text


def _sure(text: str) -> bool:
    """Whether words are a credit for sure: an introducing word, an agency, or names with a slash."""
    folded = text.casefold().strip(" .")
    if not text or len(text) > LONGEST or folded in ("ap", "afp"):
        return bool(text) and len(text) <= LONGEST
    if _introduced(folded) or text.startswith("©") or folded in _houses():
        return True
    if any(
        folded.startswith(f"{house}/") or folded.startswith(f"{house} /")
        for house in ("ap photo", "ap", "afp", "reuters")
    ):
        return True
    return bool(_SLASHED.match(text)) and not re.search(r"[.!?]\s+\w+\s+\w+\s+\w+\s", text) and len(text.split()) <= 14


def _introduced(folded: str) -> bool:
    for mark in _marks():
        if folded.startswith(mark):
            rest = folded[len(mark) :]
            return (
                rest.lstrip()[:1] == ":"
                or rest[:1] == ","
                or (mark.endswith((" by", " of", "von", "de")) and rest[:1] == " ")
            )
    return folded.startswith(("ap photo", "afp photo", "reuters/", "getty images", "file photo"))


@cache
def _marks() -> tuple[str, ...]:
    return tuple(sorted(phrases("credits", "marks"), key=len, reverse=True))


@cache
def _houses() -> frozenset[str]:
    return vocabulary("bylines", "agencies") | vocabulary("credits", "houses")


@cache
def _mark_pattern() -> re.Pattern[str]:
    marks = "|".join(re.escape(mark) for mark in _marks() if len(mark) > 3)
    return re.compile(
        rf"(?:\s*[|(–-]?\s*)(?<!\w )(?P<mark>(?:{marks})\s?:|©)\s*(?P<credit>[^:]{{2,100}})$", re.IGNORECASE
    )


def _trailing(text: str) -> tuple[str, str]:
    """Cut a credit off a caption's end."""
    if match := _mark_pattern().search(text, max(0, len(text) - LONGEST - 20)):
        caption = text[: match.start()].rstrip()
        if caption and not match["credit"].rstrip(")").count(". "):
            return caption, bare(match["credit"].strip().rstrip(")") if "(" not in match["credit"] else match["credit"])
    for match in reversed(list(_ENDS.finditer(text, max(0, len(text) - LONGEST)))):
        tail = text[match.end() :].strip()
        if tail and _sure(tail):
            return text[: match.end()].rstrip(), bare(tail)
    return text, ""


def _leading(text: str) -> tuple[str, str]:
    """Cut a credit off a caption's front, where the two are glued together."""
    for match in _GLUE.finditer(text, 2, LONGEST):
        head, rest = text[: match.start()], text[match.end() :]
        if not rest[:1].strip() or len(rest.split()) < 3:
            continue
        if _sure(head) or (bylines.is_name(head) and "-" not in head[-2:] and rest[:1].isupper()):
            return rest.strip(), bare(head)
    return text, ""
