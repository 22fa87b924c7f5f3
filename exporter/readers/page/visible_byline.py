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
from exporter.readers.page.dom import Element, collapse_space, name_words, text_of
from exporter.readers.page.page_metadata import PageMetadata
from exporter.readers.page.prose import text_key
from exporter.readers.wordlists import get_phrase_set, get_phrases

# What pages call a byline; what they call its neighbours (but "title__author" is a byline); what names somebody else.
_AUTHOR_WORDS = frozenset("author authors byline bylines writer contributor contributors creator autor auteur".split())
_NOT_NAME_WORDS = frozenset("image avatar photo more date time title role box".split())
_OTHER_PERSON_WORDS = frozenset(
    "bio description social follow related comment comments media teaser caption figcaption figure credit".split()
)
_PROFILE_URL = re.compile(
    r"/(?:(?:authors?|profiles?|people|person|contributors?|writers?|staff|journalists?|autor(?:en|es|i|e|a)?|auteurs?"
    r"|forfatter|skribent|by)/|@)[\w.%-]+/?$"
)
_NAME_TAGS = frozenset("a span p div address li strong b em h4 h5 h6 section cite".split())
_UNREAD_TAGS = frozenset({"script", "style", "noscript", "template", "svg"})
_JOINING_MARKS = " ,;&/|·•*†‡…"
_AFTER_BYLINE = re.compile(r"\s*(?:[\d\[%|•·]|\s[-–—]\s).*|,?\s+(?:in|on)\s.*", re.DOTALL)
_NICKNAME = re.compile(r"[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*){0,3}")
_MAX_BYLINE_CHARS = 160
"""Characters of a byline, with what else stands in its line."""

_MAX_ASIDE_CHARS = 60
_MAX_ASIDES = 4
"""Characters of what may stand between two authors (a job, a place, a link to follow one), and how many such."""

_MAX_AUTHOR_LEVELS = 3
"""Elements upwards that may say of a name that it is the author's."""

_MAX_LOWER_CASE_WORDS = 3
"""Words in small letters that a byline may hold."""

_OTHER_ARTICLE_WORDS = frozenset("related recommended teaser teasers comment comments".split())
_MAX_BOX_LEVELS = 4
"""What a box of other articles is called, and how many elements upwards it is looked for."""

_MAX_BYLINE_CHILDREN = 12
"""Children of an element that is a byline."""

_MAX_GUEST_START_CHARS = 90
"""Characters at the beginning of a paragraph within which a guest is introduced."""


class Signature(msgspec.Struct, frozen=True):
    """Who signs beside the title: people, and where there are none the nickname or desk that a byline names."""

    people: tuple[str, ...] = ()
    nickname: str = ""


class _TextRun(msgspec.Struct, frozen=True):
    """A run of text, and the element that holds it."""

    text: str
    holder: Element


def find_visible_byline(metadata: PageMetadata, own: set[str]) -> Signature:
    """The byline beside the title: led by its word, called so by the page, or linked to a profile.

    A piece is `led` by a word of authorship right before it, leads to `another` after "Photos by", and is `joined` to
    the names before it after a comma. Names of the paper itself (the keys `own`) are passed over.
    """
    found: dict[str, None] = {}
    first: Element | None = None
    nickname = ""
    led = another = joined = False
    since = 0
    for piece in _text_runs(metadata):
        text = piece.text
        if bylines.is_lead(text) or _leads_to_other(text):
            led, another = bylines.is_lead(text) and not found, not bylines.is_lead(text)
            continue
        names = [] if another else _names_in_run(piece, led=led or joined)
        if first is None and names and not own.issuperset(map(text_key, names)):
            found, first = dict.fromkeys(names), piece.holder
        elif first is not None and names and (joined or _has_same_markup(piece.holder, first)):
            found |= dict.fromkeys(names)
        elif first is None:
            nickname = nickname or ("" if another else _find_nickname(piece, led=led))
        elif len(text) > _MAX_ASIDE_CHARS or (since := since + 1) > _MAX_ASIDES:
            break
        led = another = False
        joined = first is not None and (_is_joint(text) or (bool(names) and _has_open_end(text)))
    return Signature(tuple(found), nickname)


def find_portrayed_author(metadata: PageMetadata) -> list[str]:
    """The name below a picture that bears it too, between the title and the first paragraph."""
    faces: set[str] = set()
    for element in metadata.beside if metadata.heading is not None else ():
        text = text_of(element) if element.tag in _NAME_TAGS and not len(element) else ""
        if len(text) > _MAX_BYLINE_CHARS:
            break
        if text in faces and bylines.is_name(text):
            return [text]
        if element.tag == "img" and not any(holder.tag in {"figure", "a"} for holder in element.iterancestors()):
            faces.add(element.get("alt", ""))
    return []


def find_guest_author(metadata: PageMetadata) -> list[str]:
    """The guest whom a line of the article introduces as its author: "This is a guest post by Ann Lee, a miller"."""
    for element in metadata.root.iter("p"):
        line = text_of(element) if len(element) <= _MAX_BYLINE_CHILDREN else ""
        found = _guest_introduction().search(line, 0, _MAX_GUEST_START_CHARS)
        if found and (name := _NICKNAME.match(line, found.end())) and not _is_in_other_articles(element):
            return [re.split(r"[,.;:(!]", f"{name[0]} ")[0].strip()]
    return []


@cache
def _guest_introduction() -> re.Pattern[str]:
    """The words that introduce a guest."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, get_phrases('bylines', 'guest')))}) ", re.IGNORECASE)


def find_signed_line(metadata: PageMetadata) -> list[str]:
    """The byline anywhere in the page, in a line of its own: "Written by Ann Lee", at the foot of a blog's article."""
    for element in metadata.root.iter("h2", "h3", "h4", "h5", "h6", "p"):
        line = text_of(element) if len(element) <= _MAX_BYLINE_CHILDREN else ""
        following = element.getnext() if bylines.is_lead(line) and " " in line else None
        names = (
            list(bylines.extract_names(text_of(following)))
            if following is not None
            else list(bylines.parse_byline(line))
        )
        people = [name for name in names if bylines.is_name(name)]
        told = following is not None or len(line.split()) >= len(" ".join(people).split()) + 2
        if people and told:  # a single "by" may lead to anything
            return people
    return []


def find_only_author(metadata: PageMetadata) -> list[str]:
    """The one name that a page calls an author's or links to a profile, wherever it stands; none if there are two."""
    found: dict[str, None] = {}
    for element in metadata.root.iter(*_NAME_TAGS):
        holder = element.getparent()
        said = name_words(f"{element.get('class', '')} {holder.get('class', '') if holder is not None else ''}")
        if ("name" in said and not _AUTHOR_WORDS.isdisjoint(said)) or _is_profile_link(element):
            text = text_of(element)
            if bylines.is_person(text) and not _leads_to_other(_text_before(element)):
                found[text] = None
    return [*found] if len(found) == 1 else []


def _text_before(element: Element) -> str:
    """The words right before an element, in what holds it."""
    before = element.getprevious()
    text = element.getparent().text if before is None else before.tail or text_of(before)
    return collapse_space(text or "")[-_MAX_BYLINE_CHARS:]


def _text_runs(metadata: PageMetadata) -> Iterator[_TextRun]:
    """The runs of text beside the title, in order."""
    opened: list[Element] = []
    for element in metadata.beside:
        parent = element.getparent()
        while opened and opened[-1] is not parent:
            closed = opened.pop()
            if text := collapse_space(closed.tail or ""):
                yield _TextRun(text, closed.getparent())
        opened.append(element)
        if element.tag not in _UNREAD_TAGS and (text := collapse_space(element.text or "")):
            yield _TextRun(text, element)


def _leads_to_other(text: str) -> bool:
    """Whether a piece leads to the name of somebody else: "Reviewed by", "Photos:"."""
    return len(text) <= _MAX_BYLINE_CHARS and _other_person_lead().search(text.rstrip(" :")) is not None


@cache
def _other_person_lead() -> re.Pattern[str]:
    """The words that lead to the name of somebody else."""
    return re.compile(rf"(?:^|\s)(?:{'|'.join(map(re.escape, get_phrases('bylines', 'other')))})$", re.IGNORECASE)


def _is_joint(text: str) -> bool:
    """Whether a piece only joins two names: a comma, "and", the number of a note."""
    rest = text.strip(_JOINING_MARKS)
    return not rest or rest.isdecimal() or rest.casefold() in get_phrase_set("bylines", "and")


def _has_open_end(text: str) -> bool:
    """Whether a list of names goes on behind a piece: it ends with a comma, with "and"."""
    return text[-1] in _JOINING_MARKS or text.rsplit(maxsplit=1)[-1].casefold() in get_phrase_set("bylines", "and")


def _names_in_run(piece: _TextRun, *, led: bool) -> list[str]:
    """The people that a piece names, if it is sure to be a byline or a part of one."""
    if len(piece.text) > _MAX_BYLINE_CHARS:
        return []
    first, _, rest = piece.text.partition(" ")
    line = rest if _is_joint(first) else piece.text
    if not (led or bylines.has_lead_at(line) or _is_author_element(piece.holder)):
        return []
    people: list[str] = []
    if _is_sentence_line(line := _cut_byline(line)) or _is_in_other_articles(piece.holder):
        return []
    for name in bylines.extract_names(line):
        if bylines.is_person(name):
            people.append(name)
        elif not name[0].isupper():
            return []  # "Author Ann Lee, from the mill, said": a sentence
        else:
            break  # a place or a job
    return people


def _is_sentence_line(line: str) -> bool:
    """Whether a line says more than a name, a job and a place: "By Popular Demand, the mill opens once more"."""
    return sum(map(_is_lower_case, line.split())) > _MAX_LOWER_CASE_WORDS


def _is_in_other_articles(holder: Element) -> bool:
    """Whether an element stands in a box that tells of other articles."""
    return any(
        not _OTHER_ARTICLE_WORDS.isdisjoint(name_words(box.get("class", "")))
        for box in islice(holder.iterancestors(), _MAX_BOX_LEVELS)
    )


def _cut_byline(line: str) -> str:
    """A byline without what runs on behind it: the date, the time it takes, the section."""
    moment = publication_dates.find_date(line)
    return _AFTER_BYLINE.sub("", line[: moment.start] if moment else line).strip(" ,")


def _find_nickname(piece: _TextRun, *, led: bool) -> str:
    """The short name of a byline that names nobody in full: "By millwright", an agency, a desk."""
    if not led and not (lead := bylines.has_lead_at(piece.text)) and not _is_profile_link(piece.holder):
        return ""
    if _is_sentence_line(piece.text) or _is_in_other_articles(piece.holder):
        return ""
    if led and _is_author_element(piece.holder) and len(piece.text.split()) == 1:
        return piece.text
    line = _cut_byline(piece.text.partition(" ")[2] if not led and lead else piece.text).partition(",")[0].strip(" :")
    return line if _NICKNAME.fullmatch(line) and len(line) > 1 and not any(map(_is_lower_case, line.split())) else ""


def _is_lower_case(word: str) -> bool:
    return word[0].islower()


def _has_many_parts(element: Element) -> bool:
    """Whether an element holds more than a byline does; thousands are not counted to the end."""
    return next(islice(element, _MAX_BYLINE_CHILDREN, None), None) is not None


def _is_author_element(holder: Element) -> bool:
    """Whether an element, or a small one around it, is called the author's, or leads to a profile."""
    element: Element | None = holder
    for _ in range(_MAX_AUTHOR_LEVELS):
        if element is None or element.tag not in _NAME_TAGS or _has_many_parts(element):
            return False
        said = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('rel', '')}"
        if not _OTHER_PERSON_WORDS.isdisjoint(name_words(said)):
            return False
        if _is_profile_link(element) or any(
            name_words(name)[-1:] and name_words(name)[-1] in _AUTHOR_WORDS for name in said.split()
        ):
            return True
        if not _NOT_NAME_WORDS.isdisjoint(name_words(said)):
            return False
        if not _AUTHOR_WORDS.isdisjoint(name_words(said)):
            return True
        element = element.getparent()
    return False


def _has_same_markup(element: Element, other: Element) -> bool:
    """Whether two names are held in the same way."""
    return element.tag == other.tag and "class" in element.attrib and element.get("class") == other.get("class")


def _is_profile_link(element: Element) -> bool:
    return element.tag == "a" and bool(_PROFILE_URL.search(element.get("href", "").partition("?")[0]))
