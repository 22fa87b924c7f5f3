"""Labels on a line of their own: "By" above "Ann Lee", "Published:" above "May 3, 2024"."""

from __future__ import annotations

import msgspec

from exporter.readers import bylines, publication_dates
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece
from exporter.readers.text_tests import MAX_LABEL_CHARS

_MAX_PIECES = 400
"""Pieces at the beginning of a page in which labels are looked for."""

_MAX_FIELD_LABEL_CHARS = 30
"""Characters of a label."""


def join_labels(page: ScrapedPage) -> ScrapedPage:
    """Join each label with the name or the date below it."""
    pieces: list[TextPiece] = []
    for piece in page.pieces[:_MAX_PIECES]:
        if pieces and _is_label_of(pieces[-1], piece):
            pieces[-1] = msgspec.structs.replace(pieces[-1], text=f"{pieces[-1].text} {piece.text}")
        else:
            pieces.append(piece)
    return msgspec.structs.replace(page, pieces=(*pieces, *page.pieces[_MAX_PIECES:]))


def _is_label_of(label: TextPiece, piece: TextPiece) -> bool:
    """Whether a piece is a label, and the next one the name or the date that it announces."""
    if label.level == 1 or len(label.text) > _MAX_FIELD_LABEL_CHARS or len(piece.text) > MAX_LABEL_CHARS:
        return False
    whole = f"{label.text} {piece.text}"
    if bylines.is_lead(label.text):
        return bool(bylines.parse_byline(whole))
    moment = publication_dates.find_date(whole) if publication_dates.is_label(label.text) else None
    return moment is not None and moment.start == 0
