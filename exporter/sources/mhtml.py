"""MHTML: a page that a browser saved in one file, together with its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.inline_resources import FindResource, embed_in_page, join_address
from exporter.sources.markup import damaged_error, is_web_address

if TYPE_CHECKING:
    from email.message import Message

_HEAD_BYTES = 4096  # more than the headers of any browser's file
_MIME_VERSION = re.compile(rb"^mime-version:\s*1\.0", re.IGNORECASE | re.MULTILINE)
_MULTIPART_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def recognises(document: Document) -> bool:
    """Whether the document begins with MIME headers of a ``multipart/related`` message."""
    head = document.data[:_HEAD_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return bool(_MIME_VERSION.search(head) and _MULTIPART_RELATED.search(head))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield the page, with its pictures as data URIs; raises `SourceError` if it is damaged or holds no page."""
    parts = _split_parts(document)
    pages = [part for part in parts if part.get_content_type() in _PAGE_TYPES]
    if not pages:
        raise damaged_error(document.name, "there is no page in it")
    first = pages[0]
    url = first.get("Content-Location", "").strip()
    page_url = url if is_web_address(url) else None
    data, charset = _decode_payload(first), first.get_content_charset("")
    if settings.images:
        data, charset = embed_in_page(data, charset, _make_finder(parts, url))
    yield Document(document.name, data, url=page_url, media_type="text/html", charset=charset)


def _split_parts(document: Document) -> list[Message]:
    from email.parser import BytesParser  # noqa: PLC0415  15 ms, only such files need it

    try:
        return [part for part in BytesParser().parsebytes(document.data).walk() if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError) as error:
        raise damaged_error(document.name, error) from error


def _decode_payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _make_finder(parts: list[Message], base: str) -> FindResource:
    """Return a function that finds a picture by the address in the page: its location, or ``cid:`` and its ID."""
    pictures: dict[str, Message] = {}
    for part in parts:
        if part.get_content_maintype() == "image":
            pictures[part.get("Content-Location", "").strip()] = part
            pictures["cid:" + part.get("Content-ID", "").strip("<> ")] = part

    def find(address: str) -> tuple[str, bytes] | None:
        part = pictures.get(address) or pictures.get(join_address(base, address))
        return (part.get_content_type(), _decode_payload(part)) if part else None

    return find
