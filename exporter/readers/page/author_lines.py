"""Lines that name the author anywhere in the page: a guest's introduction, a byline in a line of its own."""

from __future__ import annotations

import re
from functools import cache

from exporter.readers import boilerplate, bylines, publication_dates
from exporter.readers.page.author_markup import (
    has_many_children,
    is_in_other_articles,
    is_other_person,
    is_profile_link,
)
from exporter.readers.page.dom import Element, collapse_space, text_of
from exporter.readers.page.page_metadata import PageMetadata
from exporter.readers.text_tests import MAX_BYLINE_CHARS
from exporter.readers.wordlists import get_phrases

NICKNAME = re.compile(r"[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*){0,3}")
"""One to four words, none in lower case."""

_MAX_INTRODUCTION_START_CHARS = 90
"""Characters at the beginning of a paragraph within which a guest is introduced (chosen by reading pages)."""

_LINE_TAGS = frozenset({"p", "div", "span", "li", "small"})
_MIN_TEXT_PARAGRAPH_CHARS = 200
"""A longer paragraph is the article's text (chosen by reading pages)."""


def find_guest_author(metadata: PageMetadata) -> list[str]:
    """Return the guest whom a paragraph introduces: "This is a guest post by Ann Lee, a miller"; else empty."""
    for element in metadata.root.iter("p"):
        line = _read_line(element)
        found = _guest_introduction().search(line, 0, _MAX_INTRODUCTION_START_CHARS)
        if found and (name := NICKNAME.match(line, found.end())) and not is_in_other_articles(element):
            return [re.split(r"[,.;:(!]", f"{name[0]} ")[0].strip()]
    return []


def find_signed_line(metadata: PageMetadata) -> list[str]:
    """Return the names of the first byline in a line of its own: "Written by Ann Lee", below a blog's article."""
    for element in metadata.root.iter("h2", "h3", "h4", "h5", "h6", "p"):
        line = _read_line(element)
        # "Written by" may be a heading above the name; a single "by" may lead to anything.
        following = element.getnext() if bylines.is_lead(line) and " " in line else None
        if following is not None:
            people = _keep_full_names(bylines.extract_names(text_of(following)))
            leads = True
        else:
            people = _keep_full_names(bylines.parse_byline(line))
            # "By Mill Pond Hotels" is no more than a name.
            named = element.tag == "p" and all(len(name.split()) == 2 for name in people)
            plain = named and not is_in_other_articles(element)
            leads = plain or len(line.split()) >= len(" ".join(people).split()) + 2
        if people and leads:
            return people
    return []


def find_lone_name(metadata: PageMetadata) -> list[str]:
    """Return the name that is a line above the text, alone or beside the date; empty if there are two or none."""
    names: set[str] = set()
    for element in metadata.beside:
        if element.tag not in _LINE_TAGS or has_many_children(element):
            continue
        text = " | ".join(filter(None, map(collapse_space, element.itertext())))
        if len(text) > _MIN_TEXT_PARAGRAPH_CHARS:
            if element.tag == "p":
                break
            continue
        name = text if element.tag == "p" and _is_lone_name(text) else _read_name_beside_date(text)
        if name and not (is_in_other_articles(element) or is_other_person(element) or _leads_elsewhere(element, name)):
            names.add(name)
    return [*names] if len(names) == 1 else []


def _read_name_beside_date(line: str) -> str:
    """Return the person whose name is all that a line holds beside a date: "Ann Lee | 4 May 2024"; else empty."""
    moment = publication_dates.find_date(line) if len(line) <= MAX_BYLINE_CHARS else None
    rest = f"{line[: moment.start]}{line[moment.end :]}".strip(" |,;·•–—-") if moment else ""
    return rest if _is_lone_name(rest) else ""


def _is_lone_name(text: str) -> bool:
    """Whether a text that nothing calls a byline is a person's name: in words, since any two ideographs may be one."""
    return " " in text and text[-1] != "." and bylines.is_person(text) and not boilerplate.classify(text)


def _leads_elsewhere(element: Element, name: str) -> bool:
    """Whether a name is a link, but not to a profile: the section above the date."""
    return any(text_of(link) == name and not is_profile_link(link) for link in element.iter("a"))


def leads_to_other(text: str) -> bool:
    """Whether a text leads to the name of somebody who is not the author: "Reviewed by", "Photos:"."""
    return len(text) <= MAX_BYLINE_CHARS and _other_person_lead().search(text.rstrip(" :")) is not None


def _read_line(element: Element) -> str:
    return "" if has_many_children(element) else text_of(element)


def _keep_full_names(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if bylines.is_name(name)]


@cache
def _guest_introduction() -> re.Pattern[str]:
    """Match the words that introduce a guest."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, get_phrases('bylines', 'guest')))}) ", re.IGNORECASE)


@cache
def _other_person_lead() -> re.Pattern[str]:
    """Match the words that lead to the name of somebody else, at the end of a text."""
    return re.compile(rf"(?:^|\s)(?:{'|'.join(map(re.escape, get_phrases('bylines', 'other')))})$", re.IGNORECASE)
