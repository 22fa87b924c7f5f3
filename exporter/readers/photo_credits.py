"""Photo credits: separated from the captions that a page has glued them to.

`split_credit` divides a caption: "Words. (Photo: Ann Lee)", "Words.Ann Lee / AFP", "Ann Lee/AFPWords", "Image source,
AFPImage caption, Words". `is_credit` recognises a line that is a credit as a whole. What names an owner is decided by
`exporter.readers.picture_owners`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from exporter.readers import boilerplate, bylines, picture_owners, text_tests
from exporter.readers.text_tests import MAX_CREDIT_CHARS
from exporter.readers.wordlists import get_phrase_set, index_phrases

_MIN_CAPTION_WORDS = 4
"""Words of a caption before a credit that only a space separates from it. Chosen by reading captions."""

_MIN_CAPTION_CHARS = 12
"""Characters of a caption before a glued credit."""

_MAX_LABEL_CHARS = 24
"""Characters of a label that introduces a credit."""

_TAIL_CHARS = MAX_CREDIT_CHARS + 20
"""Characters at the end of a caption in which a credit begins: its own, and those of its label."""

_LABEL_SEPARATORS = " /|–—-("
"""What may stand between a caption and the label of its credit."""

_MIN_WORDS_AROUND_GLUE = 3
"""Words of a caption glued to the credit before it, and of a name alone that is glued to a caption: "The ClassPass
report" and "Mitch McConnell said" are glued words, too."""

_MIN_WORD_CHARS_AROUND_GLUE = 3
"""Characters of the words on both sides of the place where a name alone and a caption are glued."""

_CAPTION_START_WORDS = 4
"""Words at the beginning of a caption of which one is in small letters, unlike those of a title."""

_CAPITAL, _SMALL = r"[A-ZÀ-ÖØ-Þ]", r"[a-zà-öø-ÿ]"

# Where a caption and its credit may meet.
_IMAGE_SOURCE = re.compile(
    r"^(?:Image source,\s*(?P<credit>.{2,100}?))?\s*Image caption,\s*(?P<caption>.+)$", re.DOTALL | re.IGNORECASE
)
_TRAILING_BRACKETS = re.compile(r"[(\[](?P<credit>[^()\[\]]{2,110})[)\]]\.?$")
_OPEN_BRACKET = re.compile(rf"\((?={_CAPITAL}[^()]*$)")
# The set of first marks comes first, since a search for a set is fast: most places are passed over at once.
_GLUED_WORDS = re.compile(
    rf"[)\"“„‘'«{_CAPITAL[1:-1]}](?:(?<=\))(?=[^\s.,;:)])|(?<=[^\W\d_].)"
    rf"(?:(?<={_CAPITAL}){_SMALL}|(?<=[\"“„‘'«]){_CAPITAL}{_SMALL}|(?<=A) {_SMALL}"
    rf"|(?<={_SMALL}{_CAPITAL}){_CAPITAL}+ ))"
)
_SENTENCE_MARK = re.compile(rf"[.!?…\"”’»)](?:(?=[{_CAPITAL[1:-1]}©(])|\s+|(?<=[.!?])(?={_SMALL}+\s?[/,]))")
_GLUED_CAPITAL = re.compile(rf"{_CAPITAL}(?<={_SMALL}{{2}}.)")
_BRACKETS_FOLLOW = re.compile(r"[^()\[\]]*[.!?)]\s*[(\[]")
_TRAILING_COPYRIGHT = re.compile(r"(?<=[\s)])(?:[-–—|]\s)?(?:copyright|©)\s*:?$", re.IGNORECASE)
NAME = rf"{_CAPITAL}[\w'’-]+(?: {_CAPITAL}[\w'’-]*\.?)?(?: {_CAPITAL}[\w'’-]+)"
"""The form of a name of two or three words."""

_TRAILING_NAME = re.compile(rf"(?:(?<=[^\W\d_]{{3}})\.\s?|(?<![^\W\d_]){_SMALL}{{2,}})(?P<name>{NAME})$")

# What may end a name, and words that cannot stand before a credit.
_GENERATIONS = ("II", "III", "IV")
_LAST_WORD = re.compile(r"(?:[^\W\d_a-zà-öø-ÿ]?[a-zà-öø-ÿ]+|[^\W\d_a-zà-öø-ÿ]+)$")
_LINKING_WORDS = frozenset("the to by from with told via for of and or in at on that said says a an".split())
_BEFORE_GLUE = re.compile(r"[\s/]+")


@lru_cache(maxsize=1024)  # several steps ask of the same lines
def split_credit(text: str) -> tuple[str, str]:
    """Return a caption without its credit, and the credit; an empty credit means that none was found."""
    text = text.strip()
    if match := _IMAGE_SOURCE.match(text):
        return match["caption"].strip(), (match["credit"] or "").strip()
    caption, last = _cut_trailing(text)
    if last and (
        match := _TRAILING_COPYRIGHT.search(caption)
    ):  # "Words. (Ann Lee/AP) - Copyright AP": the brackets say more
        caption, owner = _cut_brackets(caption[: match.start()].rstrip())
        last = owner or last
    caption, first = _cut_leading(caption)
    # Of two credits the page itself put the first one there, the agency the last one.
    return (caption, first or last) if first or last else (text, "")


def is_credit(line: str) -> bool:
    """Whether a line is a credit as a whole: "(AP Photo/Ann Lee)", "Photo: Ann Lee", "Ann Lee / AFP", "(Ann Lee)"."""
    text = line.strip()
    if len(text) > MAX_CREDIT_CHARS or not picture_owners.may_hold_credit(text):
        return False
    inner = text[1:-1] if text[:1] in "([" and text[-1:] in ")]" else text
    return picture_owners.is_owner(inner.strip()) or is_names_in_brackets(text)


def is_credit_for_all(line: str) -> bool:
    """Whether a line credits all pictures of an article: "Photographs by Ann Lee"."""
    size = picture_owners.measure_label(line)
    return size > 0 and line[:size].rstrip()[-1:].isalpha()


def is_names_in_brackets(tail: str) -> bool:
    """Whether a text is brackets that hold names only, at least two words: "(District Court, New York)"."""
    if tail[:1] != "(" or tail[-1:] != ")" or not 2 <= len(tail.split()) <= picture_owners.MAX_CREDIT_WORDS:
        return False
    return all(picture_owners.is_proper_name(part) and part[0].isupper() for part in tail[1:-1].split(", "))


def has_credit_at_end(line: str) -> bool:
    """Whether a line certainly ends in a credit: in brackets, behind a sentence, or behind a label."""
    cuts = (_cut_at_label, _cut_after_sentence, _cut_brackets)
    return picture_owners.may_hold_credit(line[_tail_start(line) :]) and any(cut(line)[1] for cut in cuts)


def strip_label(credit: str) -> str:
    """Return a credit without its label and without the brackets around it."""
    text = credit.strip()
    if text.count(")") > text.count("("):
        text = text.rstrip(" )")
    if match := re.match(r"[(\[](.+?)[)\]]", text):
        text = match[1].strip()
    if size := picture_owners.measure_label(text):
        text = text[size:]
    return text.removeprefix("©").strip(" :/|")


def _cut_trailing(text: str) -> tuple[str, str]:
    """Cut a credit off the end of a caption: the most reliable way of finding it comes first."""
    tail = text[_tail_start(text) :]
    cuts = (
        (_cut_at_label, _cut_after_sentence, _cut_brackets, _cut_at_space, _cut_name)
        if picture_owners.may_hold_credit(tail)
        else (_cut_name,)
    )
    for cut in cuts:
        caption, credit = cut(text)
        if credit:
            return _strip_label_at_end(caption), credit
    return text, ""


def _strip_label_at_end(caption: str) -> str:
    """Remove the label of a credit without a colon, set apart from the caption: "Words / Fot.", "Words. Photo"."""
    bare = caption.rstrip(" .")
    at = _label_before(bare, len(bare))
    before = bare[:at].rstrip()
    return before.rstrip(_LABEL_SEPARATORS) if at and before.endswith(tuple(_LABEL_SEPARATORS + ".!?")) else caption


def _tail_start(text: str) -> int:
    """Return the place from which on a credit may begin."""
    return max(0, len(text) - _TAIL_CHARS)


def _cut_at_label(text: str) -> tuple[str, str]:
    """Cut at a label: "Words. Photo: Ann Lee", "WordsPhoto: Ann Lee", "Words © Ann Lee"."""
    at = text.rfind("©", _tail_start(text))
    if at <= 0 and (colon := text.rfind(":", _tail_start(text))) > 0:
        at = _label_before(text, colon)
    if at <= 0 or not picture_owners.is_owner(text[at:].strip()):
        return text, ""
    opening = text.rfind("(", _tail_start(text), at)
    if opening > 0 and text.endswith(")") and ")" not in text[opening:-1]:  # "Words (PAP, Photo: Ann Lee)"
        return text[:opening].rstrip(), f"{text[opening + 1 : at]}{strip_label(text[at:-1])}"
    return text[:at].rstrip(" |–—-("), strip_label(text[at:])


def _label_before(text: str, colon: int) -> int:
    """Return where the label right before a colon begins, which may be glued to another word; 0 without a label."""
    before = text[:colon].rstrip()
    last = _LAST_WORD.search(before, max(0, colon - _MAX_LABEL_CHARS))
    for mark in index_phrases("credits", "marks", -1).get(last[0].casefold(), ()) if last else ():
        at = len(before) - len(mark)
        if at > 0 and before[at:].casefold() == mark and (before[at].isupper() or not before[at - 1].isalnum()):
            return at
    return 0


def _cut_after_sentence(text: str) -> tuple[str, str]:
    """Cut behind a sentence or between glued words, if the rest is a credit."""
    begin = _tail_start(text)
    ends = {match.end() for match in _SENTENCE_MARK.finditer(text, begin)}
    glued = {match.start() for match in _GLUED_CAPITAL.finditer(text, begin)}
    for at in sorted(ends | glued):
        tail = text[at:].strip()
        if tail[: tail.find(")") + 1].casefold() in get_phrase_set("credits", "places"):
            continue  # "(file photo)Ann Lee/AP": the brackets belong to the caption
        if _BRACKETS_FOLLOW.match(tail):
            continue  # "Michael D. Higgins. (Ann Lee/AP)": an initial ended no sentence
        if picture_owners.is_within_agency(text, at):
            continue  # "LightRocket via Getty Images"
        if at > _MIN_CAPTION_CHARS and (is_credit(tail) or is_names_in_brackets(tail) or _is_name_for_client(tail)):
            opened = _OPEN_BRACKET.search(text[:at]) if tail.endswith(")") else None  # "(Photo Ann Lee. AFP)"
            start = opened.start() if opened else at
            return text[:start].rstrip(), strip_label(text[start:])
    return text, ""


def _cut_brackets(text: str) -> tuple[str, str]:
    """Cut off brackets at the end that hold a credit."""
    match = _TRAILING_BRACKETS.search(text) if text.endswith((")", "]", ").", "].")) else None
    if match and match.start() and picture_owners.is_owner(match["credit"]):
        return text[: match.start()].strip(), strip_label(match["credit"])
    return text, ""


def _cut_name(text: str) -> tuple[str, str]:
    """Cut off a name alone, glued to a word or behind a full stop at the end of a short caption."""
    match = _TRAILING_NAME.search(text) if len(text) <= text_tests.MAX_CAPTION_CHARS and text[-1:].isalpha() else None
    if match and len(text[: match.start("name")].split()) > _MIN_CAPTION_WORDS and bylines.is_name(match["name"]):
        return text[: match.start("name")].rstrip(), match["name"]
    return text, ""


def _is_name_for_client(tail: str) -> bool:
    """Whether words at the place of a credit name photographer and client: "Ann Lee for The Observer"."""
    name, _, client = tail.partition(" for ")
    named = len(name.split()) <= picture_owners.MAX_NAME_WORDS and bylines.is_name(name)
    return named and client[:1].isupper() and picture_owners.is_proper_name(client)


def _cut_at_space(text: str) -> tuple[str, str]:
    """Cut off a credit behind a space: names with a slash between them, or an agency's name alone."""
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
    """Cut off a credit at the front of a caption, glued to its first word."""
    for match in _GLUED_WORDS.finditer(text, 2, MAX_CREDIT_CHARS):
        at = match.start() + (match[0] == ")")
        credit, caption = _strip_share_words(text[:at].strip()), text[at:].strip()
        words = caption.split()
        if credit and len(words) >= _MIN_WORDS_AROUND_GLUE and _is_leading_credit(credit, words):
            return caption, strip_label(credit)
    return text, ""


def _is_leading_credit(credit: str, words: list[str]) -> bool:
    """Whether a text glued to the first of a caption's words is a credit, or a name alone."""
    last = _BEFORE_GLUE.split(credit)[-1]
    if (len(last) > 1 and is_credit(credit)) or _is_name_for_client(credit):
        return True
    long_enough = len(last) >= _MIN_WORD_CHARS_AROUND_GLUE or last in _GENERATIONS
    glued = long_enough and len(words[0]) >= _MIN_WORD_CHARS_AROUND_GLUE
    named = len(credit.split()) >= _MIN_WORDS_AROUND_GLUE and bylines.is_person(credit)
    return glued and named and any(word.islower() for word in words[:_CAPTION_START_WORDS])


def _strip_share_words(head: str) -> str:
    """Remove share words that ran into a credit: "Email Ann Lee / AP", but not "Instagram / Ann Lee"."""
    rest = head[boilerplate.measure_share_row(head) :].lstrip()
    return head if rest[:1] in "/|" else rest
