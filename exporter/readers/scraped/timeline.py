"""Timelines: a text that tells what happened when, with a day on a line of its own above each part.

Such days are headings, and none of them is when the article was published.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.readers import publication_dates, text_tests
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece

_MIN_PARAGRAPH_CHARS = 120
"""Characters from which a piece that ends a sentence is a paragraph."""

_MAX_DAY_CHARS = 60
"""Characters of a line that is a day."""

_MAX_PIECES, _MIN_DAYS = 200, 2
"""Pieces below the title in which a timeline's days are looked for, and how many different ones make one."""


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
    """Return the lines of a text that tells what happened when: days, each above sentences, below a paragraph."""
    begun = next(
        (n for n in range(start, len(pieces)) if text_tests.is_paragraph(pieces[n].text, _MIN_PARAGRAPH_CHARS)),
        len(pieces),
    )
    days = {}
    for n in range(begun + 1, min(len(pieces) - 1, start + _MAX_PIECES)):
        told = len(pieces[n].text) <= _MAX_DAY_CHARS and text_tests.ends_sentence(pieces[n + 1].text)
        moment = publication_dates.find_date(pieces[n].text) if told else None
        # A day with a time is when somebody commented.
        if moment and "T" not in moment.value and not moment.event and moment.end - moment.start == len(pieces[n].text):
            days[n] = moment.value[:10]
    return set(days) if len(set(days.values())) >= _MIN_DAYS else set()
