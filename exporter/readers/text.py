"""Plain text, scraped from pages or saved by hand: the last reader asked, since it takes any text.

Bytes are decoded, characters repaired, lines joined to paragraphs; then the steps of `exporter.readers.scraped`
separate title, metadata and boilerplate from the article. Notices say what they drop or join; doubtful text stays.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.account import LOST, Account, Dropped
from exporter.article import Article, Metadata
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read, file_signatures, language_detection, line_reasons
from exporter.readers.article_texts import list_texts
from exporter.readers.scraped import (
    STEPS,
    block_assembly,
    line_breaks,
    text_repair,
    verse_lines,
    wrapping,
)
from exporter.readers.scraped.line_breaks import TextLine
from exporter.readers.scraped.scraped_page import ScrapedPage, describe_line
from exporter.readers.source_texts import Fate, SourceTexts
from exporter.readers.text_formats import name_format
from exporter.readers.text_tests import text_key

_MAX_TITLE_LINES = 3
"""Lines over which a wrapped title runs."""

_MAX_PIECES = 200_000
"""Pieces of the largest page: a longer text is a register or a log, which has neither a header nor boilerplate."""


def recognises(document: Document) -> bool:
    """Whether it is text, and not data, a program or markup: no reader is asked after this one."""
    return not file_signatures.is_binary(document.data) and not name_format(document)


def read(document: Document, settings: InputSettings) -> Read:
    """Read a text as an article; raises `SourceError` if it is binary or holds no words."""
    if file_signatures.is_binary(document.data):
        raise file_signatures.unreadable_error(document)
    written = text_repair.decode_text(document)
    lines = line_breaks.split_lines(text_repair.repair_text(written))
    if not any(any(map(str.isalnum, line.text)) for line in lines):
        raise SourceError(
            "reading", document.name, "EmptyText: there is not one word in it", "Name a file that holds an article."
        )
    page = _make_page(document, lines, settings)
    page = msgspec.structs.replace(page, notices=(*text_repair.find_damage(written), *page.notices))
    for step in STEPS if len(page.pieces) <= _MAX_PIECES else ():
        page = step(page)
    article = Article(page.metadata, block_assembly.build_blocks(page.pieces))
    notices = tuple(notice for notice in page.notices if not isinstance(notice, Dropped))
    dropped = [notice for notice in page.notices if isinstance(notice, Dropped)]
    return Read(article, notices, _make_account(lines, article, dropped), language_detected=not settings.language)


def _make_account(lines: Sequence[TextLine], article: Article, dropped: Sequence[Dropped]) -> Account:
    """Find each line in the article or among what a step dropped."""
    title = text_key(article.metadata.title)
    texts = [line.text for line in lines]
    keys = map(text_key, texts)
    first = next((number for number, key in enumerate(keys) if key and (key in title or (title and title in key))), 0)
    shown = range(first, first + _MAX_TITLE_LINES)
    kept = [(text, Fate(role=role)) for role, text in list_texts(article)]
    left_out = [(each.text, Fate(why=each.why)) for each in dropped]
    return SourceTexts(texts).close(
        article.metadata,
        (kept, left_out),
        shown,
        lambda _, words: Fate(why=line_reasons.find_line_reason(words) or LOST),
        lambda number: describe_line(lines[number].number),
    )


def _make_page(document: Document, lines: Sequence[TextLine], settings: InputSettings) -> ScrapedPage:
    """Join the lines to the pieces that the steps begin with, and detect the language; verse keeps its lines."""
    verses = verse_lines.find_stanzas(lines)
    pieces, joined = (verses, ()) if verses else wrapping.join_lines(lines)
    tag = settings.language or language_detection.detect_language([piece.text for piece in pieces])
    return ScrapedPage(pieces, Metadata(title=document.title, source=document.url, language=tag), joined)
