"""The visible byline beside the title.

The page is read in runs of text between tags: "By" and the name after it may stand in two elements, and what follows in
a third ("Follow", a job, the date) is not part of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from exporter.linear_patterns import MAYBE_SPACES
from exporter.readers import boilerplate, bylines, publication_dates
from exporter.readers.page.author_lines import NICKNAME, leads_to_other
from exporter.readers.page.author_markup import (
    has_same_markup,
    is_author_element,
    is_in_other_articles,
    is_profile_link,
)
from exporter.readers.page.dom import Element, collapse_space
from exporter.readers.page.page_metadata import PageMetadata
from exporter.readers.text_tests import MAX_BYLINE_CHARS, text_key
from exporter.readers.wordlists import get_phrase_set

_UNREAD_TAGS = frozenset({"script", "style", "noscript", "template", "svg"})
_JOINING_MARKS = " ,;&/|·•*†‡…"
_AFTER_BYLINE = re.compile(rf"{MAYBE_SPACES}(?:[\d\[%|•·]|(?<=\s)(?:[-–—]|in|on)\s).*", re.DOTALL)

# The numbers were chosen by reading pages; no measurement.

_MAX_ASIDE_CHARS, _MAX_ASIDES = 60, 4
"""Length and number of the texts between two authors: a job, a place, a link to follow one."""

_MAX_LOWER_CASE_WORDS = 3
"""A line with more words in lower case is a sentence, not a byline."""


class Signature(msgspec.Struct, frozen=True):
    """The people whom a byline names by their full names; else the nickname, agency or desk that it names, or empty."""

    people: tuple[str, ...] = ()
    nickname: str = ""


class _TextRun(msgspec.Struct, frozen=True):
    """A run of text between two tags, and the element that holds it."""

    text: str
    holder: Element


def find_visible_byline(metadata: PageMetadata, own_keys: set[str]) -> Signature:
    """Read the byline beside the title: after a lead like "By", in an author's element, or linked to a profile.

    A run is `led` if a lead like "By" stands right before it, belongs to `another` person after "Photos by", and is
    `joined` to the names before it by a comma or "and". A byline of the site's own names alone (`own_keys`) is skipped.
    """
    found: dict[str, None] = {}
    first: Element | None = None
    nickname = ""
    led = another = joined = False
    asides = 0
    for run in _iterate_text_runs(metadata):
        text = run.text
        # After "By" stands the author, even one whose job is also what leads to others: "Ann Lee, Executive Editor".
        if bylines.is_lead(text) or (leads_to_other(text) and not led):
            led, another = bylines.is_lead(text) and not found, not bylines.is_lead(text)
            continue
        another = another or (led and boilerplate.classify(text) != "")
        names = [] if another else _extract_names(run, led=led or joined)
        if first is None and names and not own_keys.issuperset(map(text_key, names)):
            found, first = dict.fromkeys(names), run.holder
        elif first is not None and names and (joined or has_same_markup(run.holder, first)):
            found |= dict.fromkeys(names)
        elif first is None:
            nickname = nickname or ("" if another else _find_nickname(run, led=led))
        elif len(text) > _MAX_ASIDE_CHARS or (asides := asides + 1) > _MAX_ASIDES:
            break
        led = another = False
        joined = first is not None and (_is_joint(text) or (bool(names) and _has_open_end(text)))
    return Signature(tuple(found), nickname)


def _iterate_text_runs(metadata: PageMetadata) -> Iterator[_TextRun]:
    """Yield the runs of text beside the title, in order."""
    opened: list[Element] = []
    for element in metadata.beside:
        parent = element.getparent()
        while opened and opened[-1] is not parent:
            closed = opened.pop()
            if text := collapse_space(closed.tail or ""):
                yield _TextRun(_skip_date(text), closed.getparent())
        opened.append(element)
        if element.tag not in _UNREAD_TAGS and (text := collapse_space(element.text or "")):
            yield _TextRun(_skip_date(text), element)


def _skip_date(text: str) -> str:
    """Return a line without the date before its byline: "4 May 2024 | by Ann Lee"."""
    moment = publication_dates.find_date(text) if len(text) <= MAX_BYLINE_CHARS else None
    rest = text[moment.end :].lstrip(_JOINING_MARKS) if moment else ""
    leads = bylines.is_lead(rest) or bylines.has_lead_at(rest)
    return rest if leads and not bylines.has_lead_at(text) else text


def _is_joint(text: str) -> bool:
    """Whether a text only joins two names: a comma, "and", the number of a note."""
    rest = text.strip(_JOINING_MARKS)
    return not rest or rest.isdecimal() or rest.casefold() in get_phrase_set("bylines", "and")


def _has_open_end(text: str) -> bool:
    """Whether a text ends with a comma or "and", so that a list of names continues after it."""
    return text[-1] in _JOINING_MARKS or text.rsplit(maxsplit=1)[-1].casefold() in get_phrase_set("bylines", "and")


def _extract_names(run: _TextRun, *, led: bool) -> list[str]:
    """Return the people whom a run names if it is surely a byline or a part of one; else empty."""
    if len(run.text) > MAX_BYLINE_CHARS:
        return []
    first, _, rest = run.text.partition(" ")
    line = rest if _is_joint(first) else run.text
    if not (led or bylines.has_lead_at(line) or is_author_element(run.holder)):
        return []
    people: list[str] = []
    if _is_sentence_line(line := _cut_byline(line)) or is_in_other_articles(run.holder):
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


def _cut_byline(line: str) -> str:
    """Cut what follows a byline in its line: the date, the reading time, the section."""
    moment = publication_dates.find_date(line)
    return _AFTER_BYLINE.sub("", line[: moment.start] if moment else line).strip(" ,")


def _find_nickname(run: _TextRun, *, led: bool) -> str:
    """Return the short name of a byline without a full name: "By millwright", an agency, a desk; else empty."""
    has_lead = bylines.has_lead_at(run.text)
    if not (led or has_lead or is_profile_link(run.holder)):
        return ""
    if _is_sentence_line(run.text) or is_in_other_articles(run.holder):
        return ""
    if led and is_author_element(run.holder) and len(run.text.split()) == 1:
        return run.text
    rest = run.text.partition(" ")[2] if has_lead and not led else run.text
    name = _cut_byline(rest).partition(",")[0].strip(" :")
    is_label = ":" in name or "：" in name or boilerplate.classify(name) != ""
    is_short = NICKNAME.fullmatch(name) and len(name) > 1 and not any(map(_is_lower_case, name.split()))
    return name if is_short and not is_label else ""


def _is_lower_case(word: str) -> bool:
    return word[0].islower()
