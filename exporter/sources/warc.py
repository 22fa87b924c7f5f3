"""WARC and WACZ: pages and pictures as web archives store them; warcio reads the records."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from gzip import GzipFile
from io import BytesIO
from typing import TYPE_CHECKING

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers.file_signatures import ZIP_START
from exporter.sources import LinkedPage, files
from exporter.sources.files import empty_error
from exporter.sources.markup import damaged_error
from exporter.sources.packed_files import PackedFiles
from exporter.sources.zips import Archive

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_CHUNK_BYTES = 1 << 20
_PAGE_LIST_PATH = "pages/pages.jsonl"


class WarcRecord(msgspec.Struct, frozen=True):
    """An archived answer; `charset` is empty if its headers do not state it."""

    url: str
    media_type: str
    charset: str
    data: bytes


def recognises(document: Document) -> bool:
    """Whether a document is a WARC file, compressed or not, or a WACZ archive of such files."""
    data = document.data
    if data.startswith(b"WARC/"):
        return True
    if data.startswith(files.GZIP_START):
        try:  # 31: gzip with a window of any size; the first 16 bytes are enough
            return zlib.decompressobj(31).decompress(data[:256], 16).startswith(b"WARC/")
        except zlib.error:
            return False
    return data.startswith(ZIP_START) and b"archive/" in data and b".warc" in data and b"datapackage.json" in data


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield each page once, in the order of the records; of a WACZ, only those in its list of pages.

    Raises `SourceError` if it is damaged or holds no pages.
    """
    archives, page_urls = _unpack_archives(document, settings)
    records = list(_iter_records(archives, document.name, settings.largest))
    files_by_url = {record.url: record for record in records if record.media_type.startswith("image/")}
    packed = PackedFiles(
        files_by_url if settings.images else (),
        lambda url: (files_by_url[url].media_type, files_by_url[url].data),
        settings.largest_pictures,
    )
    found = False
    seen: set[str] = set()
    for record in records:
        if record.media_type not in _PAGE_TYPES or record.url in seen or (page_urls and record.url not in page_urls):
            continue
        seen.add(record.url)
        found = True
        parts, notices = packed.collect_parts(record.data, record.url, record.charset)
        yield Document(
            record.url,
            record.data,
            url=record.url,
            media_type="text/html",
            charset=record.charset,
            location=record.url,
            parts=parts,
            notices=notices,
        )
    if not found:
        raise empty_error(document.name, "there is no page in it")


def _unpack_archives(document: Document, settings: InputSettings) -> tuple[list[bytes], set[str]]:
    """Return the WARC files, and the URLs of the listed pages; no URLs if there is no list."""
    if not document.data.startswith(ZIP_START):
        return [document.data], set()
    archive = Archive(document, settings.largest)
    names = [name for name in archive.names() if name.startswith("archive/") and ".warc" in name]
    listed = archive.read(_PAGE_LIST_PATH).splitlines() if _PAGE_LIST_PATH in archive else []
    return [archive.read(name) for name in names], set(filter(None, map(_parse_page_line, listed)))


class _PageListLine(msgspec.Struct):
    url: str = ""


def _parse_page_line(line: bytes) -> str:
    """Return the URL in a line of a WACZ's list of pages, or empty: the first line is a header."""
    try:
        return msgspec.json.decode(line, type=_PageListLine).url
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""


def _iter_records(archives: list[bytes], name: str, max_bytes: int) -> Iterator[WarcRecord]:
    """Yield the answers that are pages or pictures; raises `SourceError` if they are over `max_bytes` in all."""
    from email.message import Message  # noqa: PLC0415  16 ms, only web archives need it

    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  100 ms, only web archives need it
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415  likewise

    remaining_bytes = max_bytes
    for archive in archives:
        if _is_decompression_bomb(archive):
            raise files.bomb_error(name)
        try:
            for entry in ArchiveIterator(BytesIO(archive)):
                kind = entry.http_headers.get_header("Content-Type", "") if entry.http_headers else entry.content_type
                header = Message()
                header["Content-Type"] = " ".join((kind or "").split())
                media_type = header.get_content_type()
                if not _is_successful(entry) or not (media_type in _PAGE_TYPES or media_type.startswith("image/")):
                    continue
                data = entry.content_stream().read(remaining_bytes + 1)
                remaining_bytes -= len(data)
                if remaining_bytes < 0:
                    raise files.too_large_error(name, max_bytes)
                url = entry.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
                yield WarcRecord(url, media_type, header.get_content_charset(""), data)
        except AttributeError as error:  # warcio expects every record to have an address
            raise damaged_error(name, "a record in it has no address") from error
        except (ArchiveLoadFailed, UnicodeError, EOFError, OSError, zlib.error, ValueError) as error:
            raise damaged_error(name, error) from error


def _is_decompression_bomb(archive: bytes) -> bool:
    """Whether an archive is a decompression bomb; warcio unpacks even the records that it skips."""
    if not archive.startswith(files.GZIP_START):
        return False
    unpacked = 0
    with contextlib.suppress(OSError, EOFError, zlib.error), GzipFile(fileobj=BytesIO(archive)) as stream:
        while (chunk := stream.read(_CHUNK_BYTES)) and not files.is_decompression_bomb(len(archive), unpacked):
            unpacked += len(chunk)
    return files.is_decompression_bomb(len(archive), unpacked)


def _is_successful(entry: ArcWarcRecord) -> bool:
    if entry.rec_type == "resource":
        return True
    return (
        entry.rec_type == "response" and entry.http_headers is not None and entry.http_headers.get_statuscode() == "200"
    )
