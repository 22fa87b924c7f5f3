"""What a server answers: read within limits, unpacked, and put into words where it is no page."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from email.message import Message
from email.utils import parsedate_to_datetime
from html import unescape
from http.client import responses

import msgspec
import urllib3
from urllib3.exceptions import HTTPError, ProxyError

from exporter.errors import SourceError
from exporter.sources.files import too_large

_CHECK = "Check the address, or save the page from your browser and name that file."
LATER = "Try again later, or save the page from your browser."
LOGIN = "Open it in your browser, where you are known, save it there and name that file; or see --cookies."
_GONE = "Check the address; a page that is gone may be kept at https://web.archive.org."
_REMEDIES = {401: LOGIN, 402: LOGIN, 403: LOGIN, 404: _GONE, 410: _GONE, 451: LOGIN}
_FAULT = 500  # and above: the server's own

PACKED = "gzip, deflate"
"""The packings that are asked for."""

_OTHERS = frozenset({"br", "zstd", "compress"})  # what is called otherwise (utf-8, none) is mostly not packed at all
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 16

_HEAD = 8_000  # bytes of a page in which it may lead on
_SOON = 5  # seconds within which a reader is led on, and is not shown the page again from time to time
_UNSEEN = re.compile(rb"<!--.*?(?:-->|\Z)|<noscript\b.*?(?:</noscript|\Z)", re.IGNORECASE | re.DOTALL)
_REFRESH = re.compile(rb"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?refresh\b[^>]*>", re.IGNORECASE)
_CONTENT = re.compile(rb"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*))", re.IGNORECASE)
_DELAYED = re.compile(r"\s*(\d{0,9})[.\d]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)


class HttpPage(msgspec.Struct, frozen=True):
    """What a server sent: `url` is where it was found in the end, `etag` and `changed` tell its version."""

    url: str
    data: bytes
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    changed: str = ""


class Again(Exception):  # noqa: N818  not an error yet
    """It failed, and may not the next time, `wait` seconds later."""

    def __init__(self, cause: str, wait: float = 0.0, *, unreachable: bool = False) -> None:
        super().__init__(cause)
        self.unreachable = unreachable
        self.cause = cause
        self.wait = wait


def failure(url: str, cause: str, remedy: str = _CHECK) -> SourceError:
    """Make the error for a page that cannot be had."""
    return SourceError("fetching", url, cause, remedy)


def refused(url: str, status: int) -> SourceError:
    """Make the error for an answer that is no page."""
    return failure(url, said(status), _REMEDIES.get(status, LATER if status >= _FAULT else _CHECK))


def said(status: int) -> str:
    """What a status means, in the words of the standard."""
    return f"HTTP {status}: {responses.get(status, 'no standard answer')}"


def page(url: str, response: urllib3.BaseHTTPResponse, largest: int, in_time: Callable[[], bool]) -> HttpPage:
    """Read an answer, but not endlessly: neither in bytes nor in seconds. Raises `Again` where it breaks off."""
    data = bytearray()
    try:
        # What has come is taken at once: a server that sends a byte now and then never fills a buffer.
        while chunk := response.read1(_CHUNK, decode_content=False):
            data += chunk
            if len(data) > largest:
                raise too_large(url, largest)
            if not in_time():
                raise failure(url, "TooSlow: it sends, but never ends")
    except HTTPError as error:
        raise Again(words(error)) from error
    message = Message()
    message["Content-Type"] = response.headers.get("Content-Type", "")
    return HttpPage(
        url,
        _unpacked(url, bytes(data), response.headers.get("Content-Encoding", "").strip().lower(), largest),
        message.get_content_type() if message["Content-Type"] else "",
        message.get_content_charset(""),
        response.headers.get("ETag", ""),
        response.headers.get("Last-Modified", ""),
    )


def _unpacked(url: str, data: bytes, packing: str, largest: int) -> bytes:
    """Unpack an answer. urllib3 would do it too, but not say that it broke off in the middle."""
    if packing in _OTHERS:
        raise failure(url, f"UnknownPacking: it is packed as {packing!r}, which was not asked for")
    packed = data.startswith(_GZIP) if packing in ("gzip", "x-gzip") else packing == "deflate" and data
    if not packed:
        return data
    out = b""
    rest = data
    try:
        while rest and not (out and not rest.startswith(_GZIP)):  # one packed part after the other
            unpacker = zlib.decompressobj(_form(rest))
            out += unpacker.decompress(rest, largest + 1)
            if len(out) > largest:
                raise too_large(url, largest)
            if not unpacker.eof:
                raise Again("BrokenOff: its end is missing")
            rest = unpacker.unused_data
    except zlib.error as error:
        raise Again(f"BrokenPacking: {error}") from error
    return out


def _form(packed: bytes) -> int:
    """The form that zlib is told: gzip, its own, or (what some servers call deflate) bare."""
    if packed.startswith(_GZIP):
        return 16 + zlib.MAX_WBITS
    own = packed[0] & 0x0F == zlib.DEFLATED and int.from_bytes(packed[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if own else -zlib.MAX_WBITS


def led_on(page: HttpPage) -> str:
    """Return where a page leads its reader at once by a tag in its head, or empty."""
    for tag in _REFRESH.finditer(_UNSEEN.sub(b"", page.data[:_HEAD])):
        if found := _CONTENT.search(tag[0]):
            return refreshed(unescape(next(filter(None, found.groups()), b"").decode("utf-8", "replace")))
    return ""


def refreshed(text: str) -> str:
    """Return where a refresh (``0; url=/there``) leads, or empty where it leads nowhere, or only after a while."""
    found = _DELAYED.match(text)
    return found[2].strip() if found and int(found[1] or 0) <= _SOON else ""


def seconds(retry_after: str, now: str) -> float:
    """How long a server asks us to wait: seconds, or a date, from the one of its answer on."""
    if retry_after.isdecimal():
        return float(retry_after)
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(retry_after) - parsedate_to_datetime(now)).total_seconds())
    return 0.0


def words(error: Exception) -> str:
    """What went wrong, without the objects that urllib3 names."""
    where = "the proxy does not answer: " if isinstance(error, ProxyError) else ""
    inner = error
    while (cause := _cause(inner)) is not None:
        inner = cause
    name = type(inner).__name__
    text = getattr(inner, "strerror", None) or str(inner).rpartition(": ")[2]
    return f"{name}: {where}{' '.join(text.removeprefix(name).strip('()').split())}"


def _cause(error: Exception) -> Exception | None:
    within = (error.__cause__, getattr(error, "reason", None), *error.args[1:2])
    return next((cause for cause in within if isinstance(cause, Exception)), None)
