"""The header block of a page: the pieces around its title that state section, byline and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from exporter.readers import boilerplate, bylines, publication_dates
from exporter.readers.scraped import header_pieces, scraped_title, unmarked_bylines
from exporter.readers.scraped.header_pieces import MAX_SECTION_WORDS, HeaderFacts
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece
from exporter.readers.text_tests import MAX_LABEL_CHARS, ends_sentence_or_colon, is_paragraph

_MAX_PIECES_AFTER_PARAGRAPH = 10
"""Pieces after the first paragraph in which bylines may still stand, below a summary and a picture; boilerplate is not
counted. Chosen by reading pages; no measurement."""

_MAX_PIECES_ABOVE_TITLE = 12
"""Pieces above the title in which a header may begin; above those stands a menu."""

_MAX_HEADER_PIECES = 60
"""Pieces after the title that can be its header."""

_MAX_LABELLED_PIECES = 400
"""Pieces at the beginning of a page in which labels are looked for."""

_MAX_FIELD_LABEL_CHARS = 30
"""Characters of a label."""

_MAX_SECTION_CHARS = 40
"""Characters of a section's name."""

_MAX_PLACE_CHARS = 60
"""Characters of the place before the date in a dateline, and of the agency behind it."""

_DATELINE_DASH = re.compile(r"[^!?]{0,40}?\s[-–—]{1,2}\s")


def join_labels(page: ScrapedPage) -> ScrapedPage:
    """Join each label on a line of its own with the name or the date below it: "By" above "Ann Lee"."""
    pieces: list[TextPiece] = []
    for piece in page.pieces[:_MAX_LABELLED_PIECES]:
        if pieces and _is_label_of(pieces[-1], piece):
            pieces[-1] = msgspec.structs.replace(pieces[-1], text=f"{pieces[-1].text} {piece.text}")
        else:
            pieces.append(piece)
    return msgspec.structs.replace(page, pieces=(*pieces, *page.pieces[_MAX_LABELLED_PIECES:]))


def _is_label_of(label: TextPiece, piece: TextPiece) -> bool:
    """Whether a piece is a label, and the next one the name or the date that it announces."""
    if label.level == 1 or len(label.text) > _MAX_FIELD_LABEL_CHARS or len(piece.text) > MAX_LABEL_CHARS:
        return False
    whole = f"{label.text} {piece.text}"
    if bylines.is_lead(label.text):
        return bool(bylines.parse_byline(whole))
    moment = publication_dates.find_date(whole) if publication_dates.is_label(label.text) else None
    return moment is not None and moment.start == 0


def read_header(page: ScrapedPage) -> ScrapedPage:
    """Move section, authors and dates from the page header into the metadata."""
    pieces = page.pieces
    facts = HeaderFacts.of(page)
    start = _find_title_piece(pieces)
    end = _find_header_end(pieces, start)
    facts.section = _find_section(pieces, start)
    rests = [piece.text for piece in pieces[:end]]
    order = _reading_order(pieces, start, end)
    for number in order:
        if pieces[number].kind != "heading":
            facts.line = pieces[number].line
            rests[number] = header_pieces.read_piece(pieces[number].text, facts)
    if not facts.authors and not facts.unmarked_authors:
        for number, authors in unmarked_bylines.find_name_lines(pieces, rests, order, facts.site):
            facts.authors.extend(authors)
            facts.line = pieces[number].line
            facts.add_notice(rests[number])
            rests[number] = ""
    if not facts.published:
        facts.published = _find_dateline(rests)
    header = [
        piece if rest == piece.text else msgspec.structs.replace(piece, text=rest)
        for piece, rest in zip(pieces, rests, strict=False)
        if rest
    ]
    return ScrapedPage((*header, *pieces[end:]), facts.fill_in(page.metadata), (*page.notices, *facts.notices))


def _reading_order(pieces: Sequence[TextPiece], start: int, end: int) -> list[int]:
    """Return the numbers of the pieces in the order in which their facts are trusted.

    Above the title a menu may state today's date, or link "By industry": such pieces are read last.
    """
    above, below = range(max(0, start - _MAX_PIECES_ABOVE_TITLE), start), range(start, end)
    has_menu = any(boilerplate.classify(piece.text) for piece in pieces[:start])
    return [*below, *above] if has_menu else [*above, *below]


def _find_title_piece(pieces: Sequence[TextPiece]) -> int:
    """Return the number of the piece that is the page's heading: the last repetition of the title."""
    return max((n for n, piece in enumerate(pieces) if piece.level == 1), default=0)


def _find_header_end(pieces: Sequence[TextPiece], start: int) -> int:
    """Return the number of the piece before which lines of the header may stand."""
    after = -1
    for number in range(start, min(len(pieces), start + _MAX_HEADER_PIECES)):
        begun = after >= 0 or is_paragraph(pieces[number].text)
        after += begun and not boilerplate.classify(pieces[number].text)
        if after >= _MAX_PIECES_AFTER_PARAGRAPH:
            return number
    return min(len(pieces), start + _MAX_HEADER_PIECES)


def _find_section(pieces: Sequence[TextPiece], at: int) -> str:
    """Return the line right before the heading if it may be a section's name, else an empty string."""
    if at == 0 or pieces[at - 1].level == 1:
        return ""
    text = pieces[at - 1].text
    if steps := scraped_title.split_breadcrumb(text):
        text = steps[-1]
    short = len(text.split()) <= MAX_SECTION_WORDS and len(text) <= _MAX_SECTION_CHARS
    if not short or ends_sentence_or_colon(text):
        return ""
    return "" if boilerplate.classify(text) or publication_dates.find_date(text) else text


def _find_dateline(texts: Sequence[str]) -> str:
    """Return the date in the dateline of the first paragraph: "AVERILL, May 3, 2024 (News) - The ..."."""
    first = next(filter(is_paragraph, texts), "")[: 2 * _MAX_PLACE_CHARS]
    moment = publication_dates.find_date(first)
    if not moment or moment.start > _MAX_PLACE_CHARS or not _DATELINE_DASH.match(first[moment.end :]):
        return ""
    place = first[: moment.start].strip(unmarked_bylines.SEPARATOR_MARKS).split()
    return moment.value if sum(word[0].isupper() for word in place) * 2 > len(place) else ""
