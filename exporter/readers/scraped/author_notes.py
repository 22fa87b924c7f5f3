"""Lines about the authors: their names again, the agency they write for, and the note on who they are.

They are known by the names that the page's head gave, and stand on a line of their own.
"""

from __future__ import annotations

import msgspec

from exporter.readers import bylines, publication_dates
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece, dropped
from exporter.readers.scraped.scraped_title import key
from exporter.readers.wordlists import vocabulary

_LONGEST_NOTE = 700
"""Characters of a note on an author."""

_WORDS_OF_NAME = 6  # with a job or a place behind it

_LAST = 0.5
"""Part of the page behind which such a note may stand."""


def drop(page: ScrapedPage) -> ScrapedPage:
    """Drop bylines and dates that the page says again, and the notes on its authors."""
    names = {key(name) for name in page.metadata.authors}
    kept: list[TextPiece] = []
    notices = list(page.notices)
    for number, piece in enumerate(page.pieces):
        why = ""
        if piece.kind == "text" and piece.level != 1:
            why = _why(piece.text, page, names, number >= len(page.pieces) * _LAST)
        if why:
            notices.append(dropped(piece.text, why))
        else:
            kept.append(piece)
    return msgspec.structs.replace(page, pieces=tuple(kept), notices=tuple(notices))


def _why(text: str, page: ScrapedPage, names: set[str], late: bool) -> str:
    if len(text) <= bylines.LONGEST:
        if _says_names(text, names):
            return "the byline again"
        if _says_agency(text):
            return "an agency's line"
        if _says_date(text, page):
            return "the date again"
    if late and len(text) <= _LONGEST_NOTE and _is_note(text, page.metadata.authors):
        return "a note on the author"
    return ""


def _says_names(text: str, names: set[str]) -> bool:
    letters = key(text)
    if not any(name in letters for name in names):
        return False
    if letters in names:
        return True
    said = bylines.byline(text) or (bylines.people(text) if len(text.split()) <= _WORDS_OF_NAME else ())
    return bool(said) and all(key(name) in names for name in said)


def _says_agency(text: str) -> bool:
    """Whether a line is the name of an agency, and of a place at most: "Reuters in Averill"."""
    few = len(text.split()) <= _WORDS_OF_NAME and text[0].isupper() and bylines.mentions_agency(text)
    said = bylines.people(text) if few else ()
    return len(said) == 1 and bylines.is_agency(said[0])


def _says_date(text: str, page: ScrapedPage) -> bool:
    if len(text) > 80:
        return False
    moment = publication_dates.find(text)
    if not moment or moment.end - moment.start < 0.75 * len(text):
        return False
    known = {(value or "")[:10] for value in (page.metadata.published, page.metadata.modified)}
    return moment.event != "" or moment.value[:10] in known


def _is_note(text: str, authors: tuple[str, ...]) -> bool:
    """Whether a piece begins with an author's name and says what they are or do."""
    folded = text.casefold()
    for name in (*authors, *(author.split()[-1] for author in authors)):
        if folded.startswith((f"{name.casefold()} ", f"{name.casefold()},")):
            following = text[len(name) :].lstrip(" ,").split(" ", 1)[0].casefold()
            return following in vocabulary("bylines", "note")
    return False
