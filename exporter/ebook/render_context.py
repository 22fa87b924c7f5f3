"""The state of writing one article as XHTML: its pictures, notes and links, and the features and notices found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from exporter.article import Article, Note
from exporter.ebook.book_images import BookImage
from exporter.ebook.typography import Typesetter
from exporter.ebook.xhtml import Element
from exporter.errors import Notice

if TYPE_CHECKING:
    from exporter.ebook.pls_lexicon import Pronouncer


class RenderContext(msgspec.Struct):
    """The context of one article. Mutable: `ids`, `marks`, `features` and `notices` grow while it is written.

    `notes` numbers the notes by name. `resolve` turns the target of a link into one that works in the book, or None.
    `spans` adds an element with an id for each sentence, which media overlays need. `pronouncer` marks the terms of a
    lexicon; None without one. `level` is that of the last heading. `marks` counts the marks of each note, by name.
    """

    article: Article
    pictures: Mapping[str, BookImage]
    notes: Mapping[str, int]
    resolve: Callable[[str], str | None]
    typesetter: Typesetter
    spans: bool = False
    pronouncer: Pronouncer | None = None
    level: int = 1
    ids: set[str] = msgspec.field(default_factory=set)
    marks: dict[str, int] = msgspec.field(default_factory=dict)
    features: set[str] = msgspec.field(default_factory=set)
    notices: list[Notice] = msgspec.field(default_factory=list)

    def identify(self, element: Element, anchor: str) -> None:
        """Give an element the id `anchor`, unless that is empty or taken."""
        if anchor and anchor not in self.ids:
            self.ids.add(anchor)
            element.set("id", anchor)

    def set_line(self, text: str) -> str:
        """Typeset a text that stands by itself."""
        self.typesetter.begin()
        return self.typesetter.set(text)

    def notice(self, text: str) -> None:
        """Add a notice about the article, once."""
        notice = Notice(self.article.metadata.title, text)
        if notice not in self.notices:
            self.notices.append(notice)


def number_notes(notes: tuple[Note, ...]) -> dict[str, int]:
    """Return the number of each note by its name, from 1."""
    return {note.name: number for number, note in enumerate(notes, 1)}
