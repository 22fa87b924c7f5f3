"""Credits of pictures: told from their captions, wherever a page has glued them on.

`split_credit` takes a caption apart: "Words. (Photo: Ann Lee)", "Words.Ann Lee / AFP", "Ann Lee/AFPWords", "Image source,
AFPImage caption, Words". `is_credit` tells whether a line is a credit as a whole. What can be one, `owners` knows.
"""

from __future__ import annotations

import re

from exporter.readers import boilerplate, bylines, picture_owners
from exporter.readers.picture_owners import MAX_CREDIT_CHARS
from exporter.readers.wordlists import get_phrase_set, index_phrases

_MIN_CAPTION_WORDS = 4  # at least, before a credit that only a space parts from it
_MIN_CAPTION_CHARS, _MAX_CAPTION_BEFORE_NAME_CHARS = (
    12,
    400,
)  # characters before a glued credit, and of a caption with a name alone at its end
_MAX_LABEL_CHARS = 24  # characters of an introducing word

_CAPITAL, _SMALL = r"[A-ZÀ-ÖØ-Þ]", r"[a-zà-öø-ÿ]"

# Where a caption and its credit may meet.
_IMAGE_SOURCE = re.compile(
    r"^(?:Image source,\s*(?P<credit>.{2,100}?))?\s*Image caption,\s*(?P<caption>.+)$", re.DOTALL | re.IGNORECASE
)
_TRAILING_BRACKETS = re.compile(r"\s*[(\[](?P<credit>[^()\[\]]{2,110})[)\]]\.?$")
# What stands behind the place comes first: capitals are rarer than letters, so most places are passed over at once.
_GLUED_WORDS = re.compile(
    rf"(?=[\"“„‘'«{_CAPITAL[1:-1]}])(?<=[^\W\d_])(?=[\"“„‘'«]?{_CAPITAL}{_SMALL}|A {_SMALL})|(?<=\))(?=[^\s.,;:)])"
)
_SENTENCE_OR_GLUE = re.compile(
    rf"[.!?…\"”’»)](?=[{_CAPITAL[1:-1]}©(])|[.!?…\"”’»)]\s+|(?={_CAPITAL})(?<={_SMALL}{{2}})|[.!?](?={_SMALL}+\s?[/,])"
)
_BRACKETS_FOLLOW = re.compile(r"[^()\[\]]*[.!?)]\s*[(\[]")
_TRAILING_COPYRIGHT = re.compile(r"(?<=[\s)])(?:[-–—|]\s)?(?:copyright|©)\s*:?$", re.IGNORECASE)
_NAME = rf"{_CAPITAL}[\w'’-]+(?: {_CAPITAL}[\w'’-]*\.?)?(?: {_CAPITAL}[\w'’-]+)"
_TRAILING_NAME = re.compile(rf"(?:(?<=[^\W\d_]{{3}})\.\s?|(?<![^\W\d_]){_SMALL}{{2,}})(?P<name>{_NAME})$")

# What can't stand before a credit, and what may end a name.
_GENERATIONS = ("II", "III", "IV")
_LAST_WORD = re.compile(r"(?:[^\W\d_a-zà-öø-ÿ]?[a-zà-öø-ÿ]+|[^\W\d_a-zà-öø-ÿ]+)$")
_LINKING_WORDS = frozenset("the to by from with told via for of and or in at on that said says a an".split())
_BEFORE_GLUE = re.compile(r"[\s/]+")


def split_credit(text: str) -> tuple[str, str]:
    """Return a caption without its credit, and the credit, which is empty where none is found."""
    text = text.strip()
    if match := _IMAGE_SOURCE.match(text):
        return match["caption"].strip(), (match["credit"] or "").strip()
    caption, last = _cut_trailing(text)
    if last and (
        match := _TRAILING_COPYRIGHT.search(caption)
    ):  # "Words. (Ann Lee/AP) - Copyright AP": the brackets say more
        caption, whose = _cut_brackets(caption[: match.start()].rstrip())
        last = whose or last
    caption, first = _cut_leading(caption)
    # Where a caption is credited at both ends, the page put the first one there and the agency the other.
    return (caption, first or last) if first or last else (text, "")


def is_credit(line: str) -> bool:
    """Whether a line is a credit as a whole: "(AP Photo/Ann Lee)", "Photo: Ann Lee", "Ann Lee / AFP", "Getty"."""
    text = line.strip()
    inner = text[1:-1] if text[:1] in "([" and text[-1:] in ")]" else text
    return (
        len(text) <= MAX_CREDIT_CHARS
        and picture_owners.may_hold_credit(text)
        and picture_owners.is_owner(inner.strip())
    )


def is_credit_for_all(line: str) -> bool:
    """Whether a line says who made the pictures of a whole article: "Photographs by Ann Lee"."""
    size = picture_owners.measure_label(line)
    return size > 0 and line[:size].rstrip()[-1:].isalpha()


def has_credit_at_end(line: str) -> bool:
    """Whether a line surely ends in a credit: in brackets, behind a sentence, or behind an introducing word."""
    cuts = (_cut_at_label, _cut_after_sentence, _cut_brackets)
    return picture_owners.may_hold_credit(line[_tail_start(line) :]) and any(cut(line)[1] for cut in cuts)


def strip_label(credit: str) -> str:
    """Return a credit without the word that introduces it, and without the brackets around it."""
    text = credit.strip()
    if text.count(")") > text.count("("):
        text = text.rstrip(" )")
    if match := re.match(r"[(\[](.+?)[)\]]", text):
        text = match[1].strip()
    if size := picture_owners.measure_label(text):
        text = text[size:]
    return text.removeprefix("©").strip(" :/|")


def _cut_trailing(text: str) -> tuple[str, str]:
    """Cut a credit off a caption's end: the surest way of telling one comes first."""
    tail = text[_tail_start(text) :]
    cuts = (
        (_cut_at_label, _cut_after_sentence, _cut_brackets, _cut_at_space, _cut_name)
        if picture_owners.may_hold_credit(tail)
        else (_cut_name,)
    )
    for cut in cuts:
        caption, credit = cut(text)
        if credit:
            return caption, credit
    return text, ""


def _tail_start(text: str) -> int:
    return max(0, len(text) - MAX_CREDIT_CHARS - 20)


def _cut_at_label(text: str) -> tuple[str, str]:
    """Cut at an introducing word: "Words. Photo: Ann Lee", "WordsPhoto: Ann Lee", "Words © Ann Lee"."""
    at = text.rfind("©", _tail_start(text))
    if at <= 0 and (colon := text.rfind(":", _tail_start(text))) > 0:
        at = _label_before(text, colon)
    if at <= 0 or not picture_owners.is_owner(text[at:].strip()):
        return text, ""
    return text[:at].rstrip(" |–-("), strip_label(text[at:])


def _label_before(text: str, colon: int) -> int:
    """Return where the introducing word right before a colon begins, which may be glued to another; 0 without one."""
    before = text[:colon].rstrip()
    last = _LAST_WORD.search(before, max(0, colon - _MAX_LABEL_CHARS))
    for mark in index_phrases("credits", "marks", -1).get(last[0].casefold(), ()) if last else ():
        at = len(before) - len(mark)
        if at > 0 and before[at:].casefold() == mark and (before[at].isupper() or not before[at - 1].isalnum()):
            return at
    return 0


def _cut_after_sentence(text: str) -> tuple[str, str]:
    """Cut behind a sentence or between glued words, where all that follows is a credit."""
    for match in _SENTENCE_OR_GLUE.finditer(text, _tail_start(text)):
        tail = text[match.end() :].strip()
        if tail[: tail.find(")") + 1].casefold() in get_phrase_set("credits", "places"):
            continue  # "(file photo)Ann Lee/AP": the brackets belong to the caption
        if _BRACKETS_FOLLOW.match(tail):
            continue  # "Michael D. Higgins. (Ann Lee/AP)": an initial ended no sentence
        if match.end() > _MIN_CAPTION_CHARS and (
            is_credit(tail) or _is_names_in_brackets(tail) or _is_name_for_client(tail)
        ):
            return text[: match.end()].rstrip(), strip_label(tail)
    return text, ""


def _cut_brackets(text: str) -> tuple[str, str]:
    match = _TRAILING_BRACKETS.search(text) if text.endswith((")", "]", ").", "].")) else None
    if match and match.start() and picture_owners.is_owner(match["credit"]):
        return text[: match.start()].strip(), strip_label(match["credit"])
    return text, ""


def _cut_name(text: str) -> tuple[str, str]:
    """Cut off a name alone, glued to a word or behind a full stop at the end of a short piece."""
    match = _TRAILING_NAME.search(text) if len(text) <= _MAX_CAPTION_BEFORE_NAME_CHARS and text[-1:].isalpha() else None
    if match and len(text[: match.start("name")].split()) > _MIN_CAPTION_WORDS and bylines.is_name(match["name"]):
        return text[: match.start("name")].rstrip(), match["name"]
    return text, ""


def _is_names_in_brackets(tail: str) -> bool:
    """Whether brackets behind a sentence hold nothing but names: "(District Court, New York)"."""
    if tail[:1] != "(" or tail[-1:] != ")" or not 2 <= len(tail.split()) <= picture_owners.MAX_CREDIT_WORDS:
        return False
    return all(picture_owners.is_proper_name(part) and part[0].isupper() for part in tail[1:-1].split(", "))


def _is_name_for_client(tail: str) -> bool:
    """Whether words that stand where a credit may name who took a picture for whom: "Ann Lee for The Observer"."""
    name, _, client = tail.partition(" for ")
    named = len(name.split()) <= picture_owners.MAX_NAME_WORDS and bylines.is_name(name)
    return named and client[:1].isupper() and picture_owners.is_proper_name(client)


def _cut_at_space(text: str) -> tuple[str, str]:
    """Cut off a credit that only a space parts from the caption: a name or a house with a slash, or a house alone."""
    words = text.split()
    if "/" not in text and not picture_owners.is_last_agency_word(words[-1]):
        return text, ""
    longest = min(len(words) - _MIN_CAPTION_WORDS, picture_owners.MAX_PART_WORDS + 1)
    tails = [(words[-count - 1], " ".join(words[-count:])) for count in range(1, longest + 1)]
    slashed = bool(tails) and "/" in tails[-1][1]
    for begins in (
        (_starts_with_initials, _starts_with_name, picture_owners.is_agency_at_end)
        if slashed
        else (picture_owners.is_agency_at_end,)
    ):
        for last, tail in tails:
            if begins(tail) and last.casefold() not in _LINKING_WORDS and not last.endswith(("’s", "'s", ",")):
                return " ".join(words[: len(words) - len(tail.split())]), tail
    return text, ""


def _starts_with_initials(tail: str) -> bool:
    words = _text_before_slash(tail).split()
    return len(words) == 3 and len(words[1].strip(".")) == 1 and picture_owners.is_agency_credit(tail)


def _starts_with_name(tail: str) -> bool:
    first = _text_before_slash(tail)
    if first.casefold() in picture_owners.picture_agencies():
        return True
    return len(first.split()) == 2 and bylines.is_name(first) and picture_owners.is_agency_credit(tail)


def _text_before_slash(tail: str) -> str:
    return tail.partition("/")[0].strip() if "/" in tail else ""


def _cut_leading(text: str) -> tuple[str, str]:
    """Cut a credit off a caption's front, where the two are glued together."""
    for match in _GLUED_WORDS.finditer(text, 2, MAX_CREDIT_CHARS):
        head, rest = _strip_share_words(text[: match.start()].strip()), text[match.end() :].strip()
        words = rest.split()
        if not head or len(words) < 3:
            continue
        # A name alone needs three words: "The ClassPass report" and "Mitch McConnell said" hold glued words too.
        last = _BEFORE_GLUE.split(head)[-1]
        name = len(head.split()) >= 3 and bylines.is_name(head) and any(word.islower() for word in words[:4])
        name = name and len(words[0]) >= 3 and (len(last) >= 3 or last in _GENERATIONS)
        if (is_credit(head) and len(last) >= 2) or name or _is_name_for_client(head):
            return rest, strip_label(head)
    return text, ""


def _strip_share_words(head: str) -> str:
    """Leave out share words that ran into a credit: "Email Ann Lee / AP", not "Instagram / Ann Lee"."""
    rest = head[boilerplate.measure_share_row(head) :].lstrip()
    return head if rest[:1] in "/|" else rest
