"""Who signed it, as a reader sees it: the byline beside the title, a guest's introduction, a line at the foot.

The page is read in pieces, one for each run of text between tags: "By" and the name after it may stand in two elements,
and what follows in a third ("Follow", a job, the date) is no part of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

import msgspec

from exporter.readers import bylines, publication_dates
from exporter.readers.page.dom import Element, squeeze, text_of, words
from exporter.readers.page.page_metadata import PageMetadata
from exporter.readers.page.prose import key
from exporter.readers.wordlists import phrases, vocabulary

# What pages call a byline; what they call its neighbours (but "title__author" is a byline); what names somebody else.
_CALLED = frozenset("author authors byline bylines writer contributor contributors creator autor auteur".split())
_NOT_THE_NAME = frozenset("image avatar photo more date time title role box".split())
_ELSEWHERE = frozenset(
    "bio description social follow related comment comments media teaser caption figcaption figure credit".split()
)
_PROFILE = re.compile(
    r"/(?:(?:authors?|profiles?|people|person|contributors?|writers?|staff|journalists?|autor(?:en|es|i|e|a)?|auteurs?"
    r"|forfatter|skribent|by)/|@)[\w.%-]+/?$"
)
_HOLDERS = frozenset("a span p div address li strong b em h4 h5 h6 section cite".split())
_UNREAD = frozenset({"script", "style", "noscript", "template", "svg"})
_MARKS = " ,;&/|·•*†‡…"
_BEHIND = re.compile(r"\s*(?:[\d\[%|•·]|\s[-–—]\s).*|,?\s+(?:in|on)\s.*", re.DOTALL)
_NICKNAME = re.compile(r"[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*){0,3}")
_LONGEST = 160
"""Characters of a byline, with what else stands in its line."""

_ASIDE = 60
_MOST_ASIDES = 4
"""Characters of what may stand between two authors (a job, a place, a link to follow one), and how many such."""

_OWN_LINE = 3
"""Elements upwards that may say of a name that it is the author's."""

_MOST_SMALL = 3
"""Words in small letters that a byline may hold."""

_OTHERS = frozenset("related recommended teaser teasers comment comments".split())
_NEAR = 4
"""What a box of other articles is called, and how many elements upwards it is looked for."""

_MOST_PARTS = 12
"""Children of an element that is a byline."""

_GUEST_WITHIN = 90
"""Characters at the beginning of a paragraph within which a guest is introduced."""


class Signature(msgspec.Struct, frozen=True):
    """Who signs beside the title: people, and where there are none the nickname or desk that a byline names."""

    people: tuple[str, ...] = ()
    nickname: str = ""


class _Piece(msgspec.Struct, frozen=True):
    """A run of text, and the element that holds it."""

    text: str
    holder: Element


def visible(evidence: PageMetadata, own: set[str]) -> Signature:
    """The byline beside the title: led by its word, called so by the page, or linked to a profile.

    A piece is `led` by a word of authorship right before it, leads to `another` after "Photos by", and is `joined` to
    the names before it after a comma. Names of the paper itself (the keys `own`) are passed over.
    """
    found: dict[str, None] = {}
    first: Element | None = None
    nickname = ""
    led = another = joined = False
    since = 0
    for piece in _pieces(evidence):
        text = piece.text
        if bylines.is_lead(text) or _names_another(text):
            led, another = bylines.is_lead(text) and not found, not bylines.is_lead(text)
            continue
        names = [] if another else _names(piece, led=led or joined)
        if first is None and names and not own.issuperset(map(key, names)):
            found, first = dict.fromkeys(names), piece.holder
        elif first is not None and names and (joined or _are_alike(piece.holder, first)):
            found |= dict.fromkeys(names)
        elif first is None:
            nickname = nickname or ("" if another else _nickname(piece, led=led))
        elif len(text) > _ASIDE or (since := since + 1) > _MOST_ASIDES:
            break
        led = another = False
        joined = first is not None and (_joins(text) or (bool(names) and _goes_on(text)))
    return Signature(tuple(found), nickname)


def portrayed(evidence: PageMetadata) -> list[str]:
    """The name below a picture that bears it too, between the title and the first paragraph."""
    faces: set[str] = set()
    for element in evidence.beside if evidence.heading is not None else ():
        text = text_of(element) if element.tag in _HOLDERS and not len(element) else ""
        if len(text) > _LONGEST:
            break
        if text in faces and bylines.is_name(text):
            return [text]
        if element.tag == "img" and not any(holder.tag in {"figure", "a"} for holder in element.iterancestors()):
            faces.add(element.get("alt", ""))
    return []


def guest(evidence: PageMetadata) -> list[str]:
    """The guest whom a line of the article introduces as its author: "This is a guest post by Ann Lee, a miller"."""
    for element in evidence.root.iter("p"):
        line = text_of(element) if len(element) <= _MOST_PARTS else ""
        found = _introduction().search(line, 0, _GUEST_WITHIN)
        if found and (name := _NICKNAME.match(line, found.end())) and not _is_elsewhere(element):
            return [re.split(r"[,.;:(!]", f"{name[0]} ")[0].strip()]
    return []


@cache
def _introduction() -> re.Pattern[str]:
    """The words that introduce a guest."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases('bylines', 'guest')))}) ", re.IGNORECASE)


def signed(evidence: PageMetadata) -> list[str]:
    """The byline anywhere in the page, in a line of its own: "Written by Ann Lee", at the foot of a blog's article."""
    for element in evidence.root.iter("h2", "h3", "h4", "h5", "h6", "p"):
        line = text_of(element) if len(element) <= _MOST_PARTS else ""
        following = element.getnext() if bylines.is_lead(line) and " " in line else None
        names = list(bylines.people(text_of(following))) if following is not None else list(bylines.byline(line))
        people = [name for name in names if bylines.is_name(name)]
        told = following is not None or len(line.split()) >= len(" ".join(people).split()) + 2
        if people and told:  # a single "by" may lead to anything
            return people
    return []


def only(evidence: PageMetadata) -> list[str]:
    """The one name that a page calls an author's or links to a profile, wherever it stands; none if there are two."""
    found: dict[str, None] = {}
    for element in evidence.root.iter(*_HOLDERS):
        holder = element.getparent()
        said = words(f"{element.get('class', '')} {holder.get('class', '') if holder is not None else ''}")
        if ("name" in said and not _CALLED.isdisjoint(said)) or _leads_to_profile(element):
            text = text_of(element)
            if bylines.is_person(text) and not _names_another(_before(element)):
                found[text] = None
    return [*found] if len(found) == 1 else []


def _before(element: Element) -> str:
    """The words right before an element, in what holds it."""
    before = element.getprevious()
    text = element.getparent().text if before is None else before.tail or text_of(before)
    return squeeze(text or "")[-_LONGEST:]


def _pieces(evidence: PageMetadata) -> Iterator[_Piece]:
    """The runs of text beside the title, in order."""
    opened: list[Element] = []
    for element in evidence.beside:
        parent = element.getparent()
        while opened and opened[-1] is not parent:
            closed = opened.pop()
            if text := squeeze(closed.tail or ""):
                yield _Piece(text, closed.getparent())
        opened.append(element)
        if element.tag not in _UNREAD and (text := squeeze(element.text or "")):
            yield _Piece(text, element)


def _names_another(text: str) -> bool:
    """Whether a piece leads to the name of somebody else: "Reviewed by", "Photos:"."""
    return len(text) <= _LONGEST and _other().search(text.rstrip(" :")) is not None


@cache
def _other() -> re.Pattern[str]:
    """The words that lead to the name of somebody else."""
    return re.compile(rf"(?:^|\s)(?:{'|'.join(map(re.escape, phrases('bylines', 'other')))})$", re.IGNORECASE)


def _joins(text: str) -> bool:
    """Whether a piece only joins two names: a comma, "and", the number of a note."""
    rest = text.strip(_MARKS)
    return not rest or rest.isdecimal() or rest.casefold() in vocabulary("bylines", "and")


def _goes_on(text: str) -> bool:
    """Whether a list of names goes on behind a piece: it ends with a comma, with "and"."""
    return text[-1] in _MARKS or text.rsplit(maxsplit=1)[-1].casefold() in vocabulary("bylines", "and")


def _names(piece: _Piece, *, led: bool) -> list[str]:
    """The people that a piece names, if it is sure to be a byline or a part of one."""
    if len(piece.text) > _LONGEST:
        return []
    first, _, rest = piece.text.partition(" ")
    line = rest if _joins(first) else piece.text
    if not (led or bylines.leads(line) or _is_called(piece.holder)):
        return []
    people: list[str] = []
    if _is_sentence(line := _cut(line)) or _is_elsewhere(piece.holder):
        return []
    for name in bylines.people(line):
        if bylines.is_person(name):
            people.append(name)
        elif not name[0].isupper():
            return []  # "Author Ann Lee, from the mill, said": a sentence
        else:
            break  # a place or a job
    return people


def _is_sentence(line: str) -> bool:
    """Whether a line says more than a name, a job and a place: "By Popular Demand, the mill opens once more"."""
    return sum(map(_is_small, line.split())) > _MOST_SMALL


def _is_elsewhere(holder: Element) -> bool:
    """Whether an element stands in a box that tells of other articles."""
    return any(not _OTHERS.isdisjoint(words(box.get("class", ""))) for box in islice(holder.iterancestors(), _NEAR))


def _cut(line: str) -> str:
    """A byline without what runs on behind it: the date, the time it takes, the section."""
    moment = publication_dates.find(line)
    return _BEHIND.sub("", line[: moment.start] if moment else line).strip(" ,")


def _nickname(piece: _Piece, *, led: bool) -> str:
    """The short name of a byline that names nobody in full: "By millwright", an agency, a desk."""
    if not led and not (lead := bylines.leads(piece.text)) and not _leads_to_profile(piece.holder):
        return ""
    if _is_sentence(piece.text) or _is_elsewhere(piece.holder):
        return ""
    if led and _is_called(piece.holder) and len(piece.text.split()) == 1:
        return piece.text
    line = _cut(piece.text.partition(" ")[2] if not led and lead else piece.text).partition(",")[0].strip(" :")
    return line if _NICKNAME.fullmatch(line) and len(line) > 1 and not any(map(_is_small, line.split())) else ""


def _is_small(word: str) -> bool:
    return word[0].islower()


def _has_many_parts(element: Element) -> bool:
    """Whether an element holds more than a byline does; thousands are not counted to the end."""
    return next(islice(element, _MOST_PARTS, None), None) is not None


def _is_called(holder: Element) -> bool:
    """Whether an element, or a small one around it, is called the author's, or leads to a profile."""
    element: Element | None = holder
    for _ in range(_OWN_LINE):
        if element is None or element.tag not in _HOLDERS or _has_many_parts(element):
            return False
        said = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('rel', '')}"
        if not _ELSEWHERE.isdisjoint(words(said)):
            return False
        if _leads_to_profile(element) or any(words(name)[-1:] and words(name)[-1] in _CALLED for name in said.split()):
            return True
        if not _NOT_THE_NAME.isdisjoint(words(said)):
            return False
        if not _CALLED.isdisjoint(words(said)):
            return True
        element = element.getparent()
    return False


def _are_alike(element: Element, other: Element) -> bool:
    """Whether two names are held in the same way."""
    return element.tag == other.tag and "class" in element.attrib and element.get("class") == other.get("class")


def _leads_to_profile(element: Element) -> bool:
    return element.tag == "a" and bool(_PROFILE.search(element.get("href", "").partition("?")[0]))
