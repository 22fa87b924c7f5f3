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
from exporter.sources.files import too_large_error

_CHECK_ADDRESS = "Check the address, or save the page from your browser and name that file."
TRY_LATER = "Try again later, or save the page from your browser."
LOG_IN = "Open it in your browser, where you are known, save it there and name that file; or see --cookies."
_LOOK_IN_ARCHIVE = "Check the address; a page that is gone may be kept at https://web.archive.org."
_REMEDIES = {401: LOG_IN, 402: LOG_IN, 403: LOG_IN, 404: _LOOK_IN_ARCHIVE, 410: _LOOK_IN_ARCHIVE, 451: LOG_IN}
_MIN_SERVER_ERROR = 500  # and above: the server's own

ACCEPTED_ENCODINGS = "gzip, deflate"
"""The packings that are asked for."""

_UNSUPPORTED_ENCODINGS = frozenset(
    {"br", "zstd", "compress"}
)  # what is called otherwise (utf-8, none) is mostly not packed at all
_GZIP = b"\x1f\x8b"
_CHUNK_BYTES = 1 << 16

_REFRESH_HEAD_BYTES = 8_000  # bytes of a page in which it may lead on
_MAX_REFRESH_SECONDS = 5  # seconds within which a reader is led on, and is not shown the page again from time to time
_INVISIBLE_MARKUP = re.compile(rb"<!--.*?(?:-->|\Z)|<noscript\b.*?(?:</noscript|\Z)", re.IGNORECASE | re.DOTALL)
_REFRESH_TAG = re.compile(rb"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?refresh\b[^>]*>", re.IGNORECASE)
_CONTENT_ATTRIBUTE = re.compile(rb"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*))", re.IGNORECASE)
_REFRESH_VALUE = re.compile(r"\s*(\d{0,9})[.\d]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)


class HttpPage(msgspec.Struct, frozen=True):
    """What a server sent: `url` is where it was found in the end, `etag` and `changed` tell its version."""

    url: str
    data: bytes
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    changed: str = ""


class RetryError(Exception):
    """It failed, and may not the next time, `wait` seconds later."""

    def __init__(self, cause: str, wait: float = 0.0, *, unreachable: bool = False) -> None:
        super().__init__(cause)
        self.unreachable = unreachable
        self.cause = cause
        self.wait = wait


def fetch_error(url: str, cause: str, remedy: str = _CHECK_ADDRESS) -> SourceError:
    """Make the error for a page that cannot be had."""
    return SourceError("fetching", url, cause, remedy)


def status_error(url: str, status: int) -> SourceError:
    """Make the error for an answer that is no page."""
    return fetch_error(
        url,
        describe_status(status),
        _REMEDIES.get(status, TRY_LATER if status >= _MIN_SERVER_ERROR else _CHECK_ADDRESS),
    )


def describe_status(status: int) -> str:
    """What a status means, in the words of the standard."""
    return f"HTTP {status}: {responses.get(status, 'no standard answer')}"


def read_page(url: str, response: urllib3.BaseHTTPResponse, largest: int, in_time: Callable[[], bool]) -> HttpPage:
    """Read an answer, but not endlessly: neither in bytes nor in seconds. Raises `RetryError` where it breaks off."""
    data = bytearray()
    try:
        # What has come is taken at once: a server that sends a byte now and then never fills a buffer.
        while chunk := response.read1(_CHUNK_BYTES, decode_content=False):
            data += chunk
            if len(data) > largest:
                raise too_large_error(url, largest)
            if not in_time():
                raise fetch_error(url, "TooSlow: it sends, but never ends")
    except HTTPError as error:
        raise RetryError(describe_error(error)) from error
    message = Message()
    message["Content-Type"] = response.headers.get("Content-Type", "")
    return HttpPage(
        url,
        _decompress(url, bytes(data), response.headers.get("Content-Encoding", "").strip().lower(), largest),
        message.get_content_type() if message["Content-Type"] else "",
        message.get_content_charset(""),
        response.headers.get("ETag", ""),
        response.headers.get("Last-Modified", ""),
    )


def _decompress(url: str, data: bytes, packing: str, largest: int) -> bytes:
    """Unpack an answer. urllib3 would do it too, but not say that it broke off in the middle."""
    if packing in _UNSUPPORTED_ENCODINGS:
        raise fetch_error(url, f"UnknownPacking: it is packed as {packing!r}, which was not asked for")
    packed = data.startswith(_GZIP) if packing in ("gzip", "x-gzip") else packing == "deflate" and data
    if not packed:
        return data
    out = b""
    rest = data
    try:
        while rest and not (out and not rest.startswith(_GZIP)):  # one packed part after the other
            unpacker = zlib.decompressobj(_zlib_window_bits(rest))
            out += unpacker.decompress(rest, largest + 1)
            if len(out) > largest:
                raise too_large_error(url, largest)
            if not unpacker.eof:
                raise RetryError("BrokenOff: its end is missing")
            rest = unpacker.unused_data
    except zlib.error as error:
        raise RetryError(f"BrokenPacking: {error}") from error
    return out


def _zlib_window_bits(packed: bytes) -> int:
    """The form that zlib is told: gzip, its own, or (what some servers call deflate) bare."""
    if packed.startswith(_GZIP):
        return 16 + zlib.MAX_WBITS
    own = packed[0] & 0x0F == zlib.DEFLATED and int.from_bytes(packed[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if own else -zlib.MAX_WBITS


def find_refresh(page: HttpPage) -> str:
    """Return where a page leads its reader at once by a tag in its head, or empty."""
    for tag in _REFRESH_TAG.finditer(_INVISIBLE_MARKUP.sub(b"", page.data[:_REFRESH_HEAD_BYTES])):
        if found := _CONTENT_ATTRIBUTE.search(tag[0]):
            return parse_refresh(unescape(next(filter(None, found.groups()), b"").decode("utf-8", "replace")))
    return ""


def parse_refresh(text: str) -> str:
    """Return where a refresh (``0; url=/there``) leads, or empty where it leads nowhere, or only after a while."""
    found = _REFRESH_VALUE.match(text)
    return found[2].strip() if found and int(found[1] or 0) <= _MAX_REFRESH_SECONDS else ""


def parse_retry_after(retry_after: str, now: str) -> float:
    """How long a server asks us to wait: seconds, or a date, from the one of its answer on."""
    if retry_after.isdecimal():
        return float(retry_after)
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(retry_after) - parsedate_to_datetime(now)).total_seconds())
    return 0.0


def describe_error(error: Exception) -> str:
    """What went wrong, without the objects that urllib3 names."""
    where = "the proxy does not answer: " if isinstance(error, ProxyError) else ""
    inner = error
    while (cause := _inner_error(inner)) is not None:
        inner = cause
    name = type(inner).__name__
    text = getattr(inner, "strerror", None) or str(inner).rpartition(": ")[2]
    return f"{name}: {where}{' '.join(text.removeprefix(name).strip('()').split())}"


def _inner_error(error: Exception) -> Exception | None:
    within = (error.__cause__, getattr(error, "reason", None), *error.args[1:2])
    return next((cause for cause in within if isinstance(cause, Exception)), None)
