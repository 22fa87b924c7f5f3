"""Boilerplate removal: lines known by their words, lines among them above the title, and lines below the article's end.

Doubtful text stays: within the article only lines go that the word lists hold, and the headline below a "Read next".
Paragraphs never go because of their place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from exporter.readers import boilerplate, publication_dates
from exporter.readers.scraped import copied_page_title, header_spans, scraped_title, surrounding_lines
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece
from exporter.readers.text_tests import (
    MAX_LABEL_CHARS,
    MAX_LINE_CHARS,
    MAX_TITLE_CHARS,
    MIN_PARAGRAPH_CHARS,
    ends_sentence_or_colon,
    is_paragraph,
    is_running_text,
    text_key,
)

_MAX_LINKS = 6
"""Headlines below one "Read next"."""

_MAX_TEASER_CHARS = 250
"""Characters of the teaser of another article, among the boilerplate below the end. Chosen by reading pages."""

_MIN_BODY_SHARE = 0.7
"""Share of a page's running text that stands together, if the page holds one article."""

_LIST_KINDS = ("bullet", "numbered", "table")
"""Kinds of pieces that may end an article."""

_MIN_TEXT_BEFORE_END_SHARE = 0.85
"""Share of the page's text before the article's end."""

_MAX_PARAGRAPHS_AFTER_END_SHARE = 0.3
"""Share of paragraphs among the pieces from the end on; with more of them the article goes on."""

_TIME_OF_DAY = re.compile(r"[0-2]?\d[:.h][0-5]\d(?: ?(?:[ap]\.?m\.?|Uhr))?", re.IGNORECASE)

_MIN_TIMES = 3
"""Times of day on a page that lists what happened when; one or two belong to a player."""

_MIN_COMMENTS, _MAX_COMMENT_PARAGRAPHS, _MIN_PARAGRAPHS_BEFORE_COMMENTS = 3, 3, 3
"""Comments below an article, paragraphs of each on average, and paragraphs of the article above the first."""

_COMMENTS_HEADING = re.compile(r"\w+ \w+ \w{1,4} ?[\"“”„«‘](?P<title>.+)[\"“”»’]")
_COMMENT_SIGNATURE = re.compile(
    r"\S.{0,40} (?:said|dijo|disse|ha detto|a dit|hat gesagt|zei|sa|sade|pisze)\s?(?:\.{3}|…)"
)

_HASHTAGS = re.compile(r"(?:#\w+[\s,·|]*){2,}")

_REFERENCE = re.compile(r"\b(?:1[5-9]|20)\d\d\b|https?://|\bwww\.|\bdoi\b", re.IGNORECASE)

_MIN_REFERENCES_SHARE = 0.5
"""Share of references among the lines below their heading; links to other articles have dates on lines of their own."""

_REASONS = {
    "share": "share buttons",
    "player": "a player's labels",
    "advertisement": "an advertisement's label",
    "newsletter": "a newsletter form",
    "consent": "a consent form",
    "related": "links to other articles",
    "navigation": "navigation",
    "counter": "a counter",
    "promotion": "promotion",
    "embed": "the signature of an embedded post",
}
"""Reasons given in the notices, by kind of boilerplate."""

_KINDS_OF_HEADER = {"caption": "a picture before the title", "bullet": "a menu"}
"""Reasons given for pieces above the title, by their kind."""

_MIN_HEADLINE_WORDS = 4
"""Words of another article's headline."""

_ENDING_KINDS = frozenset({"related", "newsletter", "navigation", "share", "consent"})
"""Kinds of boilerplate that may stand first below an article."""


def drop_boilerplate(page: ScrapedPage) -> ScrapedPage:
    """Drop the page's boilerplate, with a notice for each line."""
    pieces = page.pieces
    if not scraped_title.has_running_text(pieces):
        return page
    first = max((n for n, piece in enumerate(pieces) if piece.level == 1), default=0)
    kinds = _classify_pieces(pieces, first)
    body = copied_page_title.find_body(pieces)
    copied = copied_page_title.has_menu(pieces[:first]) and _is_one_article(pieces, body)
    end = min(_find_end(pieces, kinds, first), _find_end_of_copy(pieces, body) if copied else len(pieces))
    below = {piece.text for piece in pieces[end:]}
    reasons = [_reason(pieces, kinds, number, (first, end)) for number in range(len(kinds))]
    comments = min(_find_comments(pieces, first), _find_comments_heading(pieces, first, page.metadata.title))
    for number in range(comments, len(pieces)):
        reasons[number] = reasons[number] or "a reader's comment"
    for number in (*range(first), *range(end, len(pieces))) if copied else ():
        reasons[number] = reasons[number] or _reason_around(pieces[number])
    for number in surrounding_lines.find_repeated_lines(pieces):
        reasons[number] = reasons[number] or "a line that stands there again and again"
    for number, piece in enumerate(pieces):
        if _is_headline(piece) and piece.text in below:
            reasons[number] = reasons[number] or "a headline of another article"
    for number in surrounding_lines.find_unrelated_lines(pieces, list(map(bool, reasons))):
        reasons[number] = "a line around the article"
    kept = tuple(piece for piece, reason in zip(pieces, reasons, strict=True) if not reason)
    if all(piece.level == 1 for piece in kept):
        return page
    notices = (piece.drop(reason) for piece, reason in zip(pieces, reasons, strict=True) if reason)
    return msgspec.structs.replace(page, pieces=kept, notices=(*page.notices, *notices))


def _is_bare(piece: TextPiece) -> bool:
    return piece.kind == "text" and not ends_sentence_or_colon(piece.text)


def _classify_pieces(pieces: Sequence[TextPiece], first: int) -> list[str]:
    """Return the kind of boilerplate of each piece, or an empty string: also for a timeline's times, and "Sources"."""
    kinds = [boilerplate.classify(piece.text) if piece.kind == "text" else "" for piece in pieces]
    times = [n for n, piece in enumerate(pieces) if _TIME_OF_DAY.fullmatch(piece.text)]
    times = [n for n in times if kinds[n + 1 : n + 2] != ["counter"]]
    for n in times if len(times) >= _MIN_TIMES else ():
        kinds[n] = ""
    for n, kind in enumerate(kinds):
        if kind and _is_above_references(pieces, n):
            kinds[n] = ""
    begun = next((n for n, piece in enumerate(pieces) if n > first and _is_paragraph(piece)), 0)
    for n in range(first, begun):
        if boilerplate.is_count(pieces[n].text) and pieces[n].kind == "text":
            kinds[n] = "counter"  # of hearts and comments, where no text has begun
    return kinds


def _is_above_references(pieces: Sequence[TextPiece], number: int) -> bool:
    """Whether a line that may be a heading ("Further reading") stands above references, with years or addresses."""
    below = [piece.text for piece in pieces[number + 1 : number + 1 + _MAX_LINKS]]
    if not below or not boilerplate.is_doubtful(pieces[number].text):
        return False
    references = sum(_REFERENCE.search(text) is not None and not header_spans.is_fact(text) for text in below)
    return references >= _MIN_REFERENCES_SHARE * len(below)


def _is_paragraph(piece: TextPiece) -> bool:
    return is_paragraph(piece.text) and not copied_page_title.is_menu(piece.text)


def _is_long_paragraph(piece: TextPiece) -> bool:
    """Whether a piece is a paragraph, and too long for the teaser of another article."""
    return _is_paragraph(piece) and len(piece.text) > _MAX_TEASER_CHARS


def _is_text(piece: TextPiece) -> bool:
    return piece.kind in ("bullet", "numbered") or (piece.kind == "text" and _is_paragraph(piece))


def _find_end(pieces: Sequence[TextPiece], kinds: Sequence[str], first: int) -> int:
    """Return the number of the piece before which the article ends: boilerplate below nearly all of its text."""
    size = [len(piece.text) if not kinds[n] and _is_text(piece) else 0 for n, piece in enumerate(pieces)]
    left, seen, paragraphs = sum(size), 0, sum(map(bool, size))
    for number, piece in enumerate(pieces):
        seen += size[number]
        left -= size[number]
        paragraphs -= bool(size[number])
        if (
            number <= first
            or seen < _MIN_TEXT_BEFORE_END_SHARE * (seen + left)
            or paragraphs > _MAX_PARAGRAPHS_AFTER_END_SHARE * (len(pieces) - number)
        ):
            continue
        ending = kinds[number] in (_ENDING_KINDS if left else boilerplate.KINDS)
        # One phrase in a sentence is no evidence: "Mehr braucht es nicht."
        least = bool(left) + (ends_sentence_or_colon(piece.text) and piece.text[-1] not in "?:")
        row = piece.kind == "text" and not size[number] and boilerplate.count_phrases(piece.text) > least
        if (ending or row) and not (
            _is_followed_by_paragraph(pieces, kinds, number) or _is_above_references(pieces, number)
        ):
            return number
    return len(pieces)


def _is_followed_by_paragraph(pieces: Sequence[TextPiece], kinds: Sequence[str], number: int) -> bool:
    """Whether a paragraph of the article, maybe a short one, stands right below the boilerplate that begins here."""
    for n in range(number + 1, min(number + _MAX_LINKS, len(pieces))):
        text = pieces[n].text
        if not kinds[n] and pieces[n].kind == "text" and is_running_text(text):
            return kinds[n - 1] != "" and not boilerplate.count_phrases(text)
    return False


def _is_one_article(pieces: Sequence[TextPiece], body: range) -> bool:
    """Whether nearly all running text of a page stands together: then the text around it is boilerplate."""
    running = [len(piece.text) if is_running_text(piece.text) else 0 for piece in pieces]
    return sum(running[body.start : body.stop]) >= _MIN_BODY_SHARE * sum(running)


def _find_comments(pieces: Sequence[TextPiece], first: int) -> int:
    """Return the number of the piece with which the readers' comments begin; without any, the number of pieces.

    Each comment states when it was written, to the minute, right after its writer's name. In a thread the first time
    stands above all text, in a live blog a name beside it is missing.
    """
    texts = [n for n in range(first, len(pieces)) if _is_text(pieces[n])]
    times = [n for n in range(first + 1, len(pieces)) if _has_date_and_time(pieces[n].text)]
    begun = texts[_MIN_PARAGRAPHS_BEFORE_COMMENTS] if len(texts) > _MIN_PARAGRAPHS_BEFORE_COMMENTS else len(pieces)
    named = (n - 1 for n in times if n > begun and _is_bare(pieces[n - 1]))
    signed = [n for n in named if len(pieces[n].text) <= MAX_LABEL_CHARS]
    after = sum(n > signed[0] for n in texts) if len(signed) >= _MIN_COMMENTS else len(pieces)
    return signed[0] if after <= _MAX_COMMENT_PARAGRAPHS * len(signed) else len(pieces)


def _find_comments_heading(pieces: Sequence[TextPiece], first: int, title: str) -> int:
    """Return the number of the line that announces readers' comments, or of the first one's signature; or of the end.

    WordPress announces them with the title (6 Responses to “A Week Afloat”), Blogger signs each above its text ("Ann
    said..."), both in every language.
    """
    texts = (n for n in range(first, len(pieces)) if _is_text(pieces[n]))
    for number in range(next(texts, len(pieces)) + 1, len(pieces)):
        text = pieces[number].text
        match = _COMMENTS_HEADING.fullmatch(text) if len(text) <= MAX_TITLE_CHARS else None
        if (match and text_key(match["title"]) == text_key(title)) or _COMMENT_SIGNATURE.fullmatch(text):
            return number
    return len(pieces)


def _has_date_and_time(text: str) -> bool:
    moment = publication_dates.find_date(text) if len(text) <= MAX_LABEL_CHARS else None
    return moment is not None and "T" in moment.value and moment.start == 0


def _find_end_of_copy(pieces: Sequence[TextPiece], body: range) -> int:
    """Return the number of the piece before which the article of a page copied whole ends, its last list included.

    A long piece right below may end in an address, or without a mark, and belongs to it, too.
    """
    end = body.stop
    while end < len(pieces) and not boilerplate.classify(pieces[end].text):
        piece = pieces[end]
        if piece.kind not in _LIST_KINDS and (
            len(piece.text) < MIN_PARAGRAPH_CHARS or copied_page_title.is_menu(piece.text)
        ):
            break
        end += 1
    return end


def _reason_around(piece: TextPiece) -> str:
    """Return why a piece around the article of a page copied whole goes, or an empty string."""
    return "" if piece.level == 1 or _is_long_paragraph(piece) else "a line around the article"


def _reason(pieces: Sequence[TextPiece], kinds: Sequence[str], number: int, body: tuple[int, int]) -> str:
    """Return why a piece goes, or an empty string."""
    kind, piece = kinds[number], pieces[number]
    first, end = body
    if number < first and piece.kind in _KINDS_OF_HEADER:
        return _KINDS_OF_HEADER[piece.kind]
    if piece.kind != "text" or piece.level == 1:
        return ""
    if number < first:
        return _REASONS.get(kind, "" if _is_long_paragraph(piece) else "a line before the title")
    if number >= end and not _is_long_paragraph(piece):
        return _REASONS.get(kind, "a line below the article's end")
    if copied_page_title.is_menu(piece.text) and len(piece.text) > MAX_LINE_CHARS:
        return "a menu"
    alone = not any(kinds[n] for n in (number - 1, number + 1) if 0 <= n < len(kinds))
    if kind and not (alone and boilerplate.is_doubtful(piece.text)):
        return _REASONS[kind]
    if _HASHTAGS.fullmatch(piece.text):
        return "tags"
    if not any(map(str.isalnum, piece.text)):
        return "marks between the parts"
    if _is_linked_headline(pieces, kinds, number):
        return "a headline of another article"
    return ""


def _is_linked_headline(pieces: Sequence[TextPiece], kinds: Sequence[str], number: int) -> bool:
    """Whether a headline follows a "Read next", at once or behind other headlines."""
    before = number
    while before >= 0 and number - before <= _MAX_LINKS and not kinds[before] and _is_headline(pieces[before]):
        before -= 1
    if before == number or before < 0 or kinds[before] != "related":
        return False
    # The last one of several may be the heading of what follows: then it stays.
    last = number + 1 < len(pieces) and _is_paragraph(pieces[number + 1])
    return not last or number - before == 1


def _is_headline(piece: TextPiece) -> bool:
    text = piece.text
    if piece.kind != "text" or len(text) > MAX_LINE_CHARS or text.endswith((";", ",", "; and", ", and")):
        return False
    return not ends_sentence_or_colon(text) and len(text.split()) >= _MIN_HEADLINE_WORDS
