"""Section headings: bare lines above text.

On a page that sets its headings closer to what is before them than its paragraphs, the blank lines decide; so do
numbers that rise through the text. On any other page a bare line is scored: by its words, by its neighbours, and by how
the page writes its other bare lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from exporter.readers import bylines, publication_dates
from exporter.readers.scraped import line_features
from exporter.readers.scraped.line_features import BareLine
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece
from exporter.readers.text_tests import (
    MAX_LABEL_CHARS,
    MAX_LINE_CHARS,
    ends_sentence_or_colon,
    is_longer_than_label,
    is_paragraph,
)
from exporter.readers.wordlists import get_phrase_set

_MAX_HEADINGS_IN_A_ROW = 3
"""Bare lines in a row that may all be headings: more are a list that has lost its marks."""

_FEW_WORDS, _MANY_WORDS = 9, 14
"""Words of most headings, and of long ones."""

_MAX_OPENING_WORDS, _MAX_WORDS_BEFORE_COLON = 6, 2
"""Words of a heading above the first paragraph, where a longer line is a summary unless it is in title case; and of one
that ends in a colon and is not in title case."""

_MIN_INTERVIEW_QUESTIONS, _INTERVIEW_QUESTION_WORDS = 2, range(17, 33)
"""So many questions of so many words make an interview: questions are then dialogue, not headings. Longer pieces that
end in a question mark are paragraphs."""

_MIN_INTERVIEW_SHARE = 0.5
"""Questions of an interview for each shorter one: an article with questions for headings may ask two long ones."""

_MAX_TIMELINE_PIECES, _MIN_DAYS = 200, 2
"""Pieces below the title in which a timeline's days are looked for, and the fewest different days of a timeline."""

_CHAPTER_LINE = re.compile(r"(?P<word>[^\W\d_]+)\s+(?:\d{1,3}|[IVXLC]+)\b\.?(?:$|\s*[:.–—-]|\s+[^\W\da-z])")

_NO_HEADING = re.compile(r"://|@|^\(|\s[|•]\s|^(?!\.{3}|\+{3})[^\w\s\[\"“”„«»‘’'¿¡#…–—-]|[$€£]\s?\d.*[$€£%]")
"""Addresses, remarks in brackets, rows of facts, lines behind a bullet or a picture, prices of a shop."""

_SPEAKER_LABEL = re.compile(r"[^\W\d_]+[.:] ")
"""The label of a speaker: "Q: Why?"."""

_MIN_SPEAKERS = 2
"""Speakers of a conversation."""

_MIN_NAMES = 2
"""Names in a line that lists people."""

_LETTERS = re.compile(r"[^\W\d_]+")


_Feature = Callable[[BareLine, bool], bool]

_FEATURES: tuple[tuple[int, _Feature], ...] = (
    (2, lambda line, _: line_features.is_text(line.below)),
    (1, lambda line, _: 2 <= _count_words(line) <= _FEW_WORDS),
    (-4, lambda line, _: _count_words(line) > _MANY_WORDS),
    (-2, lambda line, _: line.text.endswith("?")),
    (-4, lambda line, _: line.text.endswith("?") and _SPEAKER_LABEL.match(line.text) is not None),
    (-4, lambda line, interview: line.text.endswith("?") and interview),
    (-6, lambda line, _: line.run > _MAX_HEADINGS_IN_A_ROW),
)
"""Points for and against a bare line's being a heading; more than `_HEADING_THRESHOLD` in all make one.

Rounded from a logistic regression over 2,600 bare lines of articles with known headings; the regression is not in this
repository. Points that helped no three of 222 sites are left out (tests/training/rule_report.py)."""

_HEADING_THRESHOLD = -2


def mark_days(page: ScrapedPage) -> ScrapedPage:
    """Mark the days of a timeline as headings, which are no date of publication: each above what happened on it."""
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
    for n in range(begun + 1, min(len(pieces) - 1, start + _MAX_TIMELINE_PIECES)):
        short = len(pieces[n].text) <= MAX_LABEL_CHARS
        if not short or not ends_sentence_or_colon(pieces[n + 1].text):
            continue
        moment = publication_dates.find_date(pieces[n].text)
        # A day with a time is when somebody commented.
        if moment and "T" not in moment.value and not moment.event and moment.end - moment.start == len(pieces[n].text):
            days[n] = moment.value[:10]
    return set(days) if len(set(days.values())) >= _MIN_DAYS else set()


def mark_headings(page: ScrapedPage) -> ScrapedPage:
    """Mark the bare lines that are headings."""
    pieces = list(page.pieces)
    lines = line_features.find_bare_lines(pieces)
    closer_decides = any(line.closer for line in lines)
    interview = _is_interview(pieces, lines)
    people = _find_name_lines(lines, pieces) | _find_speakers(lines)
    for line in lines:
        if line.at in people or _is_fact(line):
            continue
        scored = not closer_decides and _may_be_heading(line) and _score(line, interview) > _HEADING_THRESHOLD
        if line.numbered or scored or (closer_decides and line.closer):
            pieces[line.at] = msgspec.structs.replace(pieces[line.at], kind="heading", level=2)
    return msgspec.structs.replace(page, pieces=tuple(map(_mark_chapter, pieces)))


def _mark_chapter(piece: TextPiece) -> TextPiece:
    """Mark a line that begins a chapter of a book: "CHAPTER IV.", "Kapitel 3: Das Meer"."""
    short = piece.kind == "text" and len(piece.text) <= MAX_LINE_CHARS
    match = _CHAPTER_LINE.match(piece.text) if short else None
    if match is None or match["word"].casefold() not in get_phrase_set("headings", "chapters"):
        return piece
    return msgspec.structs.replace(piece, kind="heading", level=2)


def _score(line: BareLine, interview: bool) -> int:
    return sum(points for points, has_feature in _FEATURES if has_feature(line, interview))


def _is_fact(line: BareLine) -> bool:
    """Whether a line is data, a link, a remark, a byline or a date."""
    if line.field or _NO_HEADING.search(line.text):
        return True
    return not line.numbered and bool(bylines.parse_byline(line.text) or publication_dates.find_date(line.text))


def _find_name_lines(lines: Sequence[BareLine], pieces: Sequence[TextPiece]) -> set[int]:
    """Return the lines that list several people; one name alone may be what a section is about.

    Words that the page also writes in small letters are not names: "Big Dreams, Small Spaces".
    """
    names = {line.at: words for line in lines if (words := _capitalized_name_words(line.text))}
    written = {word for piece in pieces for word in _LETTERS.findall(piece.text)} if names else set()
    return {at for at, words in names.items() if not any(word.lower() in written for word in words)}


def _find_speakers(lines: Sequence[BareLine]) -> set[int]:
    """Return the lines that name the next speaker, and those below them: names or capitals, several of which recur."""
    labels = {line.at: line.text.rstrip(" :") for line in lines}
    counts = Counter(labels.values())
    again = {text for text, count in counts.items() if count > 1 and (text.isupper() or bylines.is_name(text))}
    if len(again) < _MIN_SPEAKERS:
        return set()
    marked = sum(line.text.endswith(":") for line in lines) > _MIN_SPEAKERS
    speakers = {
        line.at
        for line in lines
        if labels[line.at] in again
        or (labels[line.at].isupper() and (line.text.endswith(":") if marked else bylines.is_name(labels[line.at])))
    }
    return speakers | {line.at for line in lines if line.at - 1 in speakers}


def _capitalized_name_words(text: str) -> list[str]:
    """Return the words of the names in a line of names, without those in small letters ("van")."""
    names = bylines.extract_names(text) if "," in text else ()
    words = [word for name in names for word in name.split()]
    all_names = len(names) >= _MIN_NAMES and all(map(bylines.is_name, names)) and len(words) * 2 >= len(text.split())
    return [word for word in words if not word.islower()] if all_names else []


def _may_be_heading(line: BareLine) -> bool:
    """Whether a line stands where a heading may: within the article, with text below it."""
    if line.text.endswith(":") and _count_words(line) > (_FEW_WORDS if line.titled else _MAX_WORDS_BEFORE_COLON):
        return False
    return line.text_below and (line.begun or _is_opening_heading(line))


def _is_opening_heading(line: BareLine) -> bool:
    """Whether a line alone right above the first paragraph or list has few words, and is not a name or a label."""
    most = _MANY_WORDS if line.titled else _MAX_OPENING_WORDS
    few = line.run == 1 and line.at > 0 and _count_words(line) <= most and line.text[0].isalnum()
    words = line.text.split()
    person = bylines.is_name(line.text) or bylines.has_lead_at(line.text) or all(map(bylines.is_role, words))
    return few and is_longer_than_label(line.below.text) and not person and ": " not in line.text


def _count_words(line: BareLine) -> int:
    return len(line.text.split())


def _is_interview(pieces: Sequence[TextPiece], lines: Sequence[BareLine]) -> bool:
    """Whether so many questions are long that questions are dialogue."""
    long = sum(piece.text.endswith("?") and len(piece.text.split()) in _INTERVIEW_QUESTION_WORDS for piece in pieces)
    short = sum(line.text.endswith("?") for line in lines)
    return long >= max(_MIN_INTERVIEW_QUESTIONS, short * _MIN_INTERVIEW_SHARE)
