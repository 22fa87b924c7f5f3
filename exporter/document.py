"""A document: the bytes of one article before it is read, with their origin."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath

import msgspec

from exporter.account import Dropped
from exporter.errors import Notice


class DocumentPart(msgspec.Struct, frozen=True):
    """A file that came in the same container as a document and belongs to it: a picture, or a page in a frame.

    `address` is where the container has it: a path, a URL, or ``cid:`` and an ID. `media_type` is empty if the
    container does not state it.
    """

    address: str
    data: bytes
    media_type: str = ""


class Document(msgspec.Struct, frozen=True):
    """The bytes of one article, and what their source states about them.

    `name` is what the user called it; errors and notices use it. `url` is where it was fetched from, or None. `folder`
    is the only folder whose files (pictures of a saved page) it may use, or None. `media_type` and `charset` are those
    of its HTTP headers or its container, or empty. `title`, `authors`, `published` and `tags` are those of a feed, a
    mail or an export, or empty. `whole` means that all of the data is the article, without a page around it, as in
    feeds and books.

    `location` is its own address in its container, from which the addresses of its `parts` are found. `fallback` is
    read if this document holds no article: the text of a feed's entry, for its page. `notices` are those of opening the
    source, `dropped` what was left out around it: the foot of a mail. `seconds_left` is what fetching it has left of
    `input.deadline` for its pictures; None means all.
    """

    name: str
    data: bytes
    url: str | None = None
    folder: str | None = None
    media_type: str = ""
    charset: str = ""
    title: str = ""
    published: str | None = None
    tags: tuple[str, ...] = ()
    whole: bool = False
    authors: tuple[str, ...] = ()
    location: str = ""
    parts: tuple[DocumentPart, ...] = ()
    fallback: Document | None = None
    notices: tuple[Notice, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    seconds_left: float | None = None

    @property
    def suffix(self) -> str:
        """The suffix of its URL or name, in lower case and with the dot; empty if it has none."""
        return _find_suffix((self.url or self.name).partition("?")[0])


@lru_cache(maxsize=64)  # every reader asks for it
def _find_suffix(path: str) -> str:
    return PurePath(path).suffix.lower()


def take_fallback(fallback: Document, cause: str) -> Document:
    """Return what is read in place of a page that cannot be had, with the notice that says so and why."""
    text = f"its page cannot be had ({cause}): this is the text of the feed, which may be only its beginning"
    return msgspec.structs.replace(fallback, notices=(*fallback.notices, Notice(fallback.name, text)))
