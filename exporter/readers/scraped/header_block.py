"""The head of a page: section, byline, dates and share words, run together or a line each.

A piece that holds the title and more was run together: everything up to its last known span is the head, what follows
is the article's. Any other piece near the title is a fact only as a whole, or by its end ("... a summary. By Ann Lee").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from exporter.article import Metadata
from exporter.errors import Notice
from exporter.readers import boilerplate, bylines, language_detection, publication_dates
from exporter.readers.scraped import glued_fields, header_spans, scraped_title, sentence_ends, unmarked_bylines
from exporter.readers.scraped.header_spans import HeaderSpan
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece, dropped

_PROSE = 120
"""Characters from which a piece that ends a sentence is a paragraph."""

_AFTER = 6
"""Pieces after the first paragraph in which bylines may still stand: below a summary and a picture; furniture aside."""

_ABOVE = 12
"""Pieces above the title in which a head may begin; above those stands a menu."""

_WINDOW = 60
"""Pieces after the title that can be its head."""

_GAP, _LONGEST_GAP = 60, 160
"""Characters between two known spans of a head; the longer only before a date that ends the piece."""

_TITLE_START = 20  # characters that tell a title within a head

_MONTH_FIRST = ("en", "en-US", language_detection.UNKNOWN)
"""Languages in which 3/4 may be the 4th of March."""

_SECTION, _WORDS_OF_PLACE = 6, 3  # words
_COUNTED = re.compile(r"([^\d|]+)(\|.*|\d.*)")
_DASH = re.compile(r"[^.!?]{0,40}?\s[-–—]{1,2}\s")
_SOURCE = re.compile(r"^(?:Source|Quelle|Fuente|Via):?\s+\S+\s*")


class _Facts(msgspec.Struct):
    """What a head says; filled while it is read.

    `weak` holds names without a leading word, `shares` says that the piece read last ends in share words.
    """

    pieces: Sequence[TextPiece]
    title: str
    site: str
    day_first: bool
    authors: list[str] = []
    weak: list[str] = []
    notices: list[Notice] = []
    published: str = ""
    modified: str = ""
    section: str = ""
    shares: bool = False


def take_apart(page: ScrapedPage) -> ScrapedPage:
    """Take section, authors and dates out of the head of a page."""
    pieces = page.pieces
    metadata = page.metadata
    facts = _Facts(pieces, metadata.title, metadata.site or "", day_first=metadata.language not in _MONTH_FIRST)
    start = _title_at(pieces)
    end = _end(pieces, start)
    facts.section = _section(pieces, start)
    rests = [piece.text for piece in pieces[:end]]
    above, below = range(max(0, start - _ABOVE), start), range(start, end)
    # What stands above the title may be a menu's: the day it is, "By industry".
    places = [*below, *above] if any(boilerplate.kind(piece.text) for piece in pieces[:start]) else [*above, *below]
    for number in places:
        if pieces[number].kind != "heading":
            rests[number] = _read(pieces[number].text, facts)
    if not facts.authors and not facts.weak:
        for number, authors in unmarked_bylines.alone(pieces, rests, places, facts.site):
            facts.weak.extend(authors)
            facts.notices.append(dropped(rests[number], "the page's head"))
            rests[number] = ""
    if not facts.published:
        facts.published = _dateline(rests)
    head = [
        piece if rest == piece.text else msgspec.structs.replace(piece, text=rest)
        for piece, rest in zip(pieces, rests, strict=False)
        if rest
    ]
    return ScrapedPage((*head, *pieces[end:]), _merge(metadata, facts), (*page.notices, *facts.notices))


def _dateline(texts: Sequence[str]) -> str:
    """Return the date that the first paragraph begins with, behind a place: "AVERILL, May 3, 2024 (News) - The ..."."""
    first = next((text for text in texts if sentence_ends.is_prose(text, _PROSE)), "")[: 2 * _GAP]
    moment = publication_dates.find(first)
    if not moment or moment.start > _GAP or not _DASH.match(first[moment.end :]):
        return ""
    place = first[: moment.start].strip(unmarked_bylines.MARKS).split()
    return moment.value if place and all(word[0].isupper() for word in place) else ""


def _title_at(pieces: Sequence[TextPiece]) -> int:
    """Return the number of the piece that is the page's heading: the last repetition of the title."""
    return max((n for n, piece in enumerate(pieces) if piece.level == 1), default=0)


def _end(pieces: Sequence[TextPiece], start: int) -> int:
    """Return the number of the piece before which head lines may stand."""
    after = -1
    for number in range(start, min(len(pieces), start + _WINDOW)):
        begun = after >= 0 or sentence_ends.is_prose(pieces[number].text, _PROSE)
        after += begun and not boilerplate.kind(pieces[number].text)
        if after >= _AFTER:
            return number
    return min(len(pieces), start + _WINDOW)


def _read(text: str, facts: _Facts) -> str:
    """Take what is known off a piece; returns what remains of it."""
    text = glued_fields.parted(text) if len(text) <= _LONGEST_GAP else text
    text = _without_shares(text, facts)
    if names := _ago(text, facts):
        facts.authors = facts.authors or names
        facts.notices.append(dropped(text, "the page's head"))
        return ""
    found = header_spans.find(text, facts.title, facts.day_first) if _may_state(text, facts.title) else ()
    facts.shares = bool(found) and found[-1].kind == "words" and found[-1].end == len(text)
    if not found:
        return text
    begin, end = 0, 0
    if any(span.kind == "title" for span in found) or _begins_with_date(text, found, facts):
        end = _run_together(text, found, facts)
    elif len(text) <= header_spans.LIMIT and _is_fact(text, found, facts):
        end = len(text)
    elif begin := _tail(text, found):
        end = len(text)
        for span in found:
            if span.start >= begin:
                _note(span, facts)
    if begin == end:
        return text
    facts.notices.append(dropped(text[begin:end], "the page's head"))
    return text[:begin].rstrip(unmarked_bylines.MARKS) or text[end:].lstrip(unmarked_bylines.MARKS)


def _without_shares(text: str, facts: _Facts) -> str:
    """Leave out share words that a piece begins with because the row of them in the piece before goes on."""
    size = boilerplate.rest_of_row(text) if facts.shares else 0
    if size:
        facts.notices.append(dropped(text[:size], "share buttons"))
    return text[size:].lstrip()


def _ago(text: str, facts: _Facts) -> list[str]:
    """Return the people of a line that says how long ago they wrote: "Ann Lee | Published 4 months ago"."""
    match = _COUNTED.fullmatch(text) if len(text) <= _LONGEST_GAP else None
    return (
        unmarked_bylines.names(match[1].strip(unmarked_bylines.MARKS), facts.site, facts.pieces)
        if match and boilerplate.kind(match[2]) == "counter"
        else []
    )


def _may_state(text: str, title: str) -> bool:
    """Whether a piece is worth a closer look: no paragraph, or one that holds the title or ends in a byline."""
    if not sentence_ends.is_prose(text, _PROSE) or (title and title[:_TITLE_START] in text[: header_spans.LIMIT]):
        return True
    return publication_dates.find(text[-_GAP:]) is not None


def _run_together(text: str, found: Sequence[HeaderSpan], facts: _Facts) -> int:
    """Read a run-together head; returns where it ends."""
    end = 0
    for gap, span in header_spans.gaps(text, found):
        words = _SOURCE.sub("", gap.strip(unmarked_bylines.MARKS))
        last = span.kind == "date" and span.end >= len(text) - 2
        if len(words) > (_LONGEST_GAP if last and not facts.published else _GAP) or (
            facts.published and span.kind == "date" and not _labelled(span)
        ):
            break
        if words and span.kind == "title" and not end:
            facts.section = words if len(words.split()) <= _SECTION else facts.section
        elif words:
            facts.weak.extend(unmarked_bylines.names(words, facts.site, facts.pieces))
        _note(span, facts)
        end = span.end
    return end


def _begins_with_date(text: str, found: Sequence[HeaderSpan], facts: _Facts) -> bool:
    """Whether a piece begins with a date and more of a head: "Ann Lee May 3, 2024 12 Share A summary ..."."""
    first = found[0]
    before = text[: first.start].strip(unmarked_bylines.MARKS)
    if first.kind != "date" or (before and not unmarked_bylines.names(before, facts.site, facts.pieces)):
        return False
    follows = len(found) > 1 and len(text[first.end : found[1].start].strip(unmarked_bylines.MARKS)) <= len("12 345")
    return _labelled(first) or bool(before) or follows


def _labelled(span: HeaderSpan) -> bool:
    return span.moment is not None and span.moment.event != ""


def _is_fact(text: str, found: Sequence[HeaderSpan], facts: _Facts) -> bool:
    """Whether a piece states facts and nothing else, but for names, jobs and the site; notes them if so."""
    if not any(span.kind in ("date", "byline") for span in found):
        return False
    if any(
        span.kind == "byline" and unmarked_bylines.names(gap.strip(unmarked_bylines.MARKS), facts.site, facts.pieces)
        for gap, span in header_spans.gaps(text, found)
    ):
        return False  # "The Long Ferry by Ann Lee": a book, and its author
    rest = [gap.strip(unmarked_bylines.MARKS) for gap, _ in header_spans.gaps(text, found)]
    rest.append(text[found[-1].end :].strip(unmarked_bylines.MARKS))
    names: list[str] = []
    for words in filter(None, rest):
        part = _SOURCE.sub("", words).strip(unmarked_bylines.MARKS)
        these = [] if publication_dates.is_label(part) else unmarked_bylines.names(part, facts.site, facts.pieces)
        said = (
            these
            or part.casefold() == facts.site.casefold()
            or part.replace(" ", "").isdigit()
            or boilerplate.kind(part)
            or publication_dates.is_label(part)
            or _is_place(part, text)
        )
        if part and not said and not all(map(bylines.is_role, part.split())):
            return False
        names.extend(these)
    facts.weak.extend(names)
    for span in found:
        _note(span, facts)
    return True


def _is_place(words: str, text: str) -> bool:
    """Whether a line of facts begins with the place where it was written: "Averill, May 3", "Averill 3/5/2024"."""
    proper = len(words.split()) <= _WORDS_OF_PLACE and all(word[0].isupper() for word in words.split())
    return proper and text.startswith(words) and re.match(r"\s?[,–—-]\s|\s\d", text[len(words) :]) is not None


def _tail(text: str, found: Sequence[HeaderSpan]) -> int:
    """Return where a byline with what follows it begins at the end of a piece, right after a sentence; else 0."""
    end = len(text)
    begin = 0
    for span in reversed(found):
        if len(text[span.end : end].strip(unmarked_bylines.MARKS)) > 2:
            break
        end = span.start
        if span.kind == "byline" and end and sentence_ends.ends(text[:end].rstrip()):
            begin = end
    return begin


def _note(span: HeaderSpan, facts: _Facts) -> None:
    # "By industry" is a menu's.
    facts.authors = facts.authors or [
        name for name in span.names if not (name.islower() and unmarked_bylines.is_ordinary(name, facts.pieces))
    ]
    if span.moment and span.moment.event == "modified":
        facts.modified = facts.modified or span.moment.value
    elif span.moment:
        facts.published = facts.published or span.moment.value


def _section(pieces: Sequence[TextPiece], at: int) -> str:
    """Return the line right before the heading, if it may be a section's name."""
    if at == 0 or pieces[at - 1].level == 1:
        return ""
    text = pieces[at - 1].text
    if trail := scraped_title.crumbs(text):
        text = trail[-1]
    fit = len(text.split()) <= _SECTION and len(text) <= 40 and not sentence_ends.ends(text)
    return text if fit and not boilerplate.kind(text) and not publication_dates.find(text) else ""


def _merge(known: Metadata, facts: _Facts) -> Metadata:
    weak = tuple(dict.fromkeys(facts.weak)) if facts.published or facts.modified else ()
    return msgspec.structs.replace(
        known,
        authors=known.authors or tuple(facts.authors) or weak,
        published=known.published or facts.published or facts.modified or None,
        modified=known.modified or (facts.modified if facts.published else None) or None,
        section=known.section or facts.section or None,
    )
