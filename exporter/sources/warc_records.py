"""The records of a WARC file that are pages or pictures; warcio reads them.

A record whose stated length is wrong costs no other one in silence: it is marked, and what was read before a place
where the file cannot be read any further is kept.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterator
from gzip import GzipFile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec

from exporter.errors import SourceError
from exporter.sources import files
from exporter.sources.markup import damaged_error

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
"""Media types of pages."""

_CHUNK_BYTES = 1 << 20

_NEXT_RECORD = re.compile(rb"\r\n\r\nWARC/1\.\d\r\nWARC-")
"""The beginning of a record (WARC 1.1, section 4): inside of another one, that one's length is too long."""


class WarcRecord(msgspec.Struct):
    """An archived answer; `charset` is empty if its headers do not state it.

    `has_wrong_length` means that its stated length, or that of a record before it that is neither page nor picture, is
    not that of its data: something of it, or after it, is missing.
    """

    url: str
    media_type: str
    charset: str
    data: bytes
    has_wrong_length: bool = False


class RecordReader:
    """Reads the records of the archives of one source; at most `max_bytes` of pages and pictures in all.

    After `read`, `error` is why an archive could not be read to its end; None if all could.
    """

    def __init__(self, name: str, max_bytes: int) -> None:
        self._name = name
        self._max_bytes = max_bytes
        self._remaining_bytes = max_bytes
        self.error: SourceError | None = None

    def read(self, archives: list[bytes]) -> list[WarcRecord]:
        """Return the answers that are pages or pictures; raises `SourceError` if they are over the limit."""
        return [record for archive in archives for record in self._read_archive(archive)]

    def _read_archive(self, archive: bytes) -> list[WarcRecord]:
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415  100 ms, only web archives need it

        if _is_decompression_bomb(archive):
            raise files.bomb_error(self._name)
        records: list[WarcRecord] = []
        try:
            iterator = _make_iterator(archive)
            for record in self._iter_records(iterator):
                records.append(record)  # noqa: PERF402  those before an error are kept
            if getattr(iterator.reader, "is_damaged", False):
                self.error = damaged_error(self._name, "its compressed data is damaged")
        except AttributeError as error:  # warcio expects every record to have an address
            self.error = damaged_error(self._name, "a record in it has no address")
            self.error.__cause__ = error
        except (ArchiveLoadFailed, UnicodeError, EOFError, OSError, zlib.error, ValueError) as error:
            self.error = damaged_error(self._name, error)
            self.error.__cause__ = error
        return records

    def _iter_records(self, iterator: ArchiveIterator) -> Iterator[WarcRecord]:
        """Yield the pages and pictures; one is marked as soon as the iterator has found that its length is wrong."""
        latest: WarcRecord | None = None
        wrong_count = 0
        is_wrong_before = False
        try:
            for entry in iterator:
                if iterator.err_count > wrong_count:  # found after the entry before this one
                    wrong_count = iterator.err_count
                    is_wrong_before = latest is None
                    if latest is not None:
                        latest.has_wrong_length = True
                latest = self._read_record(entry)
                if latest is not None:
                    latest.has_wrong_length |= is_wrong_before
                    is_wrong_before = False
                    yield latest
        finally:
            if iterator.err_count > wrong_count and latest is not None:
                latest.has_wrong_length = True

    def _read_record(self, entry: ArcWarcRecord) -> WarcRecord | None:
        """Return an answer that is a page or a picture; None for any other record."""
        from email.message import Message  # noqa: PLC0415  16 ms, only web archives need it

        kind = entry.http_headers.get_header("Content-Type", "") if entry.http_headers else entry.content_type
        header = Message()
        header["Content-Type"] = " ".join((kind or "").split())
        media_type = header.get_content_type()
        if not _is_successful(entry) or not (media_type in PAGE_TYPES or media_type.startswith("image/")):
            return None
        stream = entry.content_stream()
        data = stream.read(self._remaining_bytes + 1)
        self._remaining_bytes -= len(data)
        if self._remaining_bytes < 0:
            raise files.too_large_error(self._name, self._max_bytes)
        is_cut = getattr(entry.raw_stream, "limit", 0) > 0 and not entry.raw_stream.read(1)
        is_cut |= getattr(stream, "is_damaged", False)
        return WarcRecord(
            entry.rec_headers.get_header("WARC-Target-URI", "").strip("<>"),
            media_type,
            header.get_content_charset(""),
            data,
            is_cut or _NEXT_RECORD.search(data) is not None,
        )


def _make_iterator(archive: bytes) -> ArchiveIterator:
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  100 ms, only web archives need it
    from warcio.bufferedreaders import BufferedReader  # noqa: PLC0415  as above

    BufferedReader._decompress = _decompress  # noqa: SLF001  the library prints the errors of damaged data

    class SilentIterator(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
        """Prints nothing about wrong lengths, but counts them, and reads members of gzip that hold several records."""

        INC_RECORD = ""

        def _raise_invalid_gzip_err(self) -> None:
            """Go on: only to find single records in such a file is hard."""

    return SilentIterator(BytesIO(archive))


def _decompress(reader: Any, data: bytes) -> bytes:
    """Unpack data as warcio's reader does; if it is damaged, mark the reader, and end with what came before.

    Data whose beginning cannot be unpacked is taken as it is: servers state compressions that they do not use.
    """
    if not data or reader.decompressor is None:
        return data
    try:
        unpacked: bytes = reader.decompressor.decompress(data)
    except Exception:  # noqa: BLE001  each compression has errors of its own
        if reader.num_block_read:
            reader.is_damaged = True
            return b""
        if reader.decomp_type == "deflate":  # servers mean either of two formats
            reader.set_decomp("deflate_alt")
            return _decompress(reader, data)
        reader.decompressor = None
        return data
    return unpacked


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
