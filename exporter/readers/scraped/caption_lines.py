"""Captions: pieces that are the words below a picture, recognised by a credit or by their wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from exporter.account import Dropped
from exporter.errors import Notice
from exporter.readers import boilerplate, bylines, photo_credits, picture_owners, publication_dates
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece
from exporter.readers.text_tests import (
    MAX_CAPTION_CHARS,
    MAX_DESCRIBING_CAPTION_CHARS,
    MAX_MARKED_CAPTION_CHARS,
    ends_sentence,
    is_paragraph,
)
from exporter.readers.wordlists import get_phrase_set

_MIN_CAPTION_CHARS = 12
"""Characters of a caption with its credit, or with a word on its picture."""

_MIN_CAPTION_ABOVE_CREDIT_WORDS, _MIN_CAPTION_ABOVE_LABEL_WORDS = 5, 4
"""Words of a piece that may be the caption of the credit on the next line, and of one with a label ("Photo:")."""

_MIN_CAPTION_BEFORE_NAME_WORDS = 6
"""Words of a caption without a full stop, before a name in brackets."""

_MIN_LOWER_WORD_LETTERS = 4
"""Letters of a word that is in small letters in a caption, and has a capital in a title."""

_TRAILING_NAME = re.compile(r"(?P<caption>.*[^\s(])\s*\((?P<owner>[^\W\d_a-zß-ÿ][^()\d]{1,60})\)$")

_NAME_BEFORE = re.compile(rf"(?P<owner>{photo_credits.NAME})(?P<caption>(?<=[a-zß-öø-ÿ])[A-ZÀ-ÖØ-Þ].+)")
_NAME_BEHIND = re.compile(rf"(?P<caption>.+(?:[.!?]\s?|[a-zß-öø-ÿ]))(?P<owner>{photo_credits.NAME})")
"""A name glued to the first word of a caption, or behind its last sentence: "Ann LeeThe hall", "The hall.Ann Lee"."""

_BRACKETED_PLACE = re.compile(r"\((?:[^(),]{1,30},\s)?([^(),]{1,30})\)")
"""The place of somebody in a picture: "(left)", "(Greens, left)"."""

_QUOTATION_MARKS = frozenset('"“”„«»')

_GALLERY_NUMBER = re.compile(r"^(?P<number>\d{1,3})\s?/\s?(?P<all>\d{1,3})\s+(?=\D)")
"""The number of a picture in a gallery: "3/12"."""

_FILE_PHOTO = re.compile(r"^(?:FILE|ARCHIV|ARCHIVO|DOSSIER)\s?(?:PHOTO)?\s?[-–—:]\s")


def mark_captions(page: ScrapedPage) -> ScrapedPage:
    """Mark captions, and separate their credits; a credit on a line of its own belongs to the caption before it."""
    pieces: list[TextPiece] = []
    notices = list(page.notices)
    last = max((n for n, piece in enumerate(page.pieces) if _is_paragraph(piece)), default=0)
    for number, piece in enumerate(_strip_gallery_numbers(page.pieces)):
        before = pieces[-1] if pieces else None
        if not _may_be_caption(piece):
            pieces.append(piece)
        elif not photo_credits.is_credit(piece.text):
            pieces.append(_mark_caption(piece))
        elif before and _may_own(before, piece.text) and not (number > last and _is_paragraph(before)):
            credit = before.credit or photo_credits.strip_label(piece.text)
            pieces[-1] = msgspec.structs.replace(before, kind="caption", credit=credit)
        else:
            notices.append(piece.drop("the credit of a picture that is not here"))
    pieces = _mark_doubled(_mark_glued(pieces), notices)
    bracketed = any(piece.text.endswith(")") and photo_credits.split_credit(piece.text)[1] for piece in page.pieces)
    return msgspec.structs.replace(page, pieces=tuple(_mark_named(pieces, bracketed)), notices=tuple(notices))


def _may_be_caption(piece: TextPiece) -> bool:
    """Whether a piece may be a caption with its credit, or a credit."""
    short = piece.kind in ("text", "caption") and len(piece.text) <= MAX_MARKED_CAPTION_CHARS
    return short and not boilerplate.classify(piece.text)


def _strip_gallery_numbers(pieces: Sequence[TextPiece]) -> list[TextPiece]:
    """Remove the numbers of a gallery's captions, "1/12", "2/12"; numbered posts of a thread have no credits."""
    found = [_GALLERY_NUMBER.match(piece.text) if piece.kind == "text" else None for piece in pieces]
    counted = [piece.text for piece, match in zip(pieces, found, strict=True) if match]
    if not any(photo_credits.split_credit(text)[1] for text in counted):
        return list(pieces)
    counts = {(match["number"], match["all"]) for match in found if match}
    return [
        msgspec.structs.replace(piece, text=piece.text[match.end() :], kind="caption")
        if match and {("1", match["all"]), ("2", match["all"])} <= counts
        else piece
        for piece, match in zip(pieces, found, strict=True)
    ]


def _mark_named(pieces: list[TextPiece], bracketed: bool) -> list[TextPiece]:
    """Mark lines that end in a name in brackets, the photographer's: "The new hall (Ann Lee)".

    The same name in several lines is certain, and so are brackets behind a sentence if other credits of the page are
    `bracketed`; lines with brackets one below the other are a list.
    """
    found = [_TRAILING_NAME.fullmatch(piece.text) if _may_be_named(piece) else None for piece in pieces]
    counts = Counter(match["owner"] for match in found if match)
    answer = list(pieces)
    for n, match in enumerate(found):
        alone = not any(found[at] for at in (n - 1, n + 1) if 0 <= at < len(found))
        if match and alone and (counts[match["owner"]] > 1 or _is_photographer(match, bracketed)):
            answer[n] = msgspec.structs.replace(
                pieces[n], text=match["caption"].rstrip(), kind="caption", credit=match["owner"].strip()
            )
    return answer


def _mark_glued(pieces: list[TextPiece]) -> list[TextPiece]:
    """Mark sentences that are glued to a photographer's name, if the same name is glued to several."""
    found = [_match_glued_name(piece.text) if _is_short_text(piece) else None for piece in pieces]
    counts = Counter(match["owner"] for match in found if match and bylines.is_name(match["owner"]))
    return [
        msgspec.structs.replace(piece, text=match["caption"].rstrip(), kind="caption", credit=match["owner"])
        if match and counts[match["owner"]] > 1
        else piece
        for piece, match in zip(pieces, found, strict=True)
    ]


def _match_glued_name(text: str) -> re.Match[str] | None:
    """Divide a text into a name and a sentence that are glued; None if it is not both."""
    match = _NAME_BEHIND.fullmatch(text) if text[-1].isalnum() else None  # a name ends in no mark: most texts do
    match = match or _NAME_BEFORE.fullmatch(text)
    return match if match and ends_sentence(match["caption"]) else None


def _mark_doubled(pieces: list[TextPiece], notices: list[Notice | Dropped]) -> list[TextPiece]:
    """Drop the words of a picture for those who cannot see it, if its caption below begins with them; a notice says so.

    A line below the title that stands there twice in a row, and is no sentence, is such a caption.
    """
    answer: list[TextPiece] = []
    title = max((n for n, piece in enumerate(pieces) if piece.level == 1), default=0)
    for n, piece in enumerate(pieces):
        before = answer[-1] if n > title else None
        if before and _is_described_by(before, piece):
            notices.append(before.drop("the caption says it too"))
            answer[-1] = piece if ends_sentence(piece.text) else msgspec.structs.replace(piece, kind="caption")
        else:
            answer.append(piece)
    return answer


def _is_described_by(piece: TextPiece, below: TextPiece) -> bool:
    """Whether a line stands again at the beginning of the caption below it, or is the line below."""
    if not _is_short_text(piece) or not _is_short_text(below):
        return below.kind == "caption" and _is_short_text(piece) and below.text.startswith(piece.text.rstrip(" .…"))
    doubled = piece.text == below.text and len(piece.text) >= _MIN_CAPTION_CHARS
    return doubled and not boilerplate.classify(piece.text)


def _is_paragraph(piece: TextPiece) -> bool:
    return piece.kind == "text" and is_paragraph(piece.text)


def _may_be_named(piece: TextPiece) -> bool:
    return _is_short_text(piece) and piece.text[-1] == ")" and piece.text[0] not in "–—-"


def _is_short_text(piece: TextPiece) -> bool:
    """Whether a piece may be a caption because of its place."""
    return piece.kind == "text" and piece.level != 1 and len(piece.text) <= MAX_CAPTION_CHARS


def _is_photographer(match: re.Match[str], bracketed: bool) -> bool:
    """Whether brackets name a person or, in capitals, an agency; initials of the words before them are neither."""
    owner, words = match["owner"], match["caption"].split()
    if bracketed and ends_sentence(match["caption"]) and picture_owners.is_proper_name(owner):
        return True
    in_sentence_case = any(word.islower() and len(word) >= _MIN_LOWER_WORD_LETTERS for word in words)
    if len(words) < _MIN_CAPTION_BEFORE_NAME_WORDS or not in_sentence_case:
        return False
    initials = "".join(word[0] for word in words).casefold()
    return bylines.is_name(owner) or (owner.isupper() and owner.casefold() not in initials)


def _may_describe(text: str) -> bool:
    return len(text) <= MAX_DESCRIBING_CAPTION_CHARS


def _may_own(piece: TextPiece, credit: str) -> bool:
    """Whether the credit on the next line may be this piece's: it is a caption, or a line that can be one."""
    if piece.kind == "caption":
        return True
    if bylines.parse_byline(credit) or photo_credits.is_credit_for_all(credit):
        return False  # "Photographs by Ann Lee" credits all pictures
    if not _is_short_text(piece) or boilerplate.classify(piece.text) or piece.text[0] in "([":
        return False  # in brackets: a disclosure, a remark
    labelled = picture_owners.measure_label(credit) > 0
    least = _MIN_CAPTION_ABOVE_LABEL_WORDS if labelled else _MIN_CAPTION_ABOVE_CREDIT_WORDS
    return len(piece.text.split()) >= least


def _mark_caption(piece: TextPiece) -> TextPiece:
    if len(piece.text) < _MIN_CAPTION_CHARS:
        return piece
    caption, credit = photo_credits.split_credit(piece.text)
    if credit and caption:
        return msgspec.structs.replace(piece, text=caption, kind="caption", credit=credit)
    text = piece.text
    if caption != text or _FILE_PHOTO.match(text) or _has_place_in_picture(text) or _has_act_and_date(text):
        return msgspec.structs.replace(piece, text=caption, kind="caption")
    return piece


def _has_place_in_picture(text: str) -> bool:
    """Whether a short piece says where somebody stands in a picture: "Ann Lee (left) and Bo Chan (Greens, right)"."""
    if not _may_describe(text) or "(" not in text:
        return False
    places = get_phrase_set("credits", "places")
    found = [place for place in _BRACKETED_PLACE.findall(text) if f"({place.casefold()})" in places]
    return len(found) > 1 or any(len(place) > 1 or place.islower() for place in found)  # "Ann Lee (L)": her party


def _has_act_and_date(text: str) -> bool:
    """Whether a short piece says what somebody does in a picture, and when: "Ann Lee waves, May 3, 2024"."""
    moment = publication_dates.find_date(text) if _may_describe(text) and _QUOTATION_MARKS.isdisjoint(text) else None
    if not moment:
        return False
    acts, words = get_phrase_set("credits", "acts"), text[: moment.start].split()
    return any(
        f"{second} {third}" in acts or (third in acts and first[0].isupper() and second[0].isupper())
        for first, second, third in zip(words, words[1:], words[2:], strict=False)
    )
