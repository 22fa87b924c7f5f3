"""The facts in one piece of a page header: byline, dates, share words, run together or alone.

A piece that holds the title and more was run together by the scraper: everything up to its last known span is header,
what follows is the article. Any other piece near the title states facts as a whole, or in a byline at its end
("... a summary. By Ann Lee").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from exporter.account import Dropped
from exporter.article import Metadata
from exporter.errors import Notice
from exporter.readers import boilerplate, bylines, language_detection, publication_dates
from exporter.readers.scraped import header_spans, unmarked_bylines
from exporter.readers.scraped.header_spans import HeaderSpan
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece, describe_line
from exporter.readers.scraped.unmarked_bylines import SEPARATOR_MARKS
from exporter.readers.text_tests import ends_sentence_or_colon, is_paragraph

MAX_SECTION_WORDS = 6
"""Words of a section's name. Chosen by reading pages; no measurement."""

_MONTH_FIRST_LANGUAGES = ("en", "en-US", language_detection.UNKNOWN)
"""Languages in which 3/4 may be March 4; in all others it is the 3rd of April."""

_MAX_GAP_CHARS = 60
"""Characters between two known spans of a header: with 80 the credits of captions below it are lost."""

_MAX_GAP_BEFORE_DATE_CHARS = 160
"""The same before a date that ends the piece: the names of several authors."""

_TITLE_START_CHARS = 20
"""Characters by which a title is recognised within a header."""

_MAX_PLACE_WORDS = 3
"""Words of the place where an article was written."""

_MAX_COUNTER_CHARS = len("12 345")
"""Characters of a number between a date and the share words."""

_MAX_MARKS_BETWEEN = 2
"""Characters between a trailing byline and what follows it."""

_SECTION_MARKS = ("|", "•", "·")
"""Marks between a section's name and the date behind it."""

_NAMES_AND_COUNTER = re.compile(r"([^\d|:]+)(\|.*|\d.*)")
_SOURCE_LABEL = re.compile(r"^(?:Source|Quelle|Fuente|Via):?\s+\S+\s*")
_GLUE = re.compile(r"(?<=[a-zß-ÿ])(?:(?=\d)|(?=[A-ZÀ-Þ][a-zß-ÿ]))")
_LETTERS = re.compile(r"[^\W\d_]+")
_BEHIND_PLACE = re.compile(r"\s?[,–—-]\s|\s\d")


class HeaderFacts(msgspec.Struct):
    """The facts found so far in a page header; `header_pieces` fills them in piece by piece.

    `pieces` are those of the whole page. `day_first` says how to read a date like 3/4. `authors` stand behind a word
    that leads a byline, `unmarked_authors` do not. `ends_in_shares` says that the piece read last ends in share words;
    `line` is the line of that piece.
    An empty string means that the fact is not stated.
    """

    pieces: Sequence[TextPiece]
    title: str
    site: str
    day_first: bool
    authors: list[str] = []
    unmarked_authors: list[str] = []
    notices: list[Notice | Dropped] = []
    published: str = ""
    modified: str = ""
    section: str = ""
    ends_in_shares: bool = False
    line: int = 0

    @classmethod
    def of(cls, page: ScrapedPage) -> HeaderFacts:
        """Return the facts of a page whose header is still to be read."""
        metadata = page.metadata
        day_first = metadata.language not in _MONTH_FIRST_LANGUAGES
        return cls(page.pieces, metadata.title, metadata.site or "", day_first)

    def find_names(self, words: str) -> list[str]:
        """Return the people named in words between other facts of the header; marks at the edges are ignored."""
        return unmarked_bylines.find_names(words.strip(unmarked_bylines.SEPARATOR_MARKS), self.site, self.pieces)

    def add_span(self, span: HeaderSpan) -> None:
        """Take over the names and the date of a span; what was stated before it stays."""
        # A menu's "By industry" is not a byline.
        self.authors = self.authors or [
            name
            for name in span.names
            if not (name.islower() and unmarked_bylines.is_ordinary_phrase(name, self.pieces))
        ]
        if span.moment and span.moment.event == "modified":
            self.modified = self.modified or span.moment.value
        elif span.moment:
            self.published = self.published or span.moment.value

    def add_notice(self, text: str, reason: str = "part of the page's header") -> None:
        """Add the notice that a text of the piece read last was dropped."""
        self.notices.append(Dropped(text, reason, describe_line(self.line)))

    def fill_in(self, metadata: Metadata) -> Metadata:
        """Return the metadata with the header's facts where it states nothing.

        Without a date names without a leading word are doubtful, and left out.
        """
        unmarked = tuple(dict.fromkeys(self.unmarked_authors)) if self.published or self.modified else ()
        return msgspec.structs.replace(
            metadata,
            authors=metadata.authors or tuple(self.authors) or unmarked,
            published=metadata.published or self.published or self.modified or None,
            modified=metadata.modified or (self.modified if self.published else None) or None,
            section=metadata.section or self.section or None,
        )


def read_piece(text: str, facts: HeaderFacts) -> str:
    """Add the facts stated in a piece to those of the header; returns the text that remains of the piece."""
    text = _split_glued_facts(text) if len(text) <= _MAX_GAP_BEFORE_DATE_CHARS else text
    text = _strip_share_words(text, facts)
    if names := _names_before_counter(text, facts):
        facts.authors = facts.authors or names
        facts.add_notice(text)
        return ""
    found = header_spans.find_spans(text, facts.title, facts.day_first) if _may_hold_facts(text, facts.title) else ()
    facts.ends_in_shares = bool(found) and found[-1].kind == "words" and found[-1].end == len(text)
    begin, end = _read_spans(text, found, facts) if found else (0, 0)
    if begin == end:
        return text
    facts.add_notice(text[begin:end])
    return text[:begin].rstrip(SEPARATOR_MARKS) or text[end:].lstrip(SEPARATOR_MARKS)


def _read_spans(text: str, found: Sequence[HeaderSpan], facts: HeaderFacts) -> tuple[int, int]:
    """Add the facts of the spans found in a piece; returns where the part of it that is header begins and ends."""
    if any(span.kind == "title" for span in found) or _starts_with_date(text, found, facts):
        return 0, _read_glued_header(text, found, facts)
    if len(text) <= header_spans.MAX_HEADER_CHARS and _is_facts_only(text, found, facts):
        return 0, len(text)
    if _starts_with_byline(text, found):
        return 0, _read_glued_header(text, found, facts)
    begin = _find_trailing_byline(text, found)
    for span in found if begin else ():
        if span.start >= begin:
            facts.add_span(span)
    return (begin, len(text)) if begin else (0, 0)


def _split_glued_facts(line: str) -> str:
    """Return a line with spaces before the facts in it, if that makes it a line of facts; a doubled line once."""
    middle = len(line) // 2
    once = line[:middle].strip()
    if once == line[middle:].strip() and (
        bylines.is_name(once) or boilerplate.classify(once) or header_spans.is_fact(once)
    ):
        return once
    if byline := _find_byline_behind_name(line):
        return byline
    spaced = _GLUE.sub(lambda place: " " if _begins_fact(line, place.start()) else "", line)
    return spaced if spaced != line and header_spans.is_fact(spaced) else line


def _find_byline_behind_name(line: str) -> str:
    """Return the byline behind the name that it states, the words of the author's picture: "Ann Lee by Ann Lee"."""
    words = line.split()
    rests = (" ".join(words[at:]) for at in range(2, len(words) - 1))
    return next((rest for rest in rests if bylines.parse_byline(rest) == (line[: -len(rest)].strip(),)), "")


def _begins_fact(text: str, at: int) -> bool:
    """Whether a date, its label, or boilerplate begins at a place in a line, or a byline's leading word ends there."""
    rest = text[at:]
    moment = publication_dates.find_date(rest)
    if (moment and moment.start == 0) or boilerplate.classify(rest) or bylines.is_lead(text[:at]):
        return True
    match = _LETTERS.match(rest)
    return match is not None and publication_dates.is_calendar_word(match[0].casefold())


def _strip_share_words(text: str, facts: HeaderFacts) -> str:
    """Leave out share words at the beginning of a piece that continue a row of them in the piece before."""
    size = boilerplate.measure_rest_of_share_row(text) if facts.ends_in_shares else 0
    if size:
        facts.add_notice(text[:size], "share buttons")
    return text[size:].lstrip()


def _names_before_counter(text: str, facts: HeaderFacts) -> list[str]:
    """Return the people in a line that says how long ago they wrote: "Ann Lee | Published 4 months ago"."""
    match = _NAMES_AND_COUNTER.fullmatch(text) if len(text) <= _MAX_GAP_BEFORE_DATE_CHARS else None
    return facts.find_names(match[1]) if match and boilerplate.classify(match[2]) == "counter" else []


def _may_hold_facts(text: str, title: str) -> bool:
    """Whether a piece is worth a closer look: not a paragraph, or one that holds the title, or a fact at an end."""
    if not is_paragraph(text) or bylines.has_lead_at(text):
        return True
    first = publication_dates.find_date(text[:_MAX_GAP_CHARS])
    if first and first.start == 0:
        return True
    if title and title[:_TITLE_START_CHARS] in text[: header_spans.MAX_HEADER_CHARS]:
        return True
    return publication_dates.find_date(text[-_MAX_GAP_CHARS:]) is not None


def _read_glued_header(text: str, found: Sequence[HeaderSpan], facts: HeaderFacts) -> int:
    """Read a header whose lines were run together; returns where it ends."""
    end = 0
    for gap, span in header_spans.pair_with_gaps(text, found):
        words = _SOURCE_LABEL.sub("", gap.strip(SEPARATOR_MARKS))
        last = span.kind == "date" and span.end >= len(text) - _MAX_MARKS_BETWEEN
        longest = _MAX_GAP_BEFORE_DATE_CHARS if last and not facts.published else _MAX_GAP_CHARS
        second_date = facts.published and span.kind == "date" and not _is_labelled_date(span)
        if len(words) > longest or second_date:
            break
        if words and span.kind == "title" and not end:
            facts.section = words if len(words.split()) <= MAX_SECTION_WORDS else facts.section
        elif words:
            facts.unmarked_authors.extend(facts.find_names(words))
        facts.add_span(span)
        end = span.end
    return end


def _starts_with_date(text: str, found: Sequence[HeaderSpan], facts: HeaderFacts) -> bool:
    """Whether a piece begins with a date and more of a header: "Ann Lee May 3, 2024 12 Share A summary ..."."""
    first = found[0]
    before = text[: first.start].strip(SEPARATOR_MARKS)
    if first.kind != "date" or (before and not facts.find_names(before)):
        return False
    gap = text[first.end : found[1].start].strip(SEPARATOR_MARKS) if len(found) > 1 else None
    return _is_labelled_date(first) or bool(before) or (gap is not None and len(gap) <= _MAX_COUNTER_CHARS)


def _starts_with_byline(text: str, found: Sequence[HeaderSpan]) -> bool:
    """Whether a piece begins with a byline and a date: "By Ann Lee · Writer · May 3, 2024 The ferry ..."."""
    first, *others = found
    gap = text[first.end : others[0].start] if others and others[0].kind == "date" else None
    named = first.kind == "byline" and first.start == 0 and all(map(bylines.is_name, first.names))
    return named and gap is not None and len(gap.strip(SEPARATOR_MARKS)) <= _MAX_GAP_CHARS


def _is_labelled_date(span: HeaderSpan) -> bool:
    return span.moment is not None and span.moment.event != ""


def _is_facts_only(text: str, found: Sequence[HeaderSpan], facts: HeaderFacts) -> bool:
    """Whether a piece holds facts only, besides names, jobs and the site; if so they are added."""
    if not any(span.kind in ("date", "byline") for span in found):
        return False
    dated = max((n for n, span in enumerate(found) if span.kind == "date"), default=-1)
    if dated >= 0 and publication_dates.is_labelled_time(text[found[dated].end :]):
        text, found = text[: found[dated].end], found[: dated + 1]  # "May 3, 2024 6:00 am (updated 6:01 am)"
    pairs = list(header_spans.pair_with_gaps(text, found))
    if any(span.kind == "byline" and facts.find_names(gap) for gap, span in pairs):
        return False  # "The Long Ferry by Ann Lee": a book, and its author
    names: list[str] = []
    section = _section_before(pairs[0][0])
    for gap in (*(gap for gap, _ in pairs), text[found[-1].end :]):
        words = _SOURCE_LABEL.sub("", gap.strip(SEPARATOR_MARKS)).strip(SEPARATOR_MARKS)
        people = [] if publication_dates.is_label(words) else facts.find_names(words)
        if not people and words and words != section and not _is_minor_fact(words, text, facts.site):
            return False
        names.extend(people)
    facts.unmarked_authors.extend(names)
    facts.section = facts.section or ("" if section in names else section)
    for span in found:
        facts.add_span(span)
    return True


def _section_before(gap: str) -> str:
    """Return the few words that a mark separates from the first fact of a line: "Opinion | May 3, 2024"."""
    words = gap.rstrip()
    section = words[:-1].strip() if words[-1:] in _SECTION_MARKS else ""
    few = 0 < len(section.split()) <= _MAX_PLACE_WORDS and not bylines.is_lead(section)
    return section if few and section[0].isupper() else ""


def _is_minor_fact(words: str, text: str, site: str) -> bool:
    """Whether words in a line of facts are the site, a number, boilerplate, a date's label, a place or jobs."""
    return (
        words.casefold() == site.casefold()
        or words.replace(" ", "").isdigit()
        or bylines.is_lead(words)
        or boilerplate.classify(words) != ""
        or publication_dates.is_label(words)
        or _is_place(words, text)
        or all(map(bylines.is_role, words.split()))
    )


def _is_place(words: str, text: str) -> bool:
    """Whether a line of facts begins with the place where it was written: "Averill, May 3", "Averill 3/5/2024"."""
    proper = len(words.split()) <= _MAX_PLACE_WORDS and all(word[0].isupper() for word in words.split())
    return proper and text.startswith(words) and _BEHIND_PLACE.match(text, len(words)) is not None


def _find_trailing_byline(text: str, found: Sequence[HeaderSpan]) -> int:
    """Return where a byline at the end of a piece begins, right after a sentence; 0 if it has none."""
    end = len(text)
    begin = 0
    for span in reversed(found):
        if len(text[span.end : end].strip(SEPARATOR_MARKS)) > _MAX_MARKS_BETWEEN:
            break
        end = span.start
        if span.kind == "byline" and end and ends_sentence_or_colon(text[:end].rstrip()):
            begin = end
    return begin
