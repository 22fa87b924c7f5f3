"""What a source holds before it is read: bytes, where they came from, and what they may lead to."""

from __future__ import annotations

from pathlib import PurePath

import msgspec


class Document(msgspec.Struct, frozen=True):
    """One thing to be read as an article.

    `name` is what the user called it (errors and notices name it so). `url` is where it was fetched from, if it was.
    `folder` is the only folder whose files (pictures of a saved page) it may use, or None. `media_type` is what its
    carrier claims, or empty; `charset` likewise. `title` and `published` are what a feed or an export says of it.
    `whole` is set where its carrier knows that all of it is the article, with no page around it.
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
        """The lower-case suffix of its name, with the dot, or empty."""
        return PurePath((self.url or self.name).partition("?")[0]).suffix.lower()
