"""The facts that a page header states: section, authors, dates."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.account import Dropped
from exporter.article import Metadata
from exporter.errors import Notice
from exporter.readers import language_detection
from exporter.readers.scraped import unmarked_bylines
from exporter.readers.scraped.header_spans import HeaderSpan
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece, describe_line

MAX_SECTION_WORDS = 6
"""Words of a section's name. Chosen by reading pages; no measurement."""

_MONTH_FIRST_LANGUAGES = ("en", "en-US", language_detection.UNKNOWN)
"""Languages in which 3/4 may be March 4; in all others it is the 3rd of April."""


class HeaderFacts(msgspec.Struct):
    """The facts found so far in a page header; `header_pieces` fills them in piece by piece.

    `pieces` are those of the whole page. `day_first` says how to read a date like 3/4. `authors` stand behind a word
    that leads a byline, `unmarked_authors` do not. `ends_in_shares` says that the piece read last ends in share words;
    `line` is the line of that piece.
    An empty string means that the fact is not stated.
    """

    pieces: Sequence[TextPiece]
    title: str
    site: str
    day_first: bool
    authors: list[str] = []
    unmarked_authors: list[str] = []
    notices: list[Notice | Dropped] = []
    published: str = ""
    modified: str = ""
    section: str = ""
    ends_in_shares: bool = False
    line: int = 0

    @classmethod
    def of(cls, page: ScrapedPage) -> HeaderFacts:
        """Return the facts of a page whose header is still to be read."""
        metadata = page.metadata
        day_first = metadata.language not in _MONTH_FIRST_LANGUAGES
        return cls(page.pieces, metadata.title, metadata.site or "", day_first)

    def find_names(self, words: str) -> list[str]:
        """Return the people named in words between other facts of the header; marks at the edges are ignored."""
        return unmarked_bylines.find_names(words.strip(unmarked_bylines.SEPARATOR_MARKS), self.site, self.pieces)

    def add_span(self, span: HeaderSpan) -> None:
        """Take over the names and the date of a span; what was stated before it stays."""
        # A menu's "By industry" is not a byline.
        self.authors = self.authors or [
            name
            for name in span.names
            if not (name.islower() and unmarked_bylines.is_ordinary_phrase(name, self.pieces))
        ]
        if span.moment and span.moment.event == "modified":
            self.modified = self.modified or span.moment.value
        elif span.moment:
            self.published = self.published or span.moment.value

    def add_notice(self, text: str, reason: str = "part of the page's header") -> None:
        """Add the notice that a text of the piece read last was dropped."""
        self.notices.append(Dropped(text, reason, describe_line(self.line)))

    def fill_in(self, metadata: Metadata) -> Metadata:
        """Return the metadata with the header's facts where it states nothing.

        Without a date names without a leading word are doubtful, and left out.
        """
        unmarked = tuple(dict.fromkeys(self.unmarked_authors)) if self.published or self.modified else ()
        return msgspec.structs.replace(
            metadata,
            authors=metadata.authors or tuple(self.authors) or unmarked,
            published=metadata.published or self.published or self.modified or None,
            modified=metadata.modified or (self.modified if self.published else None) or None,
            section=metadata.section or self.section or None,
        )
