"""Sources: the names that the user gave become documents.

A name is a file, a folder, ``-``, ``@FILE`` (`files`) or a URL (`http_client`). What was opened (`opener`) may hold
other documents: a feed, a book, an archive, an export of a reading list. The module of such a *container* has the two
functions of `Container`; `exporter.registry` lists the modules in the order in which they are asked, and each
recognises its kind by content. A container reads only its own bytes: pages on the web are `LinkedPage` values, which
`opener` fetches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from exporter.article import Article
from exporter.config import CacheSettings, InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError
from exporter.output_folder.file_stamps import FileStamp

_DEFAULT_CACHE = CacheSettings()


def _ignore_notice(_notice: Notice) -> None:
    """Do nothing: for callers that show no notices."""


class LinkedPage(msgspec.Struct, frozen=True):
    """A page on the web, and what the container that links to it says of it; empty or None if it says nothing.

    `fallback` is what the container has of its text; it is read if the page cannot be had.
    """

    url: str
    title: str = ""
    published: str | None = None
    tags: tuple[str, ...] = ()
    fallback: Document | None = None


class ByteRange(msgspec.Struct, frozen=True, array_like=True):
    """The bytes of a file from `start` up to `end`."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """Their number."""
        return self.end - self.start

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


class UnopenedFile(msgspec.Struct, frozen=True):
    """A file that is left for others to open (`open_file`); `is_named` says that the user named it, not its folder.

    Of a web archive that is too large for one source, it is a `part`; only such a part may be of an object, whose state
    is its `stamp`.
    """

    name: str
    is_named: bool
    part: ByteRange | None = None
    stamp: FileStamp | None = None


class Container(Protocol):
    """The functions of a module for one kind of container; `opener` calls them."""

    def recognises(self, document: Document) -> bool:
        """Whether a document is of this kind, judged by its content."""
        ...

    def contents(self, document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
        """Yield what the container holds, in order; a part that cannot be read is yielded as its error.

        Raises `SourceError` if nothing of it can be read.
        """
        ...


class Selection(Protocol):
    """Chooses what is opened, and by whom."""

    def is_left_out(self, path: Path, is_named: bool) -> bool:
        """Whether a file that would be opened is left out; `is_named` says that the user named the file itself.

        Of a web archive, the pages are left out one by one.
        """
        ...

    def is_page_left_out(self, url: str, stamp: FileStamp | None = None) -> bool:
        """Whether a page on the web is left out (named by the user, in a list or in a web archive), or an object.

        `stamp` is the state of an object.
        """
        ...


def open_documents(
    names: Iterable[str],
    settings: InputSettings,
    stdin: BinaryIO | None = None,
    cache: CacheSettings = _DEFAULT_CACHE,
    notify: Callable[[Notice], None] = _ignore_notice,
) -> Iterator[Document | SourceError]:
    """Yield the documents of all names, in order; what cannot be read is yielded as its error.

    `stdin` is what ``-`` means, or None. `cache` says where fetched pages are kept between runs. `notify` is called
    with what concerns no single document, such as the files of a folder that were not read.
    """
    from exporter.sources.opener import Opener  # noqa: PLC0415  breaks a cycle: it needs the protocols above

    opener = Opener(settings, stdin, cache, notify)
    return _list_opened(opener.open_names(names, Path(), 0))


def list_sources(
    names: Iterable[str],
    settings: InputSettings,
    stdin: BinaryIO | None,
    cache: CacheSettings,
    notify: Callable[[Notice], None],
    selection: Selection,
) -> Iterator[Document | SourceError | UnopenedFile]:
    """Yield the same as `open_documents`, but files whose suffix is that of single articles without opening them.

    Leaves out what the `selection` says.
    """
    from exporter.sources.opener import Opener  # noqa: PLC0415  as above

    return Opener(settings, stdin, cache, notify, selection).open_names(names, Path(), 0)


def open_file(
    path: str, settings: InputSettings, cache: CacheSettings, part: ByteRange | None = None
) -> Iterator[Document | SourceError]:
    """Yield the documents of one file: a single one, unless it is a container. Of a web archive, perhaps of a part."""
    from exporter.sources.opener import Opener  # noqa: PLC0415  as above

    return _list_opened(Opener(settings, None, cache, _ignore_notice).open_file(path, part))


def _list_opened(
    found: Iterable[Document | SourceError | UnopenedFile],
) -> Iterator[Document | SourceError]:
    return (item for item in found if not isinstance(item, UnopenedFile))


def fetch_images(
    article: Article, settings: InputSettings, cache: CacheSettings = _DEFAULT_CACHE, seconds_left: float | None = None
) -> tuple[Article, tuple[Notice, ...]]:
    """Fetch the pictures of an article that are on the web; there is a notice for each that cannot be fetched.

    Pictures over the limit of the settings are left out, with a notice for each. `seconds_left` is what the article's
    page has left of `input.deadline`; None means all.
    """
    if not settings.images or not article.resources:
        return article, ()
    from exporter.sources import picture_limit  # noqa: PLC0415  most articles have no pictures

    article, over = picture_limit.limit_pictures(article, settings.largest_pictures)
    if all(resource.data or resource.path for resource in article.resources):
        return article, over
    from exporter.sources import image_fetching, opener  # noqa: PLC0415  90 ms, most articles need no picture fetched

    article, notices = image_fetching.fetch_pictures(
        article, opener.make_client(settings, cache), settings.largest_pictures, seconds_left
    )
    return article, (*over, *notices)
