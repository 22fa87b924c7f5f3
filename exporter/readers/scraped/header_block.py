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
from exporter.readers import boilerplate, bylines, language_detection, publication_dates, text_tests
from exporter.readers.scraped import glued_fields, header_spans, scraped_title, unmarked_bylines
from exporter.readers.scraped.header_spans import HeaderSpan
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece, dropped_notice

_MIN_PARAGRAPH_CHARS = 120
"""Characters from which a piece that ends a sentence is a paragraph."""

_MAX_PIECES_AFTER_PARAGRAPH = 6
"""Pieces after the first paragraph in which bylines may still stand: below a summary and a picture; furniture aside."""

_MAX_PIECES_ABOVE_TITLE = 12
"""Pieces above the title in which a head may begin; above those stands a menu."""

_MAX_HEADER_PIECES = 60
"""Pieces after the title that can be its head."""

_MAX_GAP_CHARS, _MAX_GAP_BEFORE_DATE_CHARS = 60, 160
"""Characters between two known spans of a head; the longer only before a date that ends the piece."""

_TITLE_START_CHARS = 20  # characters that tell a title within a head

_MONTH_FIRST_LANGUAGES = ("en", "en-US", language_detection.UNKNOWN)
"""Languages in which 3/4 may be the 4th of March."""

_MAX_SECTION_WORDS, _MAX_PLACE_WORDS = 6, 3  # words
_NAMES_AND_COUNTER = re.compile(r"([^\d|]+)(\|.*|\d.*)")
_DATELINE_DASH = re.compile(r"[^.!?]{0,40}?\s[-–—]{1,2}\s")
_SOURCE_LABEL = re.compile(r"^(?:Source|Quelle|Fuente|Via):?\s+\S+\s*")


class _HeaderFacts(msgspec.Struct):
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


def read_header(page: ScrapedPage) -> ScrapedPage:
    """Take section, authors and dates out of the head of a page."""
    pieces = page.pieces
    metadata = page.metadata
    facts = _HeaderFacts(
        pieces, metadata.title, metadata.site or "", day_first=metadata.language not in _MONTH_FIRST_LANGUAGES
    )
    start = _find_title_piece(pieces)
    end = _find_header_end(pieces, start)
    facts.section = _find_section(pieces, start)
    rests = [piece.text for piece in pieces[:end]]
    above, below = range(max(0, start - _MAX_PIECES_ABOVE_TITLE), start), range(start, end)
    # What stands above the title may be a menu's: the day it is, "By industry".
    places = [*below, *above] if any(boilerplate.classify(piece.text) for piece in pieces[:start]) else [*above, *below]
    for number in places:
        if pieces[number].kind != "heading":
            rests[number] = _read_piece(pieces[number].text, facts)
    if not facts.authors and not facts.weak:
        for number, authors in unmarked_bylines.find_name_lines(pieces, rests, places, facts.site):
            facts.weak.extend(authors)
            facts.notices.append(dropped_notice(rests[number], "the page's head"))
            rests[number] = ""
    if not facts.published:
        facts.published = _find_dateline(rests)
    head = [
        piece if rest == piece.text else msgspec.structs.replace(piece, text=rest)
        for piece, rest in zip(pieces, rests, strict=False)
        if rest
    ]
    return ScrapedPage((*head, *pieces[end:]), _merge_facts(metadata, facts), (*page.notices, *facts.notices))


def _find_dateline(texts: Sequence[str]) -> str:
    """Return the date that the first paragraph begins with, behind a place: "AVERILL, May 3, 2024 (News) - The ..."."""
    first = next((text for text in texts if text_tests.is_paragraph(text, _MIN_PARAGRAPH_CHARS)), "")[
        : 2 * _MAX_GAP_CHARS
    ]
    moment = publication_dates.find_date(first)
    if not moment or moment.start > _MAX_GAP_CHARS or not _DATELINE_DASH.match(first[moment.end :]):
        return ""
    place = first[: moment.start].strip(unmarked_bylines.SEPARATOR_MARKS).split()
    return moment.value if place and all(word[0].isupper() for word in place) else ""


def _find_title_piece(pieces: Sequence[TextPiece]) -> int:
    """Return the number of the piece that is the page's heading: the last repetition of the title."""
    return max((n for n, piece in enumerate(pieces) if piece.level == 1), default=0)


def _find_header_end(pieces: Sequence[TextPiece], start: int) -> int:
    """Return the number of the piece before which head lines may stand."""
    after = -1
    for number in range(start, min(len(pieces), start + _MAX_HEADER_PIECES)):
        begun = after >= 0 or text_tests.is_paragraph(pieces[number].text, _MIN_PARAGRAPH_CHARS)
        after += begun and not boilerplate.classify(pieces[number].text)
        if after >= _MAX_PIECES_AFTER_PARAGRAPH:
            return number
    return min(len(pieces), start + _MAX_HEADER_PIECES)


def _read_piece(text: str, facts: _HeaderFacts) -> str:
    """Take what is known off a piece; returns what remains of it."""
    text = glued_fields.split_glued_facts(text) if len(text) <= _MAX_GAP_BEFORE_DATE_CHARS else text
    text = _strip_share_words(text, facts)
    if names := _names_before_counter(text, facts):
        facts.authors = facts.authors or names
        facts.notices.append(dropped_notice(text, "the page's head"))
        return ""
    found = header_spans.find_spans(text, facts.title, facts.day_first) if _may_hold_facts(text, facts.title) else ()
    facts.shares = bool(found) and found[-1].kind == "words" and found[-1].end == len(text)
    if not found:
        return text
    begin, end = 0, 0
    if any(span.kind == "title" for span in found) or _starts_with_date(text, found, facts):
        end = _read_glued_header(text, found, facts)
    elif len(text) <= header_spans.MAX_HEADER_CHARS and _is_fact(text, found, facts):
        end = len(text)
    elif begin := _find_trailing_byline(text, found):
        end = len(text)
        for span in found:
            if span.start >= begin:
                _add_span(span, facts)
    if begin == end:
        return text
    facts.notices.append(dropped_notice(text[begin:end], "the page's head"))
    return text[:begin].rstrip(unmarked_bylines.SEPARATOR_MARKS) or text[end:].lstrip(unmarked_bylines.SEPARATOR_MARKS)


def _strip_share_words(text: str, facts: _HeaderFacts) -> str:
    """Leave out share words that a piece begins with because the row of them in the piece before goes on."""
    size = boilerplate.measure_rest_of_share_row(text) if facts.shares else 0
    if size:
        facts.notices.append(dropped_notice(text[:size], "share buttons"))
    return text[size:].lstrip()


def _names_before_counter(text: str, facts: _HeaderFacts) -> list[str]:
    """Return the people of a line that says how long ago they wrote: "Ann Lee | Published 4 months ago"."""
    match = _NAMES_AND_COUNTER.fullmatch(text) if len(text) <= _MAX_GAP_BEFORE_DATE_CHARS else None
    return (
        unmarked_bylines.find_names(match[1].strip(unmarked_bylines.SEPARATOR_MARKS), facts.site, facts.pieces)
        if match and boilerplate.classify(match[2]) == "counter"
        else []
    )


def _may_hold_facts(text: str, title: str) -> bool:
    """Whether a piece is worth a closer look: no paragraph, or one that holds the title or ends in a byline."""
    if not text_tests.is_paragraph(text, _MIN_PARAGRAPH_CHARS) or (
        title and title[:_TITLE_START_CHARS] in text[: header_spans.MAX_HEADER_CHARS]
    ):
        return True
    return publication_dates.find_date(text[-_MAX_GAP_CHARS:]) is not None


def _read_glued_header(text: str, found: Sequence[HeaderSpan], facts: _HeaderFacts) -> int:
    """Read a run-together head; returns where it ends."""
    end = 0
    for gap, span in header_spans.pair_with_gaps(text, found):
        words = _SOURCE_LABEL.sub("", gap.strip(unmarked_bylines.SEPARATOR_MARKS))
        last = span.kind == "date" and span.end >= len(text) - 2
        if len(words) > (_MAX_GAP_BEFORE_DATE_CHARS if last and not facts.published else _MAX_GAP_CHARS) or (
            facts.published and span.kind == "date" and not _is_labelled_date(span)
        ):
            break
        if words and span.kind == "title" and not end:
            facts.section = words if len(words.split()) <= _MAX_SECTION_WORDS else facts.section
        elif words:
            facts.weak.extend(unmarked_bylines.find_names(words, facts.site, facts.pieces))
        _add_span(span, facts)
        end = span.end
    return end


def _starts_with_date(text: str, found: Sequence[HeaderSpan], facts: _HeaderFacts) -> bool:
    """Whether a piece begins with a date and more of a head: "Ann Lee May 3, 2024 12 Share A summary ..."."""
    first = found[0]
    before = text[: first.start].strip(unmarked_bylines.SEPARATOR_MARKS)
    if first.kind != "date" or (before and not unmarked_bylines.find_names(before, facts.site, facts.pieces)):
        return False
    follows = len(found) > 1 and len(text[first.end : found[1].start].strip(unmarked_bylines.SEPARATOR_MARKS)) <= len(
        "12 345"
    )
    return _is_labelled_date(first) or bool(before) or follows


def _is_labelled_date(span: HeaderSpan) -> bool:
    return span.moment is not None and span.moment.event != ""


def _is_fact(text: str, found: Sequence[HeaderSpan], facts: _HeaderFacts) -> bool:
    """Whether a piece states facts and nothing else, but for names, jobs and the site; notes them if so."""
    if not any(span.kind in ("date", "byline") for span in found):
        return False
    if any(
        span.kind == "byline"
        and unmarked_bylines.find_names(gap.strip(unmarked_bylines.SEPARATOR_MARKS), facts.site, facts.pieces)
        for gap, span in header_spans.pair_with_gaps(text, found)
    ):
        return False  # "The Long Ferry by Ann Lee": a book, and its author
    rest = [gap.strip(unmarked_bylines.SEPARATOR_MARKS) for gap, _ in header_spans.pair_with_gaps(text, found)]
    rest.append(text[found[-1].end :].strip(unmarked_bylines.SEPARATOR_MARKS))
    names: list[str] = []
    for words in filter(None, rest):
        part = _SOURCE_LABEL.sub("", words).strip(unmarked_bylines.SEPARATOR_MARKS)
        these = [] if publication_dates.is_label(part) else unmarked_bylines.find_names(part, facts.site, facts.pieces)
        said = (
            these
            or part.casefold() == facts.site.casefold()
            or part.replace(" ", "").isdigit()
            or boilerplate.classify(part)
            or publication_dates.is_label(part)
            or _is_place(part, text)
        )
        if part and not said and not all(map(bylines.is_role, part.split())):
            return False
        names.extend(these)
    facts.weak.extend(names)
    for span in found:
        _add_span(span, facts)
    return True


def _is_place(words: str, text: str) -> bool:
    """Whether a line of facts begins with the place where it was written: "Averill, May 3", "Averill 3/5/2024"."""
    proper = len(words.split()) <= _MAX_PLACE_WORDS and all(word[0].isupper() for word in words.split())
    return proper and text.startswith(words) and re.match(r"\s?[,–—-]\s|\s\d", text[len(words) :]) is not None


def _find_trailing_byline(text: str, found: Sequence[HeaderSpan]) -> int:
    """Return where a byline with what follows it begins at the end of a piece, right after a sentence; else 0."""
    end = len(text)
    begin = 0
    for span in reversed(found):
        if len(text[span.end : end].strip(unmarked_bylines.SEPARATOR_MARKS)) > 2:
            break
        end = span.start
        if span.kind == "byline" and end and text_tests.ends_sentence(text[:end].rstrip()):
            begin = end
    return begin


def _add_span(span: HeaderSpan, facts: _HeaderFacts) -> None:
    # "By industry" is a menu's.
    facts.authors = facts.authors or [
        name for name in span.names if not (name.islower() and unmarked_bylines.is_ordinary_phrase(name, facts.pieces))
    ]
    if span.moment and span.moment.event == "modified":
        facts.modified = facts.modified or span.moment.value
    elif span.moment:
        facts.published = facts.published or span.moment.value


def _find_section(pieces: Sequence[TextPiece], at: int) -> str:
    """Return the line right before the heading, if it may be a section's name."""
    if at == 0 or pieces[at - 1].level == 1:
        return ""
    text = pieces[at - 1].text
    if trail := scraped_title.split_breadcrumb(text):
        text = trail[-1]
    fit = len(text.split()) <= _MAX_SECTION_WORDS and len(text) <= 40 and not text_tests.ends_sentence(text)
    return text if fit and not boilerplate.classify(text) and not publication_dates.find_date(text) else ""


def _merge_facts(known: Metadata, facts: _HeaderFacts) -> Metadata:
    weak = tuple(dict.fromkeys(facts.weak)) if facts.published or facts.modified else ()
    return msgspec.structs.replace(
        known,
        authors=known.authors or tuple(facts.authors) or weak,
        published=known.published or facts.published or facts.modified or None,
        modified=known.modified or (facts.modified if facts.published else None) or None,
        section=known.section or facts.section or None,
    )
