"""Timelines: a text that states what happened when, with a day on a line of its own above each part.

Such days are headings, and not the date of publication.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.readers import publication_dates
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece
from exporter.readers.text_tests import MAX_LABEL_CHARS, ends_sentence_or_colon, is_paragraph

_MAX_PIECES, _MIN_DAYS = 200, 2
"""Pieces below the title in which a timeline's days are looked for, and the fewest different days of a timeline."""


def mark_days(page: ScrapedPage) -> ScrapedPage:
    """Mark the days of a timeline as headings."""
    days = _find_days(page.pieces, max((n for n, piece in enumerate(page.pieces) if piece.level == 1), default=0))
    if not days:
        return page
    pieces = tuple(
        msgspec.structs.replace(piece, kind="heading", level=2) if n in days else piece
        for n, piece in enumerate(page.pieces)
    )
    return msgspec.structs.replace(page, pieces=pieces)


def _find_days(pieces: Sequence[TextPiece], start: int) -> set[int]:
    """Return the numbers of the lines that are days, each above a sentence, below a first paragraph."""
    begun = next(
        (n for n in range(start, len(pieces)) if is_paragraph(pieces[n].text)),
        len(pieces),
    )
    days = {}
    for n in range(begun + 1, min(len(pieces) - 1, start + _MAX_PIECES)):
        short = len(pieces[n].text) <= MAX_LABEL_CHARS
        if not short or not ends_sentence_or_colon(pieces[n + 1].text):
            continue
        moment = publication_dates.find_date(pieces[n].text)
        # A day with a time is when somebody commented.
        if moment and "T" not in moment.value and not moment.event and moment.end - moment.start == len(pieces[n].text):
            days[n] = moment.value[:10]
    return set(days) if len(set(days.values())) >= _MIN_DAYS else set()
