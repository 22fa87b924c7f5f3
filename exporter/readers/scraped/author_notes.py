"""Lines about the authors: their names again, the agency they write for, and the note on who they are.

They are known by the names that the page's head gave, and stand on a line of their own.
"""

from __future__ import annotations

import msgspec

from exporter.readers import bylines, publication_dates
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece, dropped_notice
from exporter.readers.scraped.scraped_title import normalize_title
from exporter.readers.wordlists import get_phrase_set

_MAX_NOTE_CHARS = 700
"""Characters of a note on an author."""

_MAX_NAME_WORDS = 6  # with a job or a place behind it

_NOTES_START = 0.5
"""Part of the page behind which such a note may stand."""


def drop_author_notes(page: ScrapedPage) -> ScrapedPage:
    """Drop bylines and dates that the page says again, and the notes on its authors."""
    names = {normalize_title(name) for name in page.metadata.authors}
    kept: list[TextPiece] = []
    notices = list(page.notices)
    for number, piece in enumerate(page.pieces):
        why = ""
        if piece.kind == "text" and piece.level != 1:
            why = _reason(piece.text, page, names, number >= len(page.pieces) * _NOTES_START)
        if why:
            notices.append(dropped_notice(piece.text, why))
        else:
            kept.append(piece)
    return msgspec.structs.replace(page, pieces=tuple(kept), notices=tuple(notices))


def _reason(text: str, page: ScrapedPage, names: set[str], late: bool) -> str:
    if len(text) <= bylines.MAX_BYLINE_CHARS:
        if _is_byline_again(text, names):
            return "the byline again"
        if _is_agency_line(text):
            return "an agency's line"
        if _is_date_again(text, page):
            return "the date again"
    if late and len(text) <= _MAX_NOTE_CHARS and _is_author_note(text, page.metadata.authors):
        return "a note on the author"
    return ""


def _is_byline_again(text: str, names: set[str]) -> bool:
    letters = normalize_title(text)
    if not any(name in letters for name in names):
        return False
    if letters in names:
        return True
    said = bylines.parse_byline(text) or (bylines.extract_names(text) if len(text.split()) <= _MAX_NAME_WORDS else ())
    return bool(said) and all(normalize_title(name) in names for name in said)


def _is_agency_line(text: str) -> bool:
    """Whether a line is the name of an agency, and of a place at most: "Reuters in Averill"."""
    few = len(text.split()) <= _MAX_NAME_WORDS and text[0].isupper() and bylines.has_agency_word(text)
    said = bylines.extract_names(text) if few else ()
    return len(said) == 1 and bylines.is_agency(said[0])


def _is_date_again(text: str, page: ScrapedPage) -> bool:
    if len(text) > 80:
        return False
    moment = publication_dates.find_date(text)
    if not moment or moment.end - moment.start < 0.75 * len(text):
        return False
    known = {(value or "")[:10] for value in (page.metadata.published, page.metadata.modified)}
    return moment.event != "" or moment.value[:10] in known


def _is_author_note(text: str, authors: tuple[str, ...]) -> bool:
    """Whether a piece begins with an author's name and says what they are or do."""
    folded = text.casefold()
    for name in (*authors, *(author.split()[-1] for author in authors)):
        if folded.startswith((f"{name.casefold()} ", f"{name.casefold()},")):
            following = text[len(name) :].lstrip(" ,").split(" ", 1)[0].casefold()
            return following in get_phrase_set("bylines", "note")
    return False
