"""HTTP responses: read within limits and decompressed; errors are described for the user."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from email.message import Message
from email.utils import parsedate_to_datetime
from html import unescape
from http.client import responses
from socket import gaierror
from ssl import SSLError

import msgspec
import urllib3
from urllib3 import exceptions
from urllib3.exceptions import HTTPError, ProxyError

from exporter.errors import SourceError
from exporter.sources.files import GZIP_START, too_large_error

_CHECK_ADDRESS = "Check the address, or save the page from your browser and name that file."
TRY_LATER = "Try again later, or save the page from your browser."
_BE_PATIENT = "Try again later, save the page from your browser, or raise 'timeout' and 'deadline' under [input]."
LOG_IN = "Open it in your browser, log in, save it there and name that file; or give your browser's --cookies."
_LOOK_IN_ARCHIVE = "Check the address; a page that is gone may be kept at https://web.archive.org."
_REMEDIES = {401: LOG_IN, 402: LOG_IN, 403: LOG_IN, 404: _LOOK_IN_ARCHIVE, 410: _LOOK_IN_ARCHIVE, 451: LOG_IN}
_MIN_SERVER_ERROR = 500  # statuses from here on are failures of the server (RFC 9110)

ACCEPTED_ENCODINGS = "gzip, deflate"
"""The content codings that are requested (RFC 9110)."""

_UNSUPPORTED_ENCODINGS = frozenset({"br", "zstd", "compress"})
"""Content codings that are not decompressed. Data under any other name (utf-8, none) is taken as not compressed."""

_CHUNK_BYTES = 1 << 16
_FIRST_PIECE_BYTES = 512  # of compressed data

_REFRESH_HEAD_BYTES = 8_000
"""Bytes of a page in which a refresh tag is searched; chosen: it stands at the beginning of the head."""

_MAX_REFRESH_SECONDS = 5
"""Seconds up to which a refresh is a redirect; news pages reload themselves after minutes. Chosen, not measured."""

_INVISIBLE_MARKUP = re.compile(rb"<!--.*?(?:-->|\Z)|<noscript\b.*?(?:</noscript|\Z)", re.IGNORECASE | re.DOTALL)
_REFRESH_TAG = re.compile(rb"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?refresh\b[^>]*>", re.IGNORECASE)
_CONTENT_ATTRIBUTE = re.compile(rb"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*))", re.IGNORECASE)
_REFRESH_VALUE = re.compile(r"\s*+(\d{0,9})[.\d]*+\s*+[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)


class HttpPage(msgspec.Struct, frozen=True):
    """A page or picture that was fetched: `url` is the address after all redirects.

    `media_type`, `charset`, `etag` and `last_modified` are the values of its headers, or empty.
    """

    url: str
    data: bytes
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""


class RetryError(Exception):
    """A request failed, but may succeed later.

    `wait_seconds` is what the server asks for, or 0. `unreachable` means that no connection was possible.
    """

    def __init__(self, cause: str, wait_seconds: float = 0.0, *, unreachable: bool = False) -> None:
        super().__init__(cause)
        self.cause = cause
        self.wait_seconds = wait_seconds
        self.unreachable = unreachable


def fetch_error(url: str, cause: str, remedy: str = _CHECK_ADDRESS) -> SourceError:
    """Make the error for a page that cannot be fetched."""
    return SourceError("fetching", url, cause, remedy)


def status_error(url: str, status: int) -> SourceError:
    """Make the error for an answer whose status is an error."""
    return fetch_error(
        url,
        describe_status(status),
        _REMEDIES.get(status, TRY_LATER if status >= _MIN_SERVER_ERROR else _CHECK_ADDRESS),
    )


def describe_status(status: int) -> str:
    """Return a status and its name in the standard."""
    return f"HTTP {status}: {responses.get(status, 'no standard answer')}"


def too_slow_error(url: str, seconds: float) -> SourceError:
    """Make the error for what did not come within a deadline of `seconds`."""
    return fetch_error(url, f"TooSlow: it did not come within {round(seconds, 1):g} seconds", _BE_PATIENT)


def read_page(url: str, response: urllib3.BaseHTTPResponse, max_bytes: int) -> HttpPage:
    """Read an answer up to `max_bytes`.

    Raises `RetryError` if the answer is incomplete, and `SourceError` beyond the limit.
    """
    data = bytearray()
    try:
        # Not `read`: from a server that sends single bytes it would wait for a full chunk, past the time limit.
        while chunk := response.read1(_CHUNK_BYTES, decode_content=False):
            data += chunk
            if len(data) > max_bytes:
                raise too_large_error(url, max_bytes)
    except HTTPError as error:
        raise RetryError(describe_http_error(error)) from error
    message = Message()
    message["Content-Type"] = response.headers.get("Content-Type", "")
    return HttpPage(
        url,
        _decompress(url, bytes(data), response.headers.get("Content-Encoding", "").strip().lower(), max_bytes),
        message.get_content_type() if message["Content-Type"] else "",
        message.get_content_charset(""),
        response.headers.get("ETag", ""),
        response.headers.get("Last-Modified", ""),
    )


def _decompress(url: str, data: bytes, encoding: str, max_bytes: int) -> bytes:
    """Decompress an answer. Not done by urllib3, which does not report that the end is missing."""
    if encoding in _UNSUPPORTED_ENCODINGS:
        raise fetch_error(url, f"UnknownPacking: the server compressed it as {encoding!r}, which cannot be read")
    is_gzip = encoding in ("gzip", "x-gzip") and data.startswith(GZIP_START)
    if not is_gzip and not (encoding == "deflate" and data):
        return data
    out = bytearray()
    place = 0
    try:
        while place < len(data) and (not out or data.startswith(GZIP_START, place)):  # gzip may have several members
            place = _decompress_member(data, place, out, max_bytes)
            if len(out) > max_bytes:
                raise too_large_error(url, max_bytes)
    except zlib.error as error:
        raise RetryError("BrokenPacking: the compressed answer is damaged") from error
    return bytes(out)


def _decompress_member(data: bytes, place: int, out: bytearray, max_bytes: int) -> int:
    """Add the member of compressed data that begins at a place to `out`, up to `max_bytes`; returns where it ends.

    It is read in pieces that grow: zlib copies what follows the member in its piece, and there may be many members.
    """
    decompressor = zlib.decompressobj(_zlib_window_bits(data[place : place + 2]))
    piece_bytes = _FIRST_PIECE_BYTES
    while not decompressor.eof:
        if place >= len(data):
            raise RetryError("BrokenOff: the end of the answer is missing")
        piece = data[place : place + piece_bytes]
        out += decompressor.decompress(piece, max_bytes + 1 - len(out))
        if len(out) > max_bytes:
            break
        place += len(piece) - len(decompressor.unused_data)
        piece_bytes *= 2
    return place


def _zlib_window_bits(data: bytes) -> int:
    """Return zlib's parameter for the format of data: gzip, zlib (RFC 1950), or the raw deflate of some servers."""
    if data.startswith(GZIP_START):
        return 16 + zlib.MAX_WBITS
    has_zlib_header = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if has_zlib_header else -zlib.MAX_WBITS


def find_refresh(page: HttpPage) -> str:
    """Return the address that a refresh tag in the head of a page redirects to, or empty."""
    for tag in _REFRESH_TAG.finditer(_INVISIBLE_MARKUP.sub(b"", page.data[:_REFRESH_HEAD_BYTES])):
        if found := _CONTENT_ATTRIBUTE.search(tag[0]):
            return parse_refresh(unescape(next(filter(None, found.groups()), b"").decode("utf-8", "replace")))
    return ""


def parse_refresh(text: str) -> str:
    """Return the address of a refresh (``0; url=/there``); empty if it has none, or a delay over the limit."""
    found = _REFRESH_VALUE.match(text)
    return found[2].strip() if found and int(found[1] or 0) <= _MAX_REFRESH_SECONDS else ""


def parse_retry_after(retry_after: str, now: str) -> float:
    """Return the seconds of a Retry-After header: a number, or a date less `now`, the date of the answer; else 0."""
    if retry_after.isdecimal():
        return float(retry_after)
    with suppress(ValueError, TypeError, OverflowError):
        return max(0.0, (parsedate_to_datetime(retry_after) - parsedate_to_datetime(now)).total_seconds())
    return 0.0


_LABELS: tuple[tuple[type[Exception], str], ...] = (
    (gaierror, "UnknownHost"),
    (SSLError, "NoSecureConnection"),
    (exceptions.SSLError, "NoSecureConnection"),
    (TimeoutError, "TimedOut"),
    (exceptions.TimeoutError, "TimedOut"),
    (OSError, "NoConnection"),
)
"""The label of a cause by the class of the exception; the first that fits."""


def describe_http_error(error: Exception) -> str:
    """Return the cause of a failed request: a label, and the message of the innermost exception without its objects."""
    inner = error
    while (cause := _inner_error(inner)) is not None:
        inner = cause
    label = next((label for kind, label in _LABELS if isinstance(inner, kind)), "BrokenAnswer")
    text = getattr(inner, "strerror", None) or str(inner).rpartition(": ")[2]
    text = " ".join(text.removeprefix(type(inner).__name__).strip("()").split())
    return f"{label}: {'the proxy does not answer: ' if isinstance(error, ProxyError) else ''}{text}"


def _inner_error(error: Exception) -> Exception | None:
    within = (error.__cause__, getattr(error, "reason", None), *error.args[1:2])
    return next((cause for cause in within if isinstance(cause, Exception)), None)
