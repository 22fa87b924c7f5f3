"""A document: the bytes of one article before it is read, with their origin."""

from __future__ import annotations

from pathlib import PurePath

import msgspec


class Document(msgspec.Struct, frozen=True):
    """The bytes of one article, and what their source states about them.

    `name` is what the user called it; errors and notices use it. `url` is where it was fetched from, or None. `folder`
    is the only folder whose files (pictures of a saved page) it may use, or None. `media_type` and `charset` are those
    of its HTTP headers or its container, or empty. `title`, `published` and `tags` are those of a feed or an export, or
    empty. `whole` means that all of the data is the article, without a page around it, as in feeds and books.
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

    @property
    def suffix(self) -> str:
        """The suffix of its URL or name, in lower case and with the dot; empty if it has none."""
        return PurePath((self.url or self.name).partition("?")[0]).suffix.lower()
