"""Mailboxes in one file (mbox): each message becomes a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers.mail import read_header_names
from exporter.sources import LinkedPage
from exporter.sources.feed_entries import parse_date
from exporter.sources.files import empty_error
from exporter.sources.item_selection import ListItem, select_items

_FROM_LINE = re.compile(rb"^From \S+.*\d{4}.*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)", re.MULTILINE)
_QUOTED_FROM = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_DATE = re.compile(rb"^date:[ \t]*(\S[^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_HEAD_BYTES = 65_536  # where the date of a message stands


def recognises(document: Document) -> bool:
    """Whether a document begins with the line that begins a message in a mailbox, and with its headers."""
    return _FROM_LINE.match(document.data) is not None and bool(read_header_names(document.data))


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield each message, in order; raises `SourceError` if there is none."""
    begins = [found.start() for found in _FROM_LINE.finditer(document.data)]
    if not begins:
        raise empty_error(document.name, "there is no message in it")
    ends = [*begins[1:], len(document.data)]
    items = (
        _make_item(document.data[begin:end], f"{document.name} ({number})")
        for number, (begin, end) in enumerate(zip(begins, ends, strict=True), 1)
    )
    return select_items(items, settings)


def _make_item(data: bytes, name: str) -> ListItem:
    """Return a message without what the mailbox added: its first line, and the marks before lines like it."""
    message = _QUOTED_FROM.sub(b"", data.partition(b"\n")[2])
    found = _DATE.search(message, 0, _HEAD_BYTES)
    date = parse_date(found[1].decode("ascii", "replace")) if found else None
    return ListItem(Document(name, message, media_type="message/rfc822", published=date), date)
