"""Sources: what the user named becomes the documents it means.

A name is a file, a folder, ``-``, ``@FILE`` (`files`) or a URL (`web`). What was opened (`opening`) may hold others: a
feed, a book, an archive, an export of a reading list. Such a *container* is a module with the two functions of
`Container`; `exporter.registry` lists them in the order in which they are asked, and each knows its own by content. A
container only reads what it was given: pages elsewhere are `LinkedPage` values, which `opening` fetches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from exporter.article import Article
from exporter.config import CacheSettings, InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError

_DEFAULT_CACHE = CacheSettings()


class LinkedPage(msgspec.Struct, frozen=True):
    """A page elsewhere, and what the container that names it says of it."""

    url: str
    title: str = ""
    published: str | None = None
    tags: tuple[str, ...] = ()


class Container(Protocol):
    """What every kind of container offers."""

    def recognises(self, document: Document) -> bool:
        """Whether the document is of this kind, judged by content."""
        ...

    def contents(self, document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
        """Yield what it holds, in order; a part that cannot be read is yielded as its error.

        Raises `SourceError` where the whole cannot be read.
        """
        ...


def open_documents(
    names: Iterable[str], settings: InputSettings, stdin: BinaryIO | None = None, cache: CacheSettings = _DEFAULT_CACHE
) -> Iterator[Document | SourceError]:
    """Yield every document that the names mean, in order; what cannot be read is yielded as its error.

    `cache` says where pages of the web are kept between runs.
    """
    from exporter.sources.opener import Opener  # noqa: PLC0415  it knows the values above

    opener = Opener(settings, stdin, cache)
    for name in names:
        yield from opener.name(name, Path(), 0)


def fetch_images(
    article: Article, settings: InputSettings, cache: CacheSettings = _DEFAULT_CACHE
) -> tuple[Article, tuple[Notice, ...]]:
    """Fetch the pictures of an article that are still elsewhere; each that cannot be had is a notice."""
    if not settings.images or all(resource.data or resource.path for resource in article.resources):
        return article, ()
    from exporter.sources import image_fetching, opener  # noqa: PLC0415  most articles bring their pictures or have none

    return image_fetching.fetch_pictures(article, opener.make_client(settings, cache))
