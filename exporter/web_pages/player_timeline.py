"""The timeline of a page: which element is highlighted from when on, and when each of its words is spoken.

A row is an element's id, its begin and its words' begins. It is written as short as can be, since a page has a number
for each word: in hundredths of a second, in base 36, each as its distance from the one before.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from exporter.article import Article
from exporter.ebook.xhtml import Element
from exporter.fragments import is_beside_text, map_sentence_texts, time_words
from exporter.recording import Mark, Recording, Segment
from exporter.web_pages.article_html import ArticleHtml

_DIGITS = string.digits + string.ascii_lowercase
_UNSPOKEN_CLASSES = frozenset({"mark"})
_UNSPOKEN_TAGS = frozenset({"rt", "rp"})


class TimelineRow(msgspec.Struct):
    """An element (an empty `anchor` for none), the second from which it is spoken, and the begin of words by number.

    The number of a word is its place in the element's text, from 0.
    """

    anchor: str
    begin: float
    words: dict[int, float]


def make_rows(
    article: Article, html: ArticleHtml, segments: Iterable[Segment], recording: Recording
) -> list[TimelineRow]:
    """Return the rows of one article: `segments` are its own, on the timeline of the whole recording."""
    elements = {element.get("id"): element for element in html.section.iter("*") if element.get("id")}
    own = [*segments]
    spoken = [segment for segment in own if not segment.lost and not is_beside_text(segment)]
    beside = [("", segment.begin, segment.end) for segment in own if is_beside_text(segment)]
    rows: list[TimelineRow] = []
    for anchor, begin, end in sorted([*time_words(article, spoken), *beside], key=lambda timed: timed[1]):
        if end <= begin:
            continue
        base, _, word = anchor.partition(".w")
        place = _find_element(html.prefix + base, elements)
        if not rows or rows[-1].anchor != place:
            rows.append(TimelineRow(place, recording.seconds(begin), {}))
        if word and place == html.prefix + base:
            rows[-1].words.setdefault(int(word) - 1, recording.seconds(begin))
    texts = map_sentence_texts(article)
    for row in rows:
        # The text of an element can lack words of its sentence (a formula, a picture): then no word has a number.
        written = texts.get(row.anchor.removeprefix(html.prefix), "")
        if row.words and len(_read_text(elements[row.anchor]).split()) != len(written.split()):
            row.words.clear()
    return rows


def find_chapter_anchor(mark: Mark, html: ArticleHtml) -> str:
    """Return the id of a chapter's heading; empty if the page has no such element."""
    return _find_element(html.prefix + mark.anchor, {element.get("id") for element in html.section.iter("*")})


def format_clock(seconds: float) -> str:
    """Format seconds as a player does: minutes and seconds, hours where there are any."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def encode_rows(rows: Sequence[TimelineRow]) -> str:
    """Encode rows: parts divided by spaces, rows by semicolons; ``-`` for a word without a time of its own."""
    return ";".join(_encode(rows))


def _encode(rows: Iterable[TimelineRow]) -> Iterator[str]:
    last = 0
    for row in rows:
        begin = round(row.begin * 100)
        parts = [row.anchor, _to_base36(begin - last)]
        last = word_begin = begin
        # A first word that begins with its row needs no number.
        for number in range(max(row.words, default=-1) + 1):
            if number in row.words:
                spoken = max(word_begin, round(row.words[number] * 100))
                parts.append(_to_base36(spoken - word_begin))
                word_begin = spoken
            else:
                parts.append("-")
        yield " ".join(parts)


def _to_base36(number: int) -> str:
    digits = ""
    while number >= 36:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return _DIGITS[number] + digits


def _find_element(anchor: str, ids: Iterable[str]) -> str:
    """Return the id of an anchor, or of what contains it (the figure of an alternative text); empty if none has one."""
    while anchor and anchor not in ids:
        anchor = anchor.rpartition(".")[0]
    return anchor


def _read_text(element: Element) -> str:
    """Return the text of an element that a player counts words in."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in _UNSPOKEN_TAGS and child.get("class") not in _UNSPOKEN_CLASSES:
            pieces.append(_read_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
