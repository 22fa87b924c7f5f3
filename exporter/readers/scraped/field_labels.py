"""Labels on a line of their own: "By" above "Ann Lee", "Published:" above "May 3, 2024"."""

from __future__ import annotations

import msgspec

from exporter.readers import bylines, publication_dates
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece

_WINDOW = 400
"""Pieces among which a page's labels stand."""

_LONGEST, _LONGEST_FACT = 30, 60
"""Characters of a label, and of what it says."""


def join(page: ScrapedPage) -> ScrapedPage:
    """Join each label with the name or the date below it."""
    pieces: list[TextPiece] = []
    for piece in page.pieces[:_WINDOW]:
        if pieces and _labels(pieces[-1], piece):
            pieces[-1] = msgspec.structs.replace(pieces[-1], text=f"{pieces[-1].text} {piece.text}")
        else:
            pieces.append(piece)
    return msgspec.structs.replace(page, pieces=(*pieces, *page.pieces[_WINDOW:]))


def _labels(label: TextPiece, piece: TextPiece) -> bool:
    if label.level == 1 or len(label.text) > _LONGEST or len(piece.text) > _LONGEST_FACT:
        return False
    whole = f"{label.text} {piece.text}"
    if bylines.is_lead(label.text):
        return bool(bylines.byline(whole))
    moment = publication_dates.find(whole) if publication_dates.is_label(label.text) else None
    return moment is not None and moment.start == 0
