"""Opens names and links, and unpacks containers, to a limited depth."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeVar

import msgspec

from exporter.config import CacheSettings, InputSettings
from exporter.document import Document, take_fallback
from exporter.errors import ExporterError, Notice, SourceError, UsageError, describe_error
from exporter.sources import ByteRange, LinkedPage, Selection, UnopenedFile, files
from exporter.sources.candidates import describe_skipped, find_container, holds_article, is_readable_kind, skip_reason
from exporter.sources.item_selection import parse_moment

if TYPE_CHECKING:
    from concurrent.futures import Future

    from exporter.output_folder.file_stamps import FileStamp
    from exporter.sources.host_queues import HostQueues
    from exporter.sources.http_client import Client

_URL_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")  # any scheme: the client reports those that it cannot fetch

MAX_LIST_DEPTH = 8
"""Levels of lists of sources that name other lists; chosen: a list that names itself must end."""

_REPORT_FAULT = "Save or export it again; if that does not help, it is a fault of exporter: please report it."

MAX_PAGES_AHEAD = 64
"""Pages that are fetched before they are asked for; chosen: enough that eight hosts are busy in a list by host."""

Found = Document | SourceError | UnopenedFile
"""What is found under a name."""

Part = Document | LinkedPage | SourceError
"""What a container holds."""

_Item = TypeVar("_Item", bound=str | Part)

MAX_CONTAINER_DEPTH = 4
"""Levels of containers in containers: an outline, a feed in it, an archive that the feed links to, and one more."""


def make_client(settings: InputSettings, cache: CacheSettings) -> Client:
    """Make the HTTP client."""
    from exporter.cache import Cache  # noqa: PLC0415  4 ms, only the web needs it
    from exporter.sources.http_client import Client  # noqa: PLC0415  90 ms, only the web needs it

    return Client(settings, Cache(cache))


class _Opened(NamedTuple):
    """A document, and what it holds if it is a container, else None."""

    document: Document
    parts: Iterator[Part] | None


class Opener:
    """Opens the names of one run; a page that several containers link to is opened once.

    Pages are fetched ahead of the one that is asked for, side by side where their hosts differ, and are yielded in
    their order all the same. `notify` receives what concerns no single document: the files of a folder that were not
    read. With a `selection`, what it says is left out, and files that hold one article each are yielded unopened.
    """

    def __init__(
        self,
        settings: InputSettings,
        stdin: BinaryIO | None,
        cache: CacheSettings,
        notify: Callable[[Notice], None],
        selection: Selection | None = None,
    ) -> None:
        self._selection = selection
        self._settings = settings
        self._stdin = stdin
        self._cache = cache
        self._notify = notify
        self._fetched_urls: set[str] = set()
        self._futures: dict[str, Future[_Opened]] = {}
        if settings.since and parse_moment(settings.since) is None:
            cause = "BadValue: it is not a date"
            raise UsageError("setting input.since", settings.since, cause, "Write it as 2024-05-17.")

    def open_names(self, names: Iterable[str], folder: Path, list_depth: int) -> Iterator[Found]:
        """Yield the documents of names.

        Relative paths start from `folder`. `list_depth` is the number of lists within lists that the names stand in.
        """
        if selection := self._selection:
            names = (name for name in names if not (_is_page(name) and selection.is_page_left_out(name)))
        for name in self._look_ahead(names):
            yield from self._open_name(name, folder, list_depth)

    def _open_name(self, name: str, folder: Path, list_depth: int) -> Iterator[Found]:
        try:
            if name == "-":
                yield from self._unpack(files.read_stream(self._stdin, self._settings))
            elif name.startswith("@"):
                yield from self._open_list(name, folder, list_depth)
            elif files.is_object_address(name):
                yield from self._open_objects(name)
            elif _URL_SCHEME.match(name):
                yield from self._follow(LinkedPage(name), 0)
            else:
                yield from self._open_path(files.resolve_name(name, folder))
        except SourceError as error:
            yield error
        except ExporterError:
            raise
        except Exception as error:  # noqa: BLE001  a fault in one source must not stop the others
            yield SourceError("opening", name, describe_error(error, "InternalError"), _REPORT_FAULT)

    def _open_list(self, name: str, folder: Path, list_depth: int) -> Iterator[Found]:
        if list_depth == MAX_LIST_DEPTH:
            cause = f"NestingError: lists name other lists more than {MAX_LIST_DEPTH} levels deep"
            raise SourceError("reading a list", name, cause, "Name the sources in one list.")
        if files.is_object_address(name[1:]):
            from exporter.sources import object_storage  # noqa: PLC0415  20 ms, few sources are there

            yield from self.open_names(object_storage.read_list(name[1:], self._settings), folder, list_depth + 1)
            return
        path = files.resolve_name(name[1:], folder)
        yield from self.open_names(files.read_list(path, self._settings), path.parent, list_depth + 1)

    def open_file(self, name: str, part: ByteRange | None = None) -> Iterator[Found]:
        """Yield the documents of a file, or of a part of a web archive."""
        try:
            if part is None:
                yield from self._unpack(files.read_file(Path(name), self._settings))
                return
            from exporter.sources import warc, warc_ranges  # noqa: PLC0415  few archives are so large

            document, following = warc_ranges.read_range(name, part, self._settings)
            yield from self._yield_parts(_Opened(document, warc.list_pages(document, self._settings, following)), 0)
        except SourceError as error:
            yield error

    def _open_objects(self, name: str) -> Iterator[Found]:
        from exporter.sources import object_storage  # noqa: PLC0415  as above

        selection = self._selection

        def is_left_out(address: str, stamp: FileStamp) -> bool:
            return bool(selection and not files.is_web_archive(address) and selection.is_page_left_out(address, stamp))

        for found in object_storage.open_objects(name, self._settings, is_left_out, can_wait=selection is not None):
            if isinstance(found, Document):
                yield from self._unpack_file(found)
            else:
                yield found

    def _open_path(self, path: Path) -> Iterator[Found]:
        if not files.is_folder(path):
            unopened = self._take_unopened(path, True)
            yield from self._unpack_file(files.read_file(path, self._settings)) if unopened is None else unopened
            return
        found = False
        skipped: dict[str, str] = {}
        for file in files.find_candidates(path):
            if isinstance(file, SourceError):
                items: Iterable[Found] = (file,)
            elif (unopened := self._take_unopened(file, False)) is not None:
                items, found = unopened, True
            else:
                items = self._open_candidate(file, path, skipped)
            for item in items:
                found = True
                yield item
        if skipped:
            self._notify(describe_skipped(skipped))
        if not found:
            raise SourceError(
                "reading a folder", str(path), "EmptySource: it holds no article", "Name a folder that holds articles."
            )

    def _take_unopened(self, path: Path, is_named: bool) -> tuple[Found, ...] | None:
        """Return what stands for a file that is not opened, nothing if it is left out; None if it is to be opened."""
        if self._selection is None:
            return None
        if files.holds_one_article(path, is_named) and is_readable_kind(path):
            return (UnopenedFile(str(path), is_named),)
        if files.is_web_archive(path.name):
            from exporter.sources import warc_ranges  # noqa: PLC0415  as above

            if ranges := warc_ranges.cut_archive(str(path), self._settings):
                return tuple(UnopenedFile(str(path), is_named, each) for each in ranges)
        return () if self._selection.is_left_out(path, is_named) else None

    def _unpack_file(self, document: Document) -> Iterator[Found]:
        """Yield what a file or an object holds; of a web archive only the pages that are not left out."""
        selection = self._selection if files.is_web_archive(document.name) else None
        for found in self._unpack(document):
            if not (selection and isinstance(found, Document) and selection.is_page_left_out(found.name)):
                yield found

    def _open_candidate(self, file: Path, folder: Path, skipped: dict[str, str]) -> Iterator[Found]:
        """Yield the documents of a file in a folder; one that does not hold articles is added to those skipped."""
        name = str(file.relative_to(folder))
        if not is_readable_kind(file):
            skipped[name] = skip_reason(file)
            return
        try:
            document = files.read_file(file, self._settings)
            if files.has_article_suffix(file) or holds_article(document):
                yield from self._unpack_file(document)
            else:
                skipped[name] = skip_reason(file)
        except SourceError as error:
            yield error

    def _unpack(self, document: Document, depth: int = 0) -> Iterator[Found]:
        """Yield the document, or what it holds if it is a container; `depth` containers are around it."""
        container = find_container(document)
        yield from self._yield_parts(
            _Opened(document, container.contents(document, self._settings) if container else None), depth
        )

    def _yield_parts(self, opened: _Opened, depth: int) -> Iterator[Found]:
        document, parts = opened
        if parts is None:
            yield document
            return
        if depth == MAX_CONTAINER_DEPTH:
            cause = f"NestingError: archives, feeds or lists hold others more than {MAX_CONTAINER_DEPTH} levels deep"
            raise SourceError("opening", document.name, cause, "Unpack it and name what you want to read.")
        for part in self._look_ahead(parts):
            try:
                if isinstance(part, SourceError):
                    yield part
                elif isinstance(part, Document):
                    yield from self._unpack(part, depth + 1)
                elif part.url not in self._fetched_urls:
                    yield from self._follow(part, depth + 1)
            except SourceError as error:
                yield error

    def _look_ahead(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yield items, and begin to fetch the pages among the next ones."""
        window: deque[_Item] = deque()
        for item in items:
            self._prefetch(item)
            window.append(item)
            if len(window) > MAX_PAGES_AHEAD:
                yield window.popleft()
        yield from window

    def _prefetch(self, item: str | Part) -> None:
        """Begin to fetch the page that an item means, unless it is known."""
        if isinstance(item, str) and _is_page(item):
            item = LinkedPage(item)
        if isinstance(item, LinkedPage) and item.url not in self._futures and item.url not in self._fetched_urls:
            link = item
            self._futures[item.url] = self._queues.submit(item.url, lambda: self._fetch(link))

    def _follow(self, link: LinkedPage, depth: int) -> Iterator[Found]:
        """Yield the documents of a page on the web, or what its container has of its text; raises `SourceError`."""
        self._prefetch(link)
        future = self._futures.pop(link.url, None)
        self._fetched_urls.add(link.url)
        yield from self._yield_parts(future.result() if future else self._fetch(link), depth)

    def _fetch(self, link: LinkedPage) -> _Opened:
        """Fetch a page, or take what its container has of its text; raises `SourceError` if there is neither."""
        deadline = self._client.start_deadline()
        try:
            return self._fetch_page(link, deadline)
        except SourceError as error:
            if link.fallback is None:
                raise
            document = take_fallback(link.fallback, error.cause)
            seconds_left = self._client.measure_rest(deadline)
            return _Opened(msgspec.structs.replace(document, seconds_left=seconds_left), None)

    def _fetch_page(self, link: LinkedPage, deadline: float) -> _Opened:
        """Fetch a page; of a feed or a list, begin to fetch the pages that it links to. Raises `SourceError`."""
        from exporter.sources import login_walls  # noqa: PLC0415  90 ms, only the web needs it

        page = self._client.get(link.url, deadline=deadline)
        if not page.data.strip():
            raise files.empty_error(link.url)
        login_walls.check_page(link.url, page)
        document = Document(
            link.url,
            page.data,
            url=page.url,
            media_type=page.media_type,
            charset=page.charset,
            title=link.title,
            published=link.published,
            tags=link.tags,
            fallback=link.fallback,
            seconds_left=self._client.measure_rest(deadline),
        )
        container = find_container(document)
        if container is None:
            return _Opened(document, None)
        parts = container.contents(document, self._settings)
        first = list(islice(parts, MAX_PAGES_AHEAD))
        for part in first:
            self._prefetch(part)
        return _Opened(document, chain(first, parts))

    @cached_property
    def _queues(self) -> HostQueues[_Opened]:
        from exporter.sources.host_queues import HostQueues  # noqa: PLC0415  15 ms (concurrent), only the web needs it

        return HostQueues()

    @cached_property
    def _client(self) -> Client:
        return make_client(self._settings, self._cache)


def _is_page(name: str) -> bool:
    """Whether a name is the address of a page on the web."""
    return bool(_URL_SCHEME.match(name)) and not files.is_object_address(name)
