"""Rights: copyright and wire-service lines become the article's rights."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from exporter.errors import Notice
from exporter.readers import wordlists
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece

_RIGHTS_MARK = re.compile(r"©|\(c\)\s*(?:19|20)\d\d|\bcopyright\b\s*(?:©|\(c\)|(?:19|20)\d\d|by\b|:)", re.IGNORECASE)

_RIGHTS_SIGNS = ("©", "(c)", "copyright")
"""One of them stands in every mark."""

_SENTENCE_END = re.compile(r"[.!?…:)][\"'”’»)\]]*\s*")
_RIGHTS_OWNER = re.compile(
    r"(?:©|\(c\)|copyright)(?:\s*(?:©|\(c\)|copyright|(?:19|20)\d\d|[-–—,]))*\s+(?P<name>[^.,|©]{3,60})", re.IGNORECASE
)

_MAX_PIECES_WITH_SITE = 60
"""Pieces at the beginning of a page among which the site's name may be a line."""

_MAX_PIECES_FROM_END = 12
"""Pieces at the end of a page in which its rights may stand."""

_MAX_RIGHTS_CHARS = 600
"""Characters of a rights line; a longer piece may still end in one."""

_MAX_SHORT_RIGHTS_CHARS = 150
"""Characters of a line that is a rights line although words stand before the mark."""

_MAX_CHARS_BEFORE_MARK = 60  # characters before the mark that may belong to it: "washingtonpost.com © 2024"
"""Characters before the mark that may belong to it: "washingtonpost.com © 2024"."""


def extract_rights(page: ScrapedPage) -> ScrapedPage:
    """Move the rights from the end of a page (or of its last paragraph) into the metadata."""
    found: list[str] = []
    notices = list(page.notices)
    pieces: list[TextPiece] = []
    for number, piece in enumerate(page.pieces):
        last = number >= len(page.pieces) - _MAX_PIECES_FROM_END
        may_be_rights = last or piece.text.startswith(("©", "Copyright"))
        at = 0 if may_be_rights and _is_rights(piece.text) else _find_glued_rights(piece.text) if last else -1
        if at < 0:
            pieces.append(piece)
            continue
        found.append(piece.text[at:].strip())
        notices.append(Notice(found[-1], "kept as the article's rights"))
        if rest := piece.text[:at].rstrip():
            pieces.append(msgspec.structs.replace(piece, text=rest))
    if not found:
        return page
    rights = page.metadata.rights or " ".join(dict.fromkeys(found))
    site = page.metadata.site or _find_site(rights, page.pieces)
    return ScrapedPage(tuple(pieces), msgspec.structs.replace(page.metadata, rights=rights, site=site), tuple(notices))


def _find_site(rights: str, pieces: Sequence[TextPiece]) -> str | None:
    """Return the owner of the rights if the page has that name as a line of its own: it is the site's. Else None."""
    match = _RIGHTS_OWNER.search(rights)
    name = match["name"].strip() if match else ""
    return name if name and any(piece.text == name for piece in pieces[:_MAX_PIECES_WITH_SITE]) else None


def _is_rights(text: str) -> bool:
    if len(text) > _MAX_RIGHTS_CHARS:
        return False
    folded = text.casefold().strip(" .|0123456789-–")
    if folded.startswith(wordlists.get_phrases("rights", "starts")):
        return True
    match = _find_mark(text)
    return match is not None and (
        match.start() == 0
        or (
            len(text) < _MAX_SHORT_RIGHTS_CHARS
            and match.start() < _MAX_CHARS_BEFORE_MARK
            and not _SENTENCE_END.search(text[: match.start()])
        )
    )


def _find_mark(text: str, start: int = 0) -> re.Match[str] | None:
    """Find the first mark of rights; most texts have none of the signs, and are not searched."""
    folded = text[start:].casefold()
    return _RIGHTS_MARK.search(text, start) if any(sign in folded for sign in _RIGHTS_SIGNS) else None


def _find_glued_rights(text: str) -> int:
    """Return where the rights begin at the end of a paragraph, or -1."""
    tail = max(0, len(text) - _MAX_RIGHTS_CHARS)
    match = _find_mark(text, tail)
    if not match:
        return -1
    stops = [
        stop.end()
        for stop in _SENTENCE_END.finditer(text, max(tail, match.start() - _MAX_CHARS_BEFORE_MARK), match.start())
    ]
    return stops[-1] if stops else match.start()
