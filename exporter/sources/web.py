"""The web: pages and pictures over HTTP, politely and within limits.

urllib3 does the talking: trafilatura brings it anyway, it is small and well kept, and it lets us connect to the very
address that was checked, which httpx and requests hide. A proxy of the user's stands between where the environment
names one (`proxies`). Everything about *when* is ours: time-outs, back-off, a pace
for each host, and conditional requests, so that a page that has not changed is not sent again.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from email.message import Message
from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from http.client import responses
from typing import TypeAlias

import certifi
import msgspec
import urllib3
from urllib3.exceptions import HTTPError, ProxyError, SSLError

import exporter
from exporter.cache import Cache
from exporter.config import InputSettings
from exporter.errors import OutputError, SourceError
from exporter.sources import proxies
from exporter.sources.addresses import Address, parse, resolve
from exporter.sources.files import too_large

REDIRECTS = 10
"""Redirects that are followed (Firefox and Chrome: 20)."""

TRIES = 3
"""Requests that are made before a server's failure is believed."""

BACK_OFF = 1.0
"""Seconds before the second try; twice as long before each further one."""

LONGEST_WAIT = 60.0
"""Seconds that a server may ask us to wait (Retry-After)."""

PACE = 1.0
"""Seconds between the beginnings of two requests for pages to one host."""

MOST_NUMBERS = 4
"""IP addresses of one host that are tried."""

SLOWEST = 6
"""Times the time-out that a whole answer may take."""

Way: TypeAlias = urllib3.HTTPConnectionPool | urllib3.ProxyManager

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16
_KIND = "pages"
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, text/*;q=0.8, */*;q=0.5"


class Page(msgspec.Struct, frozen=True):
    """What a server sent: `url` is where it was found in the end, `etag` and `changed` tell its version."""

    url: str
    data: bytes
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    changed: str = ""


class Wanted(msgspec.Struct, frozen=True):
    """What is asked for: what it may be, how large, how long after the last request to that host, how often."""

    accept: str = _ACCEPT
    largest: int = 0
    pace: float = PACE
    tries: int = TRIES


PAGES = Wanted()
"""A page, as a reader would ask for it."""


class Client:
    """Fetches; may be used by several threads. `clock` and `sleep` are those of a test or the machine's own."""

    def __init__(
        self,
        settings: InputSettings,
        cache: Cache,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._cache = cache
        self._clock = clock
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()
        self._proxies: dict[str, urllib3.ProxyManager] = {}
        self._down: dict[str, str] = {}  # hosts that could not be reached, and why: the next page need not wait

    def get(self, url: str, wanted: Wanted = PAGES) -> Page:
        """Fetch what is at a URL, through redirects; raises `SourceError`."""
        address = parse(url)
        for _ in range(REDIRECTS + 1):
            answer = self._patiently(address, wanted)
            if isinstance(answer, Page):
                return answer
            address = answer
        raise _failure(
            url, f"TooManyRedirects: it leads on more than {REDIRECTS} times", "Give the address it should lead to."
        )

    def _patiently(self, address: Address, wanted: Wanted) -> Page | Address:
        """Ask until there is an answer, a few times."""
        tries, wait = wanted.tries, BACK_OFF
        while True:
            if cause := self._down.get(address.authority):
                raise _failure(address.url, cause, _REMEDY)
            try:
                return self._once(address, wanted)
            except _Again as again:
                tries -= 1
                if not tries:
                    if again.unreachable:
                        self._down[address.authority] = again.cause
                    raise _failure(address.url, again.cause, _LATER) from again
                self._sleep(min(LONGEST_WAIT, again.wait or wait))
                wait *= 2

    def _once(self, address: Address, wanted: Wanted) -> Page | Address:
        self._keep_pace(address.authority, wanted.pace)
        key = sha256(address.url.encode()).hexdigest()
        kept = self._kept(key)
        response = self._request(address, wanted, kept)
        try:
            if response.status == HTTPStatus.NOT_MODIFIED and kept:
                return kept
            if response.status in _REDIRECTS and (place := response.headers.get("Location")):
                return parse(place, address.url)
            if response.status in _AGAIN:
                raise _Again(_said(response.status), _seconds(response.headers.get("Retry-After", "")))
            if response.status != HTTPStatus.OK:
                raise _failure(address.url, _said(response.status), _REMEDIES.get(response.status, _REMEDY))
            page = self._page(address, response, wanted.largest or self._settings.largest)
        finally:
            response.close()
        if (page.etag or page.changed) and "no-store" not in response.headers.get("Cache-Control", ""):
            self._keep(key, page)
        return page

    def _keep_pace(self, host: str, pace: float) -> None:
        """Wait for this host's turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + pace
        if turn > now:
            self._sleep(turn - now)

    def _request(self, address: Address, wanted: Wanted, kept: Page | None) -> urllib3.BaseHTTPResponse:
        headers = {
            "Host": address.authority,
            "User-Agent": f"exporter/{exporter.__version__}",
            "Accept": wanted.accept,
            "Accept-Encoding": "gzip, deflate",
        }
        if self._settings.language:
            headers["Accept-Language"] = f"{self._settings.language}, *;q=0.5"
        if kept and kept.etag:
            headers["If-None-Match"] = kept.etag
        if kept and kept.changed:
            headers["If-Modified-Since"] = kept.changed
        failed: Exception = OSError("it has no address")
        try:
            for pool, target in self._ways(address):
                try:
                    return pool.urlopen(
                        "GET", target, headers=headers, redirect=False, preload_content=False, retries=False
                    )
                except HTTPError as error:
                    failed = error
        except socket.gaierror as error:
            failed = error
        if isinstance(failed, SSLError) or (isinstance(failed, socket.gaierror) and failed.errno != socket.EAI_AGAIN):
            self._down[address.authority] = _words(failed)
            raise _failure(address.url, _words(failed), _REMEDY)
        raise _Again(_words(failed), unreachable=True)

    def _ways(self, address: Address) -> Iterator[tuple[Way, str]]:
        """Yield what may be connected to, and what to ask it for: the user's proxy, else the host's addresses."""
        private = self._settings.private_addresses
        if proxy := proxies.find(address):
            with contextlib.suppress(socket.gaierror):  # a name that only the proxy knows
                resolve(address, private=private)
            yield self._proxies.setdefault(proxy, proxies.connect(proxy, self._timeout, self._trust)), address.url
            return
        for number in resolve(address, private=private)[:MOST_NUMBERS]:
            yield self._pool(address, number), address.target

    @property
    def _timeout(self) -> urllib3.Timeout:
        return urllib3.Timeout(connect=self._settings.timeout, read=self._settings.timeout)

    def _pool(self, address: Address, number: str) -> urllib3.HTTPConnectionPool:
        """Connect to the very number that was checked, under the name that was asked for."""
        if address.scheme == "http":
            return urllib3.HTTPConnectionPool(number, address.port, timeout=self._timeout)
        return urllib3.HTTPSConnectionPool(
            number,
            address.port,
            timeout=self._timeout,
            ssl_context=self._trust,
            server_hostname=address.host,
            assert_hostname=address.host,
        )

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """The authorities that this system trusts, and Mozilla's: some systems' own list is empty."""
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return context

    def _page(self, address: Address, response: urllib3.BaseHTTPResponse, largest: int) -> Page:
        """Read an answer, but not endlessly: neither in bytes nor in seconds."""
        end = self._clock() + SLOWEST * self._settings.timeout
        data = bytearray()
        try:
            # What has come is taken at once: a server that sends a byte now and then never fills a buffer.
            while chunk := response.read1(_CHUNK, decode_content=True):
                data += chunk
                if len(data) > largest:
                    raise too_large(address.url, largest)
                if self._clock() > end:
                    raise _failure(address.url, "TooSlow: it sends, but never ends", _REMEDY)
        except HTTPError as error:
            raise _Again(_words(error)) from error
        said = Message()
        said["Content-Type"] = response.headers.get("Content-Type", "")
        return Page(
            address.url,
            bytes(data),
            said.get_content_type() if said["Content-Type"] else "",
            said.get_content_charset(""),
            response.headers.get("ETag", ""),
            response.headers.get("Last-Modified", ""),
        )

    def _kept(self, key: str) -> Page | None:
        data = self._cache.get(_KIND, key)
        try:
            return msgspec.msgpack.decode(data, type=Page) if data else None
        except msgspec.DecodeError:  # of another version
            return None

    def _keep(self, key: str, page: Page) -> None:
        # A page that cannot be kept is still a page.
        with contextlib.suppress(OutputError):
            self._cache.put(_KIND, key, msgspec.msgpack.encode(page))


class _Again(Exception):  # noqa: N818  not an error yet
    """It failed, and may not the next time."""

    def __init__(self, cause: str, wait: float = 0.0, *, unreachable: bool = False) -> None:
        super().__init__(cause)
        self.unreachable = unreachable
        self.cause = cause
        self.wait = wait


_REMEDY = "Check the address, or save the page from your browser and name that file."
_LATER = "Try again later, or save the page from your browser."
_LOGIN = "Open it in your browser, where you are known, save it there and name that file."
_REMEDIES = {401: _LOGIN, 402: _LOGIN, 403: _LOGIN, 451: _LOGIN}


def _failure(url: str, cause: str, remedy: str) -> SourceError:
    return SourceError("fetching", url, cause, remedy)


def _said(status: int) -> str:
    return f"HTTP {status}: {responses.get(status, 'no standard answer')}"


def _seconds(retry_after: str) -> float:
    """Retry-After in seconds; its other form, a date, is left to our own back-off."""
    return float(retry_after) if retry_after.isdigit() else 0.0


def _words(error: Exception) -> str:
    """What went wrong, without the objects that urllib3 names."""
    where = "the proxy does not answer: " if isinstance(error, ProxyError) else ""
    inner = error
    while (cause := inner.__cause__ or getattr(inner, "reason", None)) and isinstance(cause, Exception):
        inner = cause
    return f"{type(inner).__name__}: {where}{getattr(inner, 'strerror', None) or str(inner).rpartition(': ')[2]}"
