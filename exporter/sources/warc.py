"""WARC and WACZ: pages and pictures as web archives store them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError
from exporter.readers.file_signatures import ZIP_START
from exporter.sources import LinkedPage, files
from exporter.sources.files import empty_error
from exporter.sources.packed_files import PackedFiles
from exporter.sources.warc_records import PAGE_TYPES, RecordReader
from exporter.sources.zips import Archive

_PAGE_LIST_PATH = "pages/pages.jsonl"
_WRONG_LENGTH = "the length that the archive states for it is wrong: its end, or what follows it, may be missing"


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
    """Yield the same as `list_pages`; raises `SourceError` if there are no pages."""
    found = False
    for page in list_pages(document, settings):
        found = True
        yield page
    if not found:
        raise empty_error(document.name, "there is no page in it")


def list_pages(document: Document, settings: InputSettings, following: bytes = b"") -> Iterator[Document | SourceError]:
    """Yield each page once, in the order of the records; of a WACZ, only those in its list of pages.

    The error of an archive that cannot be read to its end is the last. Of a range of an archive (`warc_ranges`), the
    pictures may also be in what follows. Raises `SourceError` if the pages and pictures are over the size limit.
    """
    archives, page_urls = _unpack_archives(document, settings)
    reader = RecordReader(document.name, settings.largest)
    records = reader.read(archives)
    behind = RecordReader(document.name, settings.largest).read([following]) if following else []
    files_by_url = {record.url: record for record in (*behind, *records) if record.media_type.startswith("image/")}
    packed = PackedFiles(
        files_by_url if settings.images else (),
        lambda url: (files_by_url[url].media_type, files_by_url[url].data),
        settings.largest_pictures,
    )
    wrong = [Notice(record.url, _WRONG_LENGTH) for record in records if record.has_wrong_length]
    seen: set[str] = set()
    for record in records:
        if record.media_type not in PAGE_TYPES or record.url in seen or (page_urls and record.url not in page_urls):
            continue
        seen.add(record.url)
        parts, notices = packed.collect_parts(record.data, record.url, record.charset)
        yield Document(
            record.url,
            record.data,
            url=record.url,
            media_type="text/html",
            charset=record.charset,
            location=record.url,
            parts=parts,
            notices=(*wrong, *notices),
        )
        wrong = []  # told once, with the first page
    if reader.error:
        yield reader.error


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
