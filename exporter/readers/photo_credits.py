"""Credits of pictures: told from their captions, wherever a page has glued them on.

`split` takes a caption apart: "Words. (Photo: Ann Lee)", "Words.Ann Lee / AFP", "Ann Lee/AFPWords", "Image source,
AFPImage caption, Words". `is_credit` tells whether a line is a credit as a whole. What can be one, `owners` knows.
"""

from __future__ import annotations

import re

from exporter.readers import boilerplate, bylines, credit_vocabulary
from exporter.readers.credit_vocabulary import LONGEST
from exporter.readers.wordlists import by_word, vocabulary

_WORDS_OF_CAPTION = 4  # at least, before a credit that only a space parts from it
_SHORTEST, _SHORT = 12, 400  # characters before a glued credit, and of a caption with a name alone at its end
_LONGEST_WORD = 24  # characters of an introducing word

_CAPITAL, _SMALL = r"[A-ZÀ-ÖØ-Þ]", r"[a-zà-öø-ÿ]"

# Where a caption and its credit may meet.
_LABELLED = re.compile(
    r"^(?:Image source,\s*(?P<credit>.{2,100}?))?\s*Image caption,\s*(?P<caption>.+)$", re.DOTALL | re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*[(\[](?P<credit>[^()\[\]]{2,110})[)\]]\.?$")
# What stands behind the place comes first: capitals are rarer than letters, so most places are passed over at once.
_GLUE = re.compile(
    rf"(?=[\"“„‘'«{_CAPITAL[1:-1]}])(?<=[^\W\d_])(?=[\"“„‘'«]?{_CAPITAL}{_SMALL}|A {_SMALL})|(?<=\))(?=[^\s.,;:)])"
)
_ENDS = re.compile(
    rf"[.!?…\"”’»)](?=[{_CAPITAL[1:-1]}©(])|[.!?…\"”’»)]\s+|(?={_CAPITAL})(?<={_SMALL}{{2}})|[.!?](?={_SMALL}+\s?[/,])"
)
_GOES_ON = re.compile(r"[^()\[\]]*[.!?)]\s*[(\[]")
_COPYRIGHT = re.compile(r"(?<=[\s)])(?:[-–—|]\s)?(?:copyright|©)\s*:?$", re.IGNORECASE)
_NAME = rf"{_CAPITAL}[\w'’-]+(?: {_CAPITAL}[\w'’-]*\.?)?(?: {_CAPITAL}[\w'’-]+)"
_NAMED = re.compile(rf"(?:(?<=[^\W\d_]{{3}})\.\s?|(?<![^\W\d_]){_SMALL}{{2,}})(?P<name>{_NAME})$")

# What can't stand before a credit, and what may end a name.
_GENERATIONS = ("II", "III", "IV")
_LAST = re.compile(r"(?:[^\W\d_a-zà-öø-ÿ]?[a-zà-öø-ÿ]+|[^\W\d_a-zà-öø-ÿ]+)$")
_LINKING = frozenset("the to by from with told via for of and or in at on that said says a an".split())
_BEFORE_GLUE = re.compile(r"[\s/]+")


def split(text: str) -> tuple[str, str]:
    """Return a caption without its credit, and the credit, which is empty where none is found."""
    text = text.strip()
    if match := _LABELLED.match(text):
        return match["caption"].strip(), (match["credit"] or "").strip()
    caption, last = _trailing(text)
    if last and (match := _COPYRIGHT.search(caption)):  # "Words. (Ann Lee/AP) - Copyright AP": the brackets say more
        caption, whose = _bracketed(caption[: match.start()].rstrip())
        last = whose or last
    caption, first = _leading(caption)
    # Where a caption is credited at both ends, the page put the first one there and the agency the other.
    return (caption, first or last) if first or last else (text, "")


def is_credit(line: str) -> bool:
    """Whether a line is a credit as a whole: "(AP Photo/Ann Lee)", "Photo: Ann Lee", "Ann Lee / AFP", "Getty"."""
    text = line.strip()
    inner = text[1:-1] if text[:1] in "([" and text[-1:] in ")]" else text
    return len(text) <= LONGEST and credit_vocabulary.hints(text) and credit_vocabulary.is_sure(inner.strip())


def says_by(line: str) -> bool:
    """Whether a line says who made the pictures of a whole article: "Photographs by Ann Lee"."""
    size = credit_vocabulary.introduced(line)
    return size > 0 and line[:size].rstrip()[-1:].isalpha()


def ends(line: str) -> bool:
    """Whether a line surely ends in a credit: in brackets, behind a sentence, or behind an introducing word."""
    cuts = (_introduced_end, _behind_sentence, _bracketed)
    return credit_vocabulary.hints(line[_tail(line) :]) and any(cut(line)[1] for cut in cuts)


def bare(credit: str) -> str:
    """Return a credit without the word that introduces it, and without the brackets around it."""
    text = credit.strip()
    if text.count(")") > text.count("("):
        text = text.rstrip(" )")
    if match := re.match(r"[(\[](.+?)[)\]]", text):
        text = match[1].strip()
    if size := credit_vocabulary.introduced(text):
        text = text[size:]
    return text.removeprefix("©").strip(" :/|")


def _trailing(text: str) -> tuple[str, str]:
    """Cut a credit off a caption's end: the surest way of telling one comes first."""
    tail = text[_tail(text) :]
    cuts = (
        (_introduced_end, _behind_sentence, _bracketed, _spaced, _named) if credit_vocabulary.hints(tail) else (_named,)
    )
    for cut in cuts:
        caption, credit = cut(text)
        if credit:
            return caption, credit
    return text, ""


def _tail(text: str) -> int:
    return max(0, len(text) - LONGEST - 20)


def _introduced_end(text: str) -> tuple[str, str]:
    """Cut at an introducing word: "Words. Photo: Ann Lee", "WordsPhoto: Ann Lee", "Words © Ann Lee"."""
    at = text.rfind("©", _tail(text))
    if at <= 0 and (colon := text.rfind(":", _tail(text))) > 0:
        at = _mark_before(text, colon)
    if at <= 0 or not credit_vocabulary.is_sure(text[at:].strip()):
        return text, ""
    return text[:at].rstrip(" |–-("), bare(text[at:])


def _mark_before(text: str, colon: int) -> int:
    """Return where the introducing word right before a colon begins, which may be glued to another; 0 without one."""
    before = text[:colon].rstrip()
    last = _LAST.search(before, max(0, colon - _LONGEST_WORD))
    for mark in by_word("credits", "marks", -1).get(last[0].casefold(), ()) if last else ():
        at = len(before) - len(mark)
        if at > 0 and before[at:].casefold() == mark and (before[at].isupper() or not before[at - 1].isalnum()):
            return at
    return 0


def _behind_sentence(text: str) -> tuple[str, str]:
    """Cut behind a sentence or between glued words, where all that follows is a credit."""
    for match in _ENDS.finditer(text, _tail(text)):
        tail = text[match.end() :].strip()
        if tail[: tail.find(")") + 1].casefold() in vocabulary("credits", "places"):
            continue  # "(file photo)Ann Lee/AP": the brackets belong to the caption
        if _GOES_ON.match(tail):
            continue  # "Michael D. Higgins. (Ann Lee/AP)": an initial ended no sentence
        if match.end() > _SHORTEST and (is_credit(tail) or _names_in_brackets(tail) or _names_client(tail)):
            return text[: match.end()].rstrip(), bare(tail)
    return text, ""


def _bracketed(text: str) -> tuple[str, str]:
    match = _BRACKETS.search(text) if text.endswith((")", "]", ").", "].")) else None
    if match and match.start() and credit_vocabulary.is_sure(match["credit"]):
        return text[: match.start()].strip(), bare(match["credit"])
    return text, ""


def _named(text: str) -> tuple[str, str]:
    """Cut off a name alone, glued to a word or behind a full stop at the end of a short piece."""
    match = _NAMED.search(text) if len(text) <= _SHORT and text[-1:].isalpha() else None
    if match and len(text[: match.start("name")].split()) > _WORDS_OF_CAPTION and bylines.is_name(match["name"]):
        return text[: match.start("name")].rstrip(), match["name"]
    return text, ""


def _names_in_brackets(tail: str) -> bool:
    """Whether brackets behind a sentence hold nothing but names: "(District Court, New York)"."""
    if tail[:1] != "(" or tail[-1:] != ")" or not 2 <= len(tail.split()) <= credit_vocabulary.WORDS:
        return False
    return all(credit_vocabulary.is_proper(part) and part[0].isupper() for part in tail[1:-1].split(", "))


def _names_client(tail: str) -> bool:
    """Whether words that stand where a credit may name who took a picture for whom: "Ann Lee for The Observer"."""
    name, _, client = tail.partition(" for ")
    named = len(name.split()) <= credit_vocabulary.WORDS_OF_NAME and bylines.is_name(name)
    return named and client[:1].isupper() and credit_vocabulary.is_proper(client)


def _spaced(text: str) -> tuple[str, str]:
    """Cut off a credit that only a space parts from the caption: a name or a house with a slash, or a house alone."""
    words = text.split()
    if "/" not in text and not credit_vocabulary.ends_house(words[-1]):
        return text, ""
    longest = min(len(words) - _WORDS_OF_CAPTION, credit_vocabulary.WORDS_OF_PART + 1)
    tails = [(words[-count - 1], " ".join(words[-count:])) for count in range(1, longest + 1)]
    slashed = bool(tails) and "/" in tails[-1][1]
    for begins in (
        (_begins_with_initials, _begins_with_name, credit_vocabulary.is_house)
        if slashed
        else (credit_vocabulary.is_house,)
    ):
        for last, tail in tails:
            if begins(tail) and last.casefold() not in _LINKING and not last.endswith(("’s", "'s", ",")):
                return " ".join(words[: len(words) - len(tail.split())]), tail
    return text, ""


def _begins_with_initials(tail: str) -> bool:
    words = _before_slash(tail).split()
    return len(words) == 3 and len(words[1].strip(".")) == 1 and credit_vocabulary.names_house(tail)


def _begins_with_name(tail: str) -> bool:
    first = _before_slash(tail)
    if first.casefold() in credit_vocabulary.houses():
        return True
    return len(first.split()) == 2 and bylines.is_name(first) and credit_vocabulary.names_house(tail)


def _before_slash(tail: str) -> str:
    return tail.partition("/")[0].strip() if "/" in tail else ""


def _leading(text: str) -> tuple[str, str]:
    """Cut a credit off a caption's front, where the two are glued together."""
    for match in _GLUE.finditer(text, 2, LONGEST):
        head, rest = _without_shares(text[: match.start()].strip()), text[match.end() :].strip()
        words = rest.split()
        if not head or len(words) < 3:
            continue
        # A name alone needs three words: "The ClassPass report" and "Mitch McConnell said" hold glued words too.
        last = _BEFORE_GLUE.split(head)[-1]
        name = len(head.split()) >= 3 and bylines.is_name(head) and any(word.islower() for word in words[:4])
        name = name and len(words[0]) >= 3 and (len(last) >= 3 or last in _GENERATIONS)
        if (is_credit(head) and len(last) >= 2) or name or _names_client(head):
            return rest, bare(head)
    return text, ""


def _without_shares(head: str) -> str:
    """Leave out share words that ran into a credit: "Email Ann Lee / AP", not "Instagram / Ann Lee"."""
    rest = head[boilerplate.row(head) :].lstrip()
    return head if rest[:1] in "/|" else rest
