"""MHTML: a page that a browser saved in one file, together with its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.markup import damaged_error, is_web_address
from exporter.sources.packed_files import PackedFiles

if TYPE_CHECKING:
    from email.message import Message

_HEAD_BYTES = 4096  # more than the headers of any browser's file
_MIME_VERSION = re.compile(rb"^mime-version:\s*1\.0", re.IGNORECASE | re.MULTILINE)
_MULTIPART_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_MAIL_HEADER = re.compile(rb"^(?:to|message-id|received|delivered-to|return-path):", re.IGNORECASE | re.MULTILINE)
_SUFFIXES = frozenset({".mht", ".mhtml"})
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def recognises(document: Document) -> bool:
    """Whether the document begins with MIME headers of a ``multipart/related`` message."""
    head = document.data[:_HEAD_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if document.suffix not in _SUFFIXES and _MAIL_HEADER.search(head):
        return False  # a mail whose pictures are in it
    return bool(_MIME_VERSION.search(head) and _MULTIPART_RELATED.search(head))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield the page, with its pictures and framed pages; raises `SourceError` if it is damaged or holds no page."""
    parts = _split_parts(document)
    pages = [part for part in parts if part.get_content_type() in _PAGE_TYPES]
    if not pages:
        raise damaged_error(document.name, "there is no page in it")
    first = pages[0]
    location = _read_header(first, "Content-Location")
    data, charset = decode_payload(first), first.get_content_charset("")
    kept, notices = index_parts(parts, first, settings).collect_parts(data, location, charset)
    yield Document(
        document.name,
        data,
        url=location if is_web_address(location) else None,
        media_type="text/html",
        charset=charset,
        location=location,
        parts=kept,
        notices=notices,
    )


def _split_parts(document: Document) -> list[Message]:
    from email.parser import BytesParser  # noqa: PLC0415  15 ms, only such files need it

    try:
        return [part for part in BytesParser().parsebytes(document.data).walk() if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError) as error:
        raise damaged_error(document.name, error) from error


def _read_header(part: Message, name: str) -> str:
    """Return a header, empty without it; the library has an object for one with wrong bytes."""
    return str(part.get(name, "")).strip()


def decode_payload(part: Message) -> bytes:
    """Return the bytes of a part of a message."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def index_parts(parts: list[Message], page: Message, settings: InputSettings) -> PackedFiles:
    """Return the parts of a message other than its page, by their location and as ``cid:`` and their ID."""
    found: dict[str, Message] = {}
    for part in parts:
        if part is not page and (part.get_content_maintype() == "image" or part.get_content_type() in _PAGE_TYPES):
            found[_read_header(part, "Content-Location")] = part
            found["cid:" + _read_header(part, "Content-ID").strip("<> ")] = part
    wanted = {address: part for address, part in found.items() if address not in ("", "cid:")}

    def read(address: str) -> tuple[str, bytes]:
        return wanted[address].get_content_type(), decode_payload(wanted[address])

    return PackedFiles(wanted if settings.images else (), read, settings.largest_pictures)
