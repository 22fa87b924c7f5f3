"""Opens names and links, and unpacks containers, to a limited depth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from exporter import registry
from exporter.config import CacheSettings, InputSettings
from exporter.document import Document
from exporter.errors import ExporterError, SourceError, describe_error
from exporter.sources import Container, LinkedPage, files

if TYPE_CHECKING:
    from exporter.sources.http_client import Client

_URL_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")  # any scheme: the client reports those that it cannot fetch

MAX_LIST_DEPTH = 8
"""Levels of lists of sources that name other lists; chosen: a list that names itself must end."""

_REPORT_FAULT = "Save or export it again; if that does not help, it is a fault of exporter: please report it."

MAX_CONTAINER_DEPTH = 4
"""Levels of containers in containers: an outline, a feed in it, an archive that the feed links to, and one more."""

# How containers begin: markup, JSON, ZIP, gzip, WARC, mail, or a table with a column of URLs. Most articles do not.
_CONTAINER_SIGNS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:[<\[{]|PK\x03\x04|\x1f\x8b|WARC/|[A-Za-z][\w-]*:\s|[^\n]{0,300}\burl\b)", re.IGNORECASE
)


def make_client(settings: InputSettings, cache: CacheSettings) -> Client:
    """Make the HTTP client."""
    from exporter.cache import Cache  # noqa: PLC0415  4 ms, only the web needs it
    from exporter.sources.http_client import Client  # noqa: PLC0415  90 ms, only the web needs it

    return Client(settings, Cache(cache))


class Opener:
    """Opens the names of one run; a page that several containers link to is opened once."""

    def __init__(self, settings: InputSettings, stdin: BinaryIO | None, cache: CacheSettings) -> None:
        self._settings = settings
        self._stdin = stdin
        self._cache = cache
        self._client: Client | None = None
        self._fetched_urls: set[str] = set()

    def open_name(self, name: str, folder: Path, list_depth: int) -> Iterator[Document | SourceError]:
        """Yield the documents of one name.

        Relative paths start from `folder`. `list_depth` is the number of lists within lists that the name stands in.
        """
        try:
            if name == "-":
                yield from self._unpack(files.read_stream(self._stdin, self._settings))
            elif name.startswith("@"):
                yield from self._open_list(name, folder, list_depth)
            elif _URL_SCHEME.match(name):
                yield from self._unpack(self._fetch(LinkedPage(name)))
            else:
                yield from self._open_path(files.resolve_name(name, folder))
        except SourceError as error:
            yield error
        except ExporterError:
            raise
        except Exception as error:  # noqa: BLE001  a fault in one source must not stop the others
            yield SourceError("opening", name, describe_error(error, "InternalError"), _REPORT_FAULT)

    def _open_list(self, name: str, folder: Path, list_depth: int) -> Iterator[Document | SourceError]:
        if list_depth == MAX_LIST_DEPTH:
            cause = f"NestingError: lists name other lists more than {MAX_LIST_DEPTH} levels deep"
            raise SourceError("reading a list", name, cause, "Name the sources in one list.")
        path = files.resolve_name(name[1:], folder)
        for line in files.read_list(path, self._settings):
            yield from self.open_name(line, path.parent, list_depth + 1)

    def _open_path(self, path: Path) -> Iterator[Document | SourceError]:
        if not files.is_folder(path):
            yield from self._unpack(files.read_file(path, self._settings))
            return
        found = False
        for file in files.find_candidates(path):
            for item in (file,) if isinstance(file, SourceError) else self._open_candidate(file):
                found = True
                yield item
        if not found:
            raise SourceError(
                "reading a folder", str(path), "EmptySource: it holds no article", "Name a folder that holds articles."
            )

    def _open_candidate(self, file: Path) -> Iterator[Document | SourceError]:
        """Yield the documents of a file in a folder; nothing if it does not hold articles."""
        try:
            document = files.read_file(file, self._settings)
            if (
                files.has_article_suffix(file)
                or _find_container(document)
                or registry.load("readers", "saved").recognises(document)
            ):
                yield from self._unpack(document)
        except SourceError as error:
            yield error

    def _unpack(self, document: Document, depth: int = 0) -> Iterator[Document | SourceError]:
        """Yield the document, or what it holds if it is a container; `depth` containers are around it."""
        container = _find_container(document)
        if container is None:
            yield document
            return
        if depth == MAX_CONTAINER_DEPTH:
            cause = f"NestingError: archives, feeds or lists hold others more than {MAX_CONTAINER_DEPTH} levels deep"
            raise SourceError("opening", document.name, cause, "Unpack it and name what you want to read.")
        for part in container.contents(document, self._settings):
            try:
                if isinstance(part, SourceError):
                    yield part
                elif isinstance(part, Document):
                    yield from self._unpack(part, depth + 1)
                elif part.url not in self._fetched_urls:
                    yield from self._unpack(self._fetch(part), depth + 1)
            except SourceError as error:
                yield error

    def _fetch(self, link: LinkedPage) -> Document:
        """Fetch a page; raises `SourceError`."""
        from exporter.sources import login_walls  # noqa: PLC0415  90 ms, only the web needs it

        self._client = self._client or make_client(self._settings, self._cache)
        self._fetched_urls.add(link.url)
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
    """Return the module for the container that a document is, or None for a single article."""
    names: Iterable[str] = registry.TABLE["sources"] if _CONTAINER_SIGNS.match(document.data) else ()
    # Other packages' containers are searched only for unknown files: the search takes longer than reading a text.
    if document.suffix not in files.ARTICLE_SUFFIXES and document.name != "-" and document.url is None:
        names = registry.names("sources")
    for name in names:
        container: Container = registry.load("sources", name)
        if container.recognises(document):
            return container
    return None
