"""Names and links are opened, and what holds other documents is unpacked, to a limited depth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from exporter import registry
from exporter.config import CacheSettings, InputSettings
from exporter.document import Document
from exporter.errors import ExporterError, SourceError
from exporter.sources import Container, LinkedPage, files

if TYPE_CHECKING:
    from exporter.sources.http_client import Client

_URL_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")  # of any scheme: the client says which it takes

MAX_LIST_DEPTH = 8
"""Lists of sources within lists that are followed."""

_REPORT_FAULT = "Save or export it again; if that does not help, it is a fault of exporter: please report it."

MAX_CONTAINER_DEPTH = 4
"""Containers within containers that are opened: an outline, its feed, the page that names, and one to spare."""

# How our containers begin: markup, JSON, ZIP, gzip, WARC, mail, or a table with a column of URLs. Most articles do not.
_CONTAINER_SIGNS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:[<\[{]|PK\x03\x04|\x1f\x8b|WARC/|[A-Za-z][\w-]*:\s|[^\n]{0,300}\burl\b)", re.IGNORECASE
)


def make_client(settings: InputSettings, cache: CacheSettings) -> Client:
    """Make the client for the web."""
    from exporter.cache import Cache  # noqa: PLC0415  these two are for the web only
    from exporter.sources.http_client import Client  # noqa: PLC0415

    return Client(settings, Cache(cache))


class Opener:
    """Opens names, one after the other; a page that several of them lead to is opened once."""

    def __init__(self, settings: InputSettings, stdin: BinaryIO | None, cache: CacheSettings) -> None:
        self._settings = settings
        self._stdin = stdin
        self._cache = cache
        self._client: Client | None = None
        self._linked: set[str] = set()

    def name(self, name: str, folder: Path, lists: int) -> Iterator[Document | SourceError]:
        """Yield what one name means; relative paths start from `folder`, `lists` lists led to it."""
        try:
            if name == "-":
                yield from self._opened(files.read_stream(self._stdin, self._settings))
            elif name.startswith("@"):
                yield from self._list(name, folder, lists)
            elif _URL_SCHEME.match(name):
                yield from self._opened(self._fetched(LinkedPage(name)))
            else:
                yield from self._path(files.resolve_name(name, folder))
        except SourceError as error:
            yield error
        except ExporterError:
            raise
        except Exception as error:  # noqa: BLE001  what one source holds stops no other
            yield SourceError("opening", name, f"{type(error).__name__}: {error}", _REPORT_FAULT)

    def _list(self, name: str, folder: Path, lists: int) -> Iterator[Document | SourceError]:
        if lists == MAX_LIST_DEPTH:
            raise SourceError(
                "reading a list", name, "NestingError: lists name lists without end", "Name the sources in one list."
            )
        path = files.resolve_name(name[1:], folder)
        for line in files.read_list(path, self._settings):
            yield from self.name(line, path.parent, lists + 1)

    def _path(self, path: Path) -> Iterator[Document | SourceError]:
        if not files.is_folder(path):
            yield from self._opened(files.read_file(path, self._settings))
            return
        found = False
        for file in files.find_candidates(path):
            for item in (file,) if isinstance(file, SourceError) else self._candidate(file):
                found = True
                yield item
        if not found:
            raise SourceError(
                "reading a folder", str(path), "EmptySource: it holds no article", "Name a folder that holds articles."
            )

    def _candidate(self, file: Path) -> Iterator[Document | SourceError]:
        """Yield what a file in a folder holds, if it is one of those that hold articles."""
        try:
            document = files.read_file(file, self._settings)
            if (
                files.has_article_suffix(file)
                or _find_container(document)
                or registry.load("readers", "saved").recognises(document)
            ):
                yield from self._opened(document)
        except SourceError as error:
            yield error

    def _opened(self, document: Document, depth: int = 0) -> Iterator[Document | SourceError]:
        """Yield the document, or what it holds; `depth` containers led to it."""
        container = _find_container(document)
        if container is None:
            yield document
            return
        if depth == MAX_CONTAINER_DEPTH:
            raise SourceError(
                "opening",
                document.name,
                "NestingError: containers hold containers without end",
                "Unpack it and name what you want to read.",
            )
        for part in container.contents(document, self._settings):
            try:
                if isinstance(part, SourceError):
                    yield part
                elif isinstance(part, Document):
                    yield from self._opened(part, depth + 1)
                elif part.url not in self._linked:
                    yield from self._opened(self._fetched(part), depth + 1)
            except SourceError as error:
                yield error

    def _fetched(self, link: LinkedPage) -> Document:
        """Fetch a page; raises `SourceError`."""
        from exporter.sources import login_walls  # noqa: PLC0415  for the web only

        self._client = self._client or make_client(self._settings, self._cache)
        self._linked.add(link.url)
        page = self._client.get(link.url)
        if not page.data.strip():
            raise files.empty_error(link.url)
        login_walls.check_page(link.url, page)
        return Document(
            link.url,
            page.data,
            url=page.url,
            media_type=page.media_type,
            charset=page.charset,
            title=link.title,
            published=link.published,
            tags=link.tags,
        )


def _find_container(document: Document) -> Container | None:
    """The kind of container that a document is, or None for a single article."""
    names: Iterable[str] = registry.TABLE["sources"] if _CONTAINER_SIGNS.match(document.data) else ()
    # Looking for other packages' containers costs more than reading a text.
    if document.suffix not in files.ARTICLE_SUFFIXES and document.name != "-" and document.url is None:
        names = registry.names("sources")
    for name in names:
        container: Container = registry.load("sources", name)
        if container.recognises(document):
            return container
    return None
