"""Timelines: a text that tells what happened when, with a day on a line of its own above each part.

Such days are headings, and none of them is when the article was published.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.readers import publication_dates
from exporter.readers.scraped import sentence_ends
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece

_PROSE = 120
"""Characters from which a piece that ends a sentence is a paragraph."""

_LONGEST = 60
"""Characters of a line that is a day."""

_WINDOW, _FEWEST = 200, 2
"""Pieces below the title in which a timeline's days are looked for, and how many different ones make one."""


def mark(page: ScrapedPage) -> ScrapedPage:
    """Mark the days of a timeline as headings."""
    days = _days(page.pieces, max((n for n, piece in enumerate(page.pieces) if piece.level == 1), default=0))
    if not days:
        return page
    pieces = tuple(
        msgspec.structs.replace(piece, kind="heading", level=2) if n in days else piece
        for n, piece in enumerate(page.pieces)
    )
    return msgspec.structs.replace(page, pieces=pieces)


def _days(pieces: Sequence[TextPiece], start: int) -> set[int]:
    """Return the lines of a text that tells what happened when: days, each above sentences, below a paragraph."""
    begun = next((n for n in range(start, len(pieces)) if sentence_ends.is_prose(pieces[n].text, _PROSE)), len(pieces))
    days = {}
    for n in range(begun + 1, min(len(pieces) - 1, start + _WINDOW)):
        told = len(pieces[n].text) <= _LONGEST and sentence_ends.ends(pieces[n + 1].text)
        moment = publication_dates.find(pieces[n].text) if told else None
        # A day with a time is when somebody commented.
        if moment and "T" not in moment.value and not moment.event and moment.end - moment.start == len(pieces[n].text):
            days[n] = moment.value[:10]
    return set(days) if len(set(days.values())) >= _FEWEST else set()
