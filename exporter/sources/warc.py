"""WARC and WACZ: pages as crawlers and archiving browsers keep them, with the pictures they saw.

warcio, by the makers of Webrecorder, reads the records.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage, files
from exporter.sources.inline_resources import FindResource, embed_in_page, join_address
from exporter.sources.markup import damaged_error
from exporter.sources.zips import ZIP_MAGIC, Archive

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_GZIP = b"\x1f\x8b"
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_CHUNK_BYTES = 1 << 20
_PAGE_LIST_PATH = "pages/pages.jsonl"


class WarcRecord(msgspec.Struct, frozen=True):
    """One answer that was kept."""

    url: str
    media_type: str
    charset: str
    data: bytes


def recognises(document: Document) -> bool:
    """Whether it begins as WARC does, packed or not, or is an archive of such files."""
    data = document.data
    if data.startswith(b"WARC/"):
        return True
    if data.startswith(_GZIP):
        try:
            return zlib.decompressobj(31).decompress(data[:256], 16).startswith(b"WARC/")
        except zlib.error:
            return False
    return data.startswith(ZIP_MAGIC) and b"archive/" in data and b".warc" in data and b"datapackage.json" in data


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield each page once, in the order in which they were kept; a WACZ's own list says which are pages."""
    archives, wanted = _unpack_archives(document, settings)
    records = list(_iter_records(archives, document.name, settings.largest))
    pictures = {record.url: record for record in records if record.media_type.startswith("image/") and settings.images}
    found = False
    seen: set[str] = set()
    for record in records:
        if record.media_type not in _PAGE_TYPES or record.url in seen or (wanted and record.url not in wanted):
            continue
        seen.add(record.url)
        found = True
        data, charset = embed_in_page(record.data, record.charset, _make_finder(record.url, pictures))
        yield Document(record.url, data, url=record.url, media_type="text/html", charset=charset)
    if not found:
        raise damaged_error(document.name, ValueError("there is no page in it"))


def _unpack_archives(document: Document, settings: InputSettings) -> tuple[list[bytes], set[str]]:
    """The WARC files, and the pages that are meant; all of them where nothing says so."""
    if not document.data.startswith(ZIP_MAGIC):
        return [document.data], set()
    archive = Archive(document, settings.largest)
    names = [name for name in archive.names() if name.startswith("archive/") and ".warc" in name]
    listed = archive.read(_PAGE_LIST_PATH).splitlines() if _PAGE_LIST_PATH in archive else []
    return [archive.read(name) for name in names], set(filter(None, map(_parse_page_line, listed)))


class _PageListLine(msgspec.Struct):
    url: str = ""


def _parse_page_line(line: bytes) -> str:
    """The page that a line of a WACZ's list names; the first line only says what the list is."""
    try:
        return msgspec.json.decode(line, type=_PageListLine).url
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""


def _iter_records(archives: list[bytes], name: str, largest: int) -> Iterator[WarcRecord]:
    """Yield the answers that are pages or pictures; raises `SourceError` where they are too large in all."""
    from email.message import Message  # noqa: PLC0415  only archives pay for these

    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    left = largest
    for archive in archives:
        if _is_bomb(archive):
            raise files.bomb_error(name)
        try:
            for entry in ArchiveIterator(BytesIO(archive)):
                kind = entry.http_headers.get_header("Content-Type", "") if entry.http_headers else entry.content_type
                said = Message()
                said["Content-Type"] = " ".join((kind or "").split())
                media_type = said.get_content_type()
                if not _is_successful(entry) or not (media_type in _PAGE_TYPES or media_type.startswith("image/")):
                    continue
                data = entry.content_stream().read(left + 1)
                left -= len(data)
                if left < 0:
                    raise files.too_large_error(name, largest)
                url = entry.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
                yield WarcRecord(url, media_type, said.get_content_charset(""), data)
        except AttributeError as error:  # warcio takes it that every record says what it is about
            raise damaged_error(name, ValueError("a record in it has no address")) from error
        except (ArchiveLoadFailed, UnicodeError, EOFError, OSError, zlib.error, ValueError) as error:
            raise damaged_error(name, error) from error


def _is_bomb(archive: bytes) -> bool:
    """Whether records that nobody reads would unpack without end: they are skipped by unpacking them."""
    if not archive.startswith(_GZIP):
        return False
    from gzip import GzipFile  # noqa: PLC0415  only archives pay for it

    unpacked = 0
    with contextlib.suppress(OSError, EOFError, zlib.error), GzipFile(fileobj=BytesIO(archive)) as stream:
        while (chunk := stream.read(_CHUNK_BYTES)) and not files.is_bomb(len(archive), unpacked):
            unpacked += len(chunk)
    return files.is_bomb(len(archive), unpacked)


def _is_successful(entry: ArcWarcRecord) -> bool:
    if entry.rec_type == "resource":
        return True
    return (
        entry.rec_type == "response" and entry.http_headers is not None and entry.http_headers.get_statuscode() == "200"
    )


def _make_finder(base: str, pictures: dict[str, WarcRecord]) -> FindResource:
    def find(address: str) -> tuple[str, bytes] | None:
        found = pictures.get(join_address(base, address))
        return (found.media_type, found.data) if found else None

    return find
