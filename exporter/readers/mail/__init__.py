"""E-mail: a message becomes the page or the text in it, with its subject, sender and date.

This module only recognises messages; `mail_message` chooses the part, `mail_page` and `mail_text` clean it.
"""

from __future__ import annotations

import re

from exporter.config import InputSettings
from exporter.document import Document

_HEAD_BYTES = 65_536
"""Bytes in which the headers must end; those of mailing lists and spam filters are long."""

_PREFIX = re.compile(rb"\A(?:\xef\xbb\xbf|\d+\s*\n|>?From [^\n]*\n)?")
"""What may stand before the headers: a mark of UTF-8, the length in Apple Mail's files, the first line of a mailbox."""

_HEADER_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):(?:[ \t]|\r?$)")
_TRACE_HEADERS = frozenset({b"date", b"message-id", b"received", b"mime-version", b"return-path", b"delivered-to"})
_SUFFIXES = frozenset({".eml", ".emlx"})


def recognises(document: Document) -> bool:
    """Whether a document begins with the headers of a message: a sender, and what only mail programs write.

    Of a file called so, any headers will do.
    """
    if document.whole:  # the text of a message that was opened
        return False
    if document.media_type == "message/rfc822":
        return True
    names = read_header_names(document.data)
    if document.suffix in _SUFFIXES:
        return bool(names & {b"from", b"subject", b"to"})
    return bool(names & {b"from", b"sender"}) and bool(names & _TRACE_HEADERS)


def read(document: Document, settings: InputSettings) -> Document:
    """Return the page or the text of a message; raises `SourceError` if it holds none."""
    from exporter.readers.mail import mail_message  # noqa: PLC0415  40 ms (email, lxml), only mail needs it

    return mail_message.convert_message(document, settings)


def read_header_names(data: bytes) -> frozenset[bytes]:
    """Return the names of the headers that data begins with, in lower case; none if other lines are among them."""
    head = strip_prefix(data[:_HEAD_BYTES])
    names: set[bytes] = set()
    for line in head.replace(b"\r\n", b"\n").split(b"\n"):
        if not line.strip():
            break
        if line[:1] in b" \t" and names:
            continue
        found = _HEADER_LINE.match(line)
        if not found:
            return frozenset()
        names.add(found[1].lower())
    return frozenset(names)


def strip_prefix(data: bytes) -> bytes:
    """Return a message without what may stand before its headers."""
    return _PREFIX.sub(b"", data, count=1)
