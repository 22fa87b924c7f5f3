"""What is known while an article is written: its pictures and notes, where links lead, what was found on the way."""

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
    """One article in the making. The only value here that changes: features and notices gather in it.

    `spans` puts an element with an id around each sentence (media overlays need them). `resolve` turns the target of
    a link into one that works inside the book, or into None where none does. `pronouncer` marks a lexicon's terms.
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
        """Give an element the id `anchor`, unless it is empty or taken."""
        if anchor and anchor not in self.ids:
            self.ids.add(anchor)
            element.set("id", anchor)

    def set_line(self, text: str) -> str:
        """Return a text that stands by itself, as it is set."""
        self.typesetter.begin()
        return self.typesetter.set(text)

    def notice(self, text: str) -> None:
        """Remark on something the reader of the book may miss."""
        notice = Notice(self.article.metadata.title, text)
        if notice not in self.notices:
            self.notices.append(notice)


def number_notes(notes: tuple[Note, ...]) -> dict[str, int]:
    """Number the notes by their names, from 1."""
    return {note.name: number for number, note in enumerate(notes, 1)}
