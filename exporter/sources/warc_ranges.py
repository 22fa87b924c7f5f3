"""Cuts a large WARC file into ranges of bytes, so that one crawl file spreads over many processes and shards.

A WARC file over `input.largest` is too large to be read whole. It is cut where records begin, and each range is a
source of its own: whoever builds it reads its bytes alone, so every record is read once. In a compressed file these are
the beginnings of members of gzip (RFC 1952, section 2.2), each of which holds one record (WARC 1.1, annex D), or a few.
A member is looked for near the end of a range: by its first bytes, by those of a record in it, and by the whole members
behind it. Members that only seem to begin there lie in a block of data that could not be compressed, of 65,535 bytes at
most (RFC 1951, section 3.2.4), so they do not go on for longer. In a file that is not compressed, each record states
its length, and so where the next one begins.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError, describe_error
from exporter.sources import ByteRange, files

_RANGES_IN_LARGEST = 20
"""A range has such a share of `input.largest`: 5 MB, which pages unpack to some 40 MB. Chosen: they are built in about
five seconds, as long as a part of a batch should take."""

_LOOKS_AHEAD_IN_LARGEST = 100
"""Such a share of `input.largest`, 1 MB, is read behind a range, for the pictures of its last pages, which browsers
load after the page. Chosen."""

_MAX_STORED_BYTES = 65_535
"""The longest block of data that deflate does not compress."""

_MAX_DAMAGED = 16
"""Members that are damaged, or only seem to be some, that are unpacked to find one: then what follows is not cut.
Chosen: so a file that is made to seem full of them costs no more than to unpack it so often."""

_CHUNK_BYTES = 1 << 16
_MAX_HEADER_BYTES = 1 << 16  # of one record; chosen

_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
"""The beginning of a member of gzip: its mark, deflate, and the flags that are defined."""

_RECORD = b"WARC/"
_LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]{1,18})", re.IGNORECASE | re.MULTILINE)


def cut_archive(name: str, settings: InputSettings) -> list[ByteRange]:
    """Return the ranges of a WARC file or object that is over the size limit; none of one that is read whole."""
    with contextlib.suppress(OSError, ValueError), _open(name, settings) as file:
        size = file.seek(0, 2)
        if size > settings.largest:
            least = max(1, settings.largest // _RANGES_IN_LARGEST)
            return [ByteRange(*pair) for pair in pairwise((0, *_list_cuts(file, size, least), size))]
    return []


def read_range(name: str, part: ByteRange, settings: InputSettings) -> tuple[Document, bytes]:
    """Read a range as a WARC file of its own, and what follows it; raises `SourceError`."""
    title = f"{name}#{part}"
    try:
        with _open(name, settings) as file:
            file.seek(part.start)
            data = files.read_all(file, title, settings, part.size + settings.largest // _LOOKS_AHEAD_IN_LARGEST)
    except (OSError, ValueError) as error:
        cause, remedy = describe_error(error, "NotReadable"), "Name a file that you may read."
        raise SourceError("reading", title, cause, remedy) from error
    return Document(title, data[: part.size]), data[part.size :]


def _open(name: str, settings: InputSettings) -> BinaryIO:
    if not files.is_object_address(name):
        return Path(name).open("rb")
    from exporter.sources import object_storage  # noqa: PLC0415  20 ms, few sources are there

    return object_storage.open_object(name, settings)


def _list_cuts(file: BinaryIO, size: int, least: int) -> Iterator[int]:
    """Yield where ranges of at least so many bytes begin, but for the first."""
    file.seek(0)
    if file.read(len(_RECORD)) == _RECORD:
        cut = 0
        for begin in _list_records(file, size):
            if begin - cut >= least:
                cut = begin
                yield cut
    elif _unpack_start(file, 0) == _RECORD:
        cut = _find_member(file, least, size)
        while cut < size:
            yield cut
            cut = _find_member(file, cut + least, size)


def _list_records(file: BinaryIO, size: int) -> Iterator[int]:
    """Yield where the records of a file that is not compressed begin, up to one whose length is wrong."""
    position = 0
    while position < size:
        file.seek(position)
        header = file.read(_MAX_HEADER_BYTES).partition(b"\r\n\r\n")[0]
        length = _LENGTH.search(header)
        if not header.startswith(_RECORD) or length is None:
            return
        yield position
        position += len(header) + len(b"\r\n\r\n" * 2) + int(length[1])


def _find_member(file: BinaryIO, position: int, size: int) -> int:
    """Return where the first member at or after a position begins that begins with a record; the size if none does."""
    ends: dict[int, int | None] = {}  # of members, by their beginnings
    while position < size:
        file.seek(position)
        window = file.read(_CHUNK_BYTES)
        for found in _MEMBER.finditer(window):
            at = position + found.start()
            if _unpack_start(file, at) == _RECORD and _goes_on(file, at, size, ends):
                return at
            if list(ends.values()).count(None) == _MAX_DAMAGED:
                return size
        position += max(1, len(window) - 3)  # a mark may lie across the end of the window
    return size


def _unpack_start(file: BinaryIO, position: int) -> bytes:
    file.seek(position)
    with contextlib.suppress(zlib.error):
        return zlib.decompressobj(wbits=31).decompress(file.read(1024), len(_RECORD))
    return b""


def _goes_on(file: BinaryIO, start: int, size: int, ends: dict[int, int | None]) -> bool:
    """Whether whole members follow each other from a place for longer than stored data is, or to the end."""
    position: int | None = start
    while position is not None and position < size and position - start <= _MAX_STORED_BYTES:
        if position not in ends:
            ends[position] = _find_member_end(file, position)
        position = ends[position]
    return position is not None


def _find_member_end(file: BinaryIO, start: int) -> int | None:
    """Return where a member ends; None if it is damaged, or is none."""
    file.seek(start)
    decompressor, unpacked = zlib.decompressobj(wbits=31), 0
    with contextlib.suppress(zlib.error):
        while data := decompressor.unconsumed_tail or file.read(_CHUNK_BYTES):
            unpacked += len(decompressor.decompress(data, _CHUNK_BYTES))  # so much at a time, however far it unpacks
            if decompressor.eof:
                return file.tell() - len(decompressor.unused_data)
            if files.is_decompression_bomb(file.tell() - start, unpacked):
                return None
    return None
