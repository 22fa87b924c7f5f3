"""A message's headers and parts: which part is the article, and what goes with it."""

from __future__ import annotations

import contextlib
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime

from msgspec.structs import replace

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError
from exporter.readers.encoding_detection import decode_legacy, find_codec
from exporter.readers.mail import mail_page, mail_text, strip_prefix
from exporter.sources.markup import ContainerFacts, build_page
from exporter.sources.mhtml import decode_payload, index_parts

_TEXT_TYPES = frozenset({"text/html", "text/plain"})
_MAX_NESTED_PARTS = 50
"""Levels of parts within parts; more are damage or an attack."""


def convert_message(document: Document, settings: InputSettings) -> Document:
    """Return the page or the text of a message as a document; raises `SourceError` if it holds neither."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(strip_prefix(document.data))
        bodies = _list_bodies(message)
    except (RecursionError, ValueError, LookupError) as error:
        raise _message_error(document, f"Damaged: {error}") from error
    facts = _gather_facts(message)
    found = Document(
        document.name,
        b"",
        title=facts.title,
        published=facts.published,
        authors=facts.authors,
        whole=True,
        notices=(*document.notices, *_list_attachments(message)),
    )
    texts = [(body.get_content_type(), _decode_body(body)) for body in bodies]
    if any(kind == "text/html" and text.strip() for kind, text in texts):
        parts = (text if kind == "text/html" else mail_page.wrap_text(text) for kind, text in texts)
        page, dropped = mail_page.clean_page("\n".join(parts), facts.title)
        found = replace(found, data=build_page(facts, page), media_type="text/html", dropped=dropped)
        return _add_pictures(found, message, bodies, settings)
    text, dropped = mail_text.clean_text("\n\n".join(text for _, text in texts), is_flowed=_is_flowed(bodies))
    if not text.strip():
        raise _message_error(document, "EmptySource: the message has no text")
    data = text.encode("utf-8", "replace")
    return replace(found, data=data, media_type="text/plain", charset="utf-8", dropped=dropped)


def _add_pictures(page: Document, message: Message, bodies: list[Message], settings: InputSettings) -> Document:
    """Return the page of a message with the files in the message that it shows."""
    first = next(body for body in bodies if body.get_content_type() == "text/html")
    location = str(first.get("Content-Location", "")).strip()
    files = [part for part in message.walk() if not part.is_multipart()]
    parts, notices = index_parts(files, first, settings).collect_parts(page.data, location)
    return replace(page, location=location, parts=parts, notices=(*page.notices, *notices))


def _list_bodies(part: Message, level: int = 0) -> list[Message]:
    """Return the parts that make up the text: of alternatives the richest, of related ones the first."""
    if level > _MAX_NESTED_PARTS:
        raise ValueError("its parts are nested too deep")
    if part.get_content_disposition() == "attachment" and part.get_content_type() != "message/rfc822":
        return []
    if not part.is_multipart():
        return [part] if part.get_content_type() in _TEXT_TYPES else []
    inner = [_list_bodies(sub, level + 1) for sub in part.get_payload() if isinstance(sub, Message)]
    kind = part.get_content_type()
    if kind == "multipart/alternative":
        rich = [bodies for bodies in inner if any(body.get_content_type() == "text/html" for body in bodies)]
        return next(reversed(rich or [bodies for bodies in inner if bodies]), [])
    if kind == "multipart/related":
        return next(filter(None, inner), [])
    return [body for bodies in inner for body in bodies]


def _decode_body(part: Message) -> str:
    data = decode_payload(part)
    codec = find_codec(part.get_content_charset("") or "utf-8")
    for name in dict.fromkeys(filter(None, (codec, "utf-8"))):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return decode_legacy(data, (codec,) if codec else ())


def _is_flowed(bodies: list[Message]) -> bool:
    """Whether the lines of a text are meant to be joined where they end with a blank (RFC 3676)."""
    return any(str(body.get_param("format", "")).lower() == "flowed" for body in bodies)


def _gather_facts(message: Message) -> ContainerFacts:
    sender = getaddresses([_decode_words(_raw_header(message, "from") or _raw_header(message, "sender"))])
    authors = [name.strip(" '\"") or address.partition("@")[0] for name, address in sender if name or address]
    return ContainerFacts(
        title=_decode_words(_raw_header(message, "subject")),
        authors=tuple(dict.fromkeys(authors)),
        published=_parse_date(str(message.get("Date", ""))),
    )


def _raw_header(message: Message, name: str) -> str:
    """Return a header as it stands, bytes of no standard as surrogates; empty without it."""
    return next((str(value) for key, value in message.raw_items() if key.lower() == name), "")


def _decode_words(text: str) -> str:
    """Return a header's text with its encoded words decoded (RFC 2047), on one line."""
    with contextlib.suppress(LookupError, ValueError):
        text = str(make_header(decode_header(text)))
    if any("\udc80" <= char <= "\udcff" for char in text):  # bytes that no standard allows
        data = text.encode("ascii", "surrogateescape") if text.isascii() else text.encode("utf-8", "surrogateescape")
        text = decode_legacy(data)
    return " ".join(text.split())


def _parse_date(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, OverflowError):
        return None


def _list_attachments(message: Message) -> tuple[Notice, ...]:
    """Return the notice of files that come with a message and are not read."""
    names = [
        _decode_words(part.get_filename() or part.get_content_type())
        for part in message.walk()
        if part.get_content_disposition() == "attachment" and not part.is_multipart()
    ]
    if not names:
        return ()
    were = "attachment was" if len(names) == 1 else "attachments were"
    return (Notice("mail", f"{len(names)} {were} not read: {', '.join(names)}"),)


def _message_error(document: Document, cause: str) -> SourceError:
    return SourceError("reading a mail", document.name, cause, "Save it again from your mail program.")
