"""Lines about the authors: their names again, the agency they write for, a note on who they are.

They begin with a name that the page header states, and stand on a line of their own.
"""

from __future__ import annotations

import msgspec

from exporter.readers import bylines, publication_dates
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece
from exporter.readers.text_tests import MAX_BYLINE_CHARS, MAX_LABEL_CHARS, text_key
from exporter.readers.wordlists import get_phrase_set

_MAX_NOTE_CHARS = 700
"""Characters of a note on an author. Chosen by reading pages; no measurement."""

_MAX_NAME_WORDS = 6
"""Words of a name with a job or a place behind it."""

_NOTES_START = 0.5
"""Share of the page's pieces before the first that may be such a note."""

_MIN_DATE_SHARE = 0.75
"""Share of a line's characters that its date takes, if the line only repeats the date."""


def drop_author_notes(page: ScrapedPage) -> ScrapedPage:
    """Drop bylines and dates that the page states again, and the notes on its authors."""
    names = {text_key(name) for name in page.metadata.authors}
    kept: list[TextPiece] = []
    notices = list(page.notices)
    for number, piece in enumerate(page.pieces):
        why = ""
        if piece.kind == "text" and piece.level != 1:
            why = _reason(piece.text, page, names, number >= len(page.pieces) * _NOTES_START)
        if why:
            notices.append(piece.drop(why))
        else:
            kept.append(piece)
    return msgspec.structs.replace(page, pieces=tuple(kept), notices=tuple(notices))


def _reason(text: str, page: ScrapedPage, names: set[str], late: bool) -> str:
    if len(text) <= MAX_BYLINE_CHARS:
        if bylines.is_lead(text) or publication_dates.is_label(text) or publication_dates.is_labelled_time(text):
            return "the label of a fact that is not here"
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
    letters = text_key(text)
    if not any(name in letters for name in names):
        return False
    if letters in names:
        return True
    people = bylines.parse_byline(text) or (bylines.extract_names(text) if len(text.split()) <= _MAX_NAME_WORDS else ())
    return bool(people) and all(text_key(name) in names for name in people)


def _is_agency_line(text: str) -> bool:
    """Whether a line is the name of an agency, and at most a place: "Reuters in Averill"."""
    few = len(text.split()) <= _MAX_NAME_WORDS and text[0].isupper() and bylines.has_agency_word(text)
    people = bylines.extract_names(text) if few else ()
    return len(people) == 1 and bylines.is_agency(people[0])


def _is_date_again(text: str, page: ScrapedPage) -> bool:
    if len(text) > MAX_LABEL_CHARS:
        return False
    moment = publication_dates.find_date(text)
    if not moment or moment.end - moment.start < _MIN_DATE_SHARE * len(text):
        return False
    stated = {(value or "")[:10] for value in (page.metadata.published, page.metadata.modified)}
    return moment.event != "" or moment.value[:10] in stated


def _is_author_note(text: str, authors: tuple[str, ...]) -> bool:
    """Whether a piece begins with an author's name and states who they are or what they do."""
    folded = text.casefold()
    for name in (*authors, *(author.split()[-1] for author in authors)):
        if folded.startswith((f"{name.casefold()} ", f"{name.casefold()},")):
            following = text[len(name) :].lstrip(" ,").split(" ", 1)[0].casefold()
            return following in get_phrase_set("bylines", "note")
    return False
