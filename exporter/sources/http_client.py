"""The web: pages and pictures over HTTP, politely and within limits.

urllib3 does the talking: trafilatura brings it anyway, it is small and well kept, and it lets us connect to the very
address that was checked, which httpx and requests hide. A proxy of the user's stands between where the environment
names one (`proxies`). What comes back is read by `answers`. Everything about *when* is ours: time-outs, back-off, a
pace for each host, and conditional requests, so that a page that has not changed is not sent again.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from typing import TypeAlias

import certifi
import msgspec
import urllib3
from urllib3.exceptions import HTTPError, SSLError

import exporter
from exporter.cache import Cache
from exporter.config import InputSettings
from exporter.errors import OutputError
from exporter.sources import http_response, proxies
from exporter.sources.cookies import Cookies
from exporter.sources.http_response import TRY_LATER, HttpPage, RetryError, describe_error, describe_status, fetch_error
from exporter.sources.url_safety import Address, parse_url, resolve_host

MAX_REDIRECTS = 10
"""Redirects that are followed (Firefox and Chrome: 20)."""

MAX_TRIES = 3
"""Requests that are made before a server's failure is believed."""

BACK_OFF_SECONDS = 1.0
"""Seconds before the second try; twice as long before each further one."""

MAX_RETRY_AFTER_SECONDS = 60.0
"""Seconds that we wait where a server asks for it (Retry-After); whoever asks for more is left alone at once."""

PACE_SECONDS = 1.0
"""Seconds between the beginnings of two requests for pages to one host."""

MAX_IP_ADDRESSES = 4
"""IP addresses of one host that are tried."""

MAX_ANSWER_TIMEOUTS = 6
"""Times the time-out that a whole answer may take."""

ConnectionPool: TypeAlias = urllib3.HTTPConnectionPool | urllib3.ProxyManager

_RETRY_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
_PAGE_STATUSES = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
_REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
_CACHE_KIND = "pages"
_PAGE_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, text/*;q=0.8, */*;q=0.5"


class HttpRequest(msgspec.Struct, frozen=True):
    """What is asked for: what it may be, how large, how long after the last request to that host, how often."""

    accept: str = _PAGE_ACCEPT
    largest: int = 0
    pace: float = PACE_SECONDS
    tries: int = MAX_TRIES


PAGE_REQUEST = HttpRequest()
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
        self._cookies = Cookies(settings.cookies)
        self._proxies: dict[str, urllib3.ProxyManager] = {}
        self._down: dict[str, str] = {}  # hosts that could not be reached, and why: the next page need not wait

    def get(self, url: str, wanted: HttpRequest = PAGE_REQUEST) -> HttpPage:
        """Fetch what is at a URL, through redirects; raises `SourceError`."""
        address = parse_url(url)
        asked: set[str] = set()
        for _ in range(MAX_REDIRECTS + 1):
            if address.authority not in asked:  # who is led on by a host needs not wait for it again
                asked.add(address.authority)
                self._keep_pace(address.authority, wanted.pace)
            answer = self._patiently(address, wanted)
            if isinstance(answer, HttpPage):
                return answer
            address = answer
        raise fetch_error(
            url, f"TooManyRedirects: it leads on more than {MAX_REDIRECTS} times", "Give the address it should lead to."
        )

    def _patiently(self, address: Address, wanted: HttpRequest) -> HttpPage | Address:
        """Ask until there is an answer, a few times."""
        tries, wait = wanted.tries, BACK_OFF_SECONDS
        while True:
            if cause := self._down.get(address.authority):
                raise fetch_error(address.url, cause)
            try:
                return self._once(address, wanted)
            except RetryError as again:
                tries -= 1
                if not tries or again.wait > MAX_RETRY_AFTER_SECONDS:
                    if again.unreachable:
                        self._down[address.authority] = again.cause
                    raise fetch_error(address.url, again.cause, TRY_LATER) from again
                self._sleep(again.wait or wait)
                wait *= 2

    def _once(self, address: Address, wanted: HttpRequest) -> HttpPage | Address:
        key = sha256(f"{address.url}\n{self._settings.cookies}".encode("utf-8", "surrogateescape")).hexdigest()
        kept = self._kept(key)
        response = self._request(address, wanted, kept)
        headers = response.headers
        try:
            self._cookies.keep(address.url, response)
            if response.status == HTTPStatus.NOT_MODIFIED and kept:
                return _follow_page(kept)
            if response.status in _REDIRECT_STATUSES and (place := headers.get("Location")):
                return parse_url(place, address.url)
            if response.status in _RETRY_STATUSES:
                wait = http_response.parse_retry_after(headers.get("Retry-After", ""), headers.get("Date", ""))
                asked = f"; it asks to be left alone for {wait:.0f} seconds" if wait > MAX_RETRY_AFTER_SECONDS else ""
                raise RetryError(describe_status(response.status) + asked, wait)
            if response.status not in _PAGE_STATUSES:
                raise http_response.status_error(address.url, response.status)
            if onward := _redirect_target(http_response.parse_refresh(headers.get("Refresh", "")), address.url):
                return onward
            page = self._page(address, response, wanted.largest or self._settings.largest)
        finally:
            response.close()
        if (page.etag or page.changed) and "no-store" not in headers.get("Cache-Control", ""):
            self._keep(key, page)
        return _follow_page(page)

    def _keep_pace(self, host: str, pace: float) -> None:
        """Wait for this host's turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + pace
        if turn > now:
            self._sleep(turn - now)

    def _request(self, address: Address, wanted: HttpRequest, kept: HttpPage | None) -> urllib3.BaseHTTPResponse:
        headers = {
            "Host": address.authority,
            "User-Agent": f"exporter/{exporter.__version__}",
            "Accept": wanted.accept,
            "Accept-Encoding": http_response.ACCEPTED_ENCODINGS,
        }
        if cookie := self._cookies.header(address.url):
            headers["Cookie"] = cookie
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
            self._down[address.authority] = describe_error(failed)
            raise fetch_error(address.url, describe_error(failed))
        raise RetryError(describe_error(failed), unreachable=True)

    def _ways(self, address: Address) -> Iterator[tuple[ConnectionPool, str]]:
        """Yield what may be connected to, and what to ask it for: the user's proxy, else the host's addresses."""
        private = self._settings.private_addresses
        if proxy := proxies.find_proxy(address):
            with contextlib.suppress(socket.gaierror):  # a name that only the proxy knows
                resolve_host(address, private=private)
            if proxy not in self._proxies:
                self._proxies[proxy] = proxies.connect_proxy(proxy, self._timeout, self._trust)
            yield self._proxies[proxy], address.url
            return
        for number in resolve_host(address, private=private)[:MAX_IP_ADDRESSES]:
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

    def _page(self, address: Address, response: urllib3.BaseHTTPResponse, largest: int) -> HttpPage:
        end = self._clock() + MAX_ANSWER_TIMEOUTS * self._settings.timeout
        return http_response.read_page(address.url, response, largest, lambda: self._clock() <= end)

    def _kept(self, key: str) -> HttpPage | None:
        data = self._cache.get(_CACHE_KIND, key)
        try:
            return msgspec.msgpack.decode(data, type=HttpPage) if data else None
        except msgspec.DecodeError:  # of another version
            return None

    def _keep(self, key: str, page: HttpPage) -> None:
        # A page that cannot be kept is still a page.
        with contextlib.suppress(OutputError):
            self._cache.put(_CACHE_KIND, key, msgspec.msgpack.encode(page))


def _follow_page(page: HttpPage) -> HttpPage | Address:
    """Where a page leads on at once, or the page itself."""
    return _redirect_target(http_response.find_refresh(page), page.url) or page


def _redirect_target(place: str, url: str) -> Address | None:
    """Where a page leads its reader; None for nowhere, or to itself: a reader is not shown it again and again."""
    address = parse_url(place, url) if place else None
    return None if address is None or address.url == url else address
