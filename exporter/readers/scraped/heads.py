"""The head of a page: section, byline, dates and share words, run together or a line each.

A head is taken apart from its front: as long as a piece begins with something known (the title again, a row of share
words, a player's words, a date with its label, a byline), that is taken off. What remains is the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from exporter.article import Metadata
from exporter.errors import Notice
from exporter.readers import bylines, dates, furniture
from exporter.readers.scraped import sentence_ends
from exporter.readers.scraped.page import Page, Piece, dropped

_LONGEST_FACT = 200
"""Characters of a line that states a byline or a date and nothing else."""

_PROSE = 120
"""Characters from which a piece that ends a sentence is a paragraph."""

_AFTER = 6
"""Pieces after the first paragraph in which bylines may still stand: below a summary and a picture."""

_SECTION = 6  # words
_MARKS = " \t|·•/,;:-–—>»"


class _Facts(msgspec.Struct):
    """What a head says; filled while it is read."""

    authors: list[str] = []
    published: str = ""
    modified: str = ""
    section: str = ""


def take_apart(page: Page) -> Page:
    """Take section, authors and dates out of the head of a page, and drop its furniture."""
    facts = _Facts(authors=[])
    notices: list[Notice] = []
    pieces: list[Piece] = []
    start = _title_at(page)
    end = _end(page.pieces, start)
    for number, piece in enumerate(page.pieces):
        if number < end and piece.kind == "text":
            rest = _read(piece.text, page.metadata.title, facts, notices, number < start)
            if rest:
                pieces.append(piece if rest == piece.text else msgspec.structs.replace(piece, text=rest))
        elif piece.level != 1:
            pieces.append(piece)
        elif number == start:
            facts.section = facts.section or _section(page.pieces, number)
            pieces.append(piece)
    return Page(tuple(pieces), _merge(page.metadata, facts), (*page.notices, *notices))


def _title_at(page: Page) -> int:
    """Return the number of the piece that is the page's heading: the last repetition of the title before the text."""
    found = [n for n, piece in enumerate(page.pieces[:400]) if piece.level == 1]
    return found[-1] if found else 0


def _end(pieces: tuple[Piece, ...], start: int) -> int:
    """Return the number of the piece before which head lines may stand."""
    prose = 0
    for number in range(start, min(len(pieces), start + 60)):
        if len(pieces[number].text) >= _PROSE and sentence_ends.ends(pieces[number].text):
            prose = prose or number
        if prose and number >= prose + _AFTER:
            return number
    return min(len(pieces), start + 60)


def _read(text: str, title: str, facts: _Facts, notices: list[Notice], before: bool) -> str:
    """Take what is known off a piece; returns what remains of it."""
    rest = _after_title(text, title, facts, notices)
    ran = rest != text
    if not ran and len(text) > _LONGEST_FACT and sentence_ends.ends(text) and not furniture.row(text):
        return text
    while rest:
        size = _known(rest, facts, notices, ran or before)
        if not size:
            break
        rest = rest[size:].lstrip(_MARKS)
    return rest


def _after_title(text: str, title: str, facts: _Facts, notices: list[Notice]) -> str:
    """Cut a run-together head at the title: what stands before it is the section."""
    at = text.find(title) if title and len(text) > len(title) else -1
    if at < 0 or at > 120:
        return text
    before, rest = text[:at].strip(_MARKS), text[at + len(title) :].lstrip(_MARKS)
    if before and not (furniture.kind(before) or dates.find(before)):
        if len(before.split()) > _SECTION:
            return text
        facts.section = facts.section or before
    elif moment := dates.find(before):
        _date(moment, facts)
    notices.append(dropped(text[: at + len(title)], "the page's head: section and title"))
    return rest


def _known(rest: str, facts: _Facts, notices: list[Notice], ran: bool) -> int:
    """Return how many characters at the front of a head are known, and note what they say; 0 where they are not."""
    moment = dates.find(rest[:_LONGEST_FACT])
    if moment and moment.start == 0:
        _date(moment, facts)
        return moment.end
    if size := _byline(rest, moment, facts):
        return size
    if size := furniture.row(rest):
        if ran or size == len(rest) or " " in rest[:size].strip():
            notices.append(dropped(rest[:size], "share buttons"))
            return size
    if moment and len(rest) <= _LONGEST_FACT and moment.end >= len(rest.rstrip(_MARKS)) - 2:
        return _names_before(rest, moment, facts)
    return 0


def _date(moment: dates.Moment, facts: _Facts) -> None:
    if moment.event == "modified":
        facts.modified = facts.modified or moment.value
    else:
        facts.published = facts.published or moment.value


def _byline(rest: str, moment: dates.Moment | None, facts: _Facts) -> int:
    """Return the length of a byline at the front of a head: up to a date, a share row, or its end."""
    for end in _byline_ends(rest, moment):
        line = rest[:end].strip(_MARKS)
        if len(line) <= _LONGEST_FACT and (names := bylines.byline(line)):
            facts.authors.extend(name for name in names if name not in facts.authors)
            return end
    return 0


def _byline_ends(rest: str, moment: dates.Moment | None) -> Iterator[int]:
    if moment:
        yield moment.start
    for match in re.finditer(r"\s", rest[:_LONGEST_FACT]):
        if furniture.row(rest[match.end() : match.end() + 60]):
            yield match.start()
            break
    if len(rest) <= _LONGEST_FACT:
        yield len(rest)


def _names_before(rest: str, moment: dates.Moment, facts: _Facts) -> int:
    """Read a name that stands right before a date as the author."""
    names = bylines.people(rest[: moment.start].strip(_MARKS))
    if names and all(map(bylines.is_name, names)):
        facts.authors.extend(name for name in names if name not in facts.authors)
        _date(moment, facts)
        return len(rest)
    return 0


def _section(pieces: tuple[Piece, ...], at: int) -> str:
    """Return the line right before the heading, if it may be a section's name."""
    if at == 0 or pieces[at - 1].level == 1:
        return ""
    text = pieces[at - 1].text
    fit = len(text.split()) <= _SECTION and len(text) <= 40 and not sentence_ends.ends(text)
    return text if fit and not furniture.kind(text) and not dates.find(text) else ""


def _merge(known: Metadata, facts: _Facts) -> Metadata:
    return msgspec.structs.replace(
        known,
        authors=known.authors or tuple(facts.authors),
        published=known.published or facts.published or facts.modified or None,
        modified=known.modified or (facts.modified if facts.published else None) or None,
        section=known.section or facts.section or None,
    )
