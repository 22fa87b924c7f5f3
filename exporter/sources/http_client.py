"""The HTTP client: fetches pages and pictures, with limits for sizes, times and the pace of requests.

It uses urllib3, which trafilatura requires anyway: other clients (httpx, requests) do not let us connect to the IP
address that was checked. If the environment names a proxy, requests go through it (`proxies`). `http_response` reads
the answers. Time-outs, back-off, the pace for each host and conditional requests are decided here.
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
from urllib3 import exceptions
from urllib3.exceptions import HTTPError, SSLError

import exporter
from exporter.cache import Cache
from exporter.config import InputSettings
from exporter.errors import OutputError
from exporter.sources import http_response, proxies
from exporter.sources.cookies import Cookies
from exporter.sources.http_response import (
    TRY_LATER,
    HttpPage,
    RetryError,
    describe_http_error,
    describe_status,
    fetch_error,
    too_slow_error,
)
from exporter.sources.request_watch import RequestWatch, WatchedPool, WatchedSecurePool, watch_request
from exporter.sources.url_safety import Address, parse_url, resolve_host

MAX_REDIRECTS = 10
"""Redirects that are followed; Firefox and Chrome follow 20."""

MAX_TRIES = 3
"""Requests for a page whose server fails; chosen, as the next two are."""

BACK_OFF_SECONDS = 1.0
"""Seconds before the second try; twice as long before each further one."""

MAX_RETRY_AFTER_SECONDS = 60.0
"""Seconds that we wait if a server asks for it (Retry-After); if it asks for more, the page is an error at once."""

PACE_SECONDS = 1.0
"""Seconds between the beginnings of two requests for pages to one host; a common delay of polite crawlers."""

MAX_IP_ADDRESSES = 4
"""IP addresses of one host that are tried; chosen: two of each version."""

CONNECT_SHARE = 0.5
"""The share of a request's time for looking up its host, and of the rest for connecting: the answer needs some too."""

MIN_CONNECT_SECONDS = 0.001
"""Seconds to connect if no time is left; urllib3 takes no 0."""

ConnectionPool: TypeAlias = urllib3.HTTPConnectionPool | urllib3.ProxyManager
"""What sends a request: the connections to one IP address, or those through a proxy."""

_RETRY_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
_PAGE_STATUSES = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
_REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
_CACHE_KIND = "pages"
_PAGE_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, text/*;q=0.8, */*;q=0.5"


class HttpRequest(msgspec.Struct, frozen=True):
    """How to fetch something: the media types to accept and the limits.

    `max_bytes` is the size limit, 0 means the one of the settings. `pace_seconds` is the time between two requests to
    one host, `max_tries` the number of requests if the server fails.
    """

    accept: str = _PAGE_ACCEPT
    max_bytes: int = 0
    pace_seconds: float = PACE_SECONDS
    max_tries: int = MAX_TRIES


PAGE_REQUEST = HttpRequest()
"""The request for an article's page."""


class Client:
    """Fetches pages and pictures; several threads may use it. A test may replace `clock` and `sleep`, in seconds."""

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
        self._next_turns: dict[str, float] = {}
        self._lock = threading.Lock()
        self._cookies = Cookies(settings.cookies)
        self._proxies: dict[str, urllib3.ProxyManager] = {}
        self._unreachable: dict[
            str, str
        ] = {}  # the cause for each host that did not answer: its next page fails at once

    def start_deadline(self, seconds: float | None = None) -> float:
        """Return the moment, on the client's clock, at which what is begun now must have been fetched.

        It is `seconds` from now; None means those of the settings.
        """
        return self._clock() + (self._settings.deadline if seconds is None else seconds)

    def measure_rest(self, deadline: float) -> float:
        """Return the seconds that are left before a deadline, at least 0."""
        return max(0.0, deadline - self._clock())

    def get(self, url: str, request: HttpRequest = PAGE_REQUEST, deadline: float | None = None) -> HttpPage:
        """Fetch a URL and follow its redirects; raises `SourceError`.

        `deadline` is one that began before (`start_deadline`); None means that one begins now.
        """
        deadline = self.start_deadline() if deadline is None else deadline
        address = parse_url(url)
        hosts: set[str] = set()
        for _ in range(MAX_REDIRECTS + 1):
            if address.authority not in hosts:  # no pacing delay after a redirect on the same host
                hosts.add(address.authority)
                self._wait_for_turn(address, request.pace_seconds, deadline)
            answer = self._request_with_retries(address, request, deadline)
            if isinstance(answer, HttpPage):
                return answer
            address = answer
        raise fetch_error(
            url,
            f"TooManyRedirects: it redirects more than {MAX_REDIRECTS} times",
            "Give the address of the page itself.",
        )

    def _request_with_retries(self, address: Address, request: HttpRequest, deadline: float) -> HttpPage | Address:
        """Return a page or the address that it redirects to; a failing server is asked again after a while."""
        tries, wait = request.max_tries, BACK_OFF_SECONDS
        while True:
            if cause := self._unreachable.get(address.authority):
                raise fetch_error(address.url, cause)
            try:
                return self._request_watched(address, request, deadline)
            except RetryError as error:
                tries -= 1
                wait_seconds = error.wait_seconds or wait
                is_too_long = wait_seconds > min(MAX_RETRY_AFTER_SECONDS, deadline - self._clock())
                if not tries or is_too_long:
                    if error.unreachable:
                        self._unreachable[address.authority] = error.cause
                    asked = error.wait_seconds if is_too_long else 0
                    delay = f"; the server asks to wait {asked:.0f} seconds" if asked else ""
                    raise fetch_error(address.url, error.cause + delay, TRY_LATER) from error
                self._sleep(wait_seconds)
                wait *= 2

    def _request_watched(self, address: Address, request: HttpRequest, deadline: float) -> HttpPage | Address:
        """Request once, within the time for one request, and within the deadline."""
        seconds = min(self._settings.timeout, deadline - self._clock())
        if seconds <= 0:
            raise too_slow_error(address.url, self._settings.deadline)
        with watch_request(seconds) as watch:
            return self._request_once(address, request, watch)

    def _request_once(self, address: Address, request: HttpRequest, watch: RequestWatch) -> HttpPage | Address:
        key = sha256(f"{address.url}\n{self._settings.cookies}".encode("utf-8", "surrogateescape")).hexdigest()
        cached = self._load_cached(key)
        response = self._send(address, request, cached, watch)
        headers = response.headers
        try:
            self._cookies.store(address.url, response)
            if response.status == HTTPStatus.NOT_MODIFIED and cached:
                return _follow_page(cached)
            if response.status in _REDIRECT_STATUSES and (place := headers.get("Location")):
                return parse_url(place, address.url)
            if response.status in _RETRY_STATUSES:
                wait = http_response.parse_retry_after(headers.get("Retry-After", ""), headers.get("Date", ""))
                raise RetryError(describe_status(response.status), wait)
            if response.status not in _PAGE_STATUSES:
                raise http_response.status_error(address.url, response.status)
            if target := _redirect_target(http_response.parse_refresh(headers.get("Refresh", "")), address.url):
                return target
            page = self._read_page(address, response, request.max_bytes or self._settings.largest, watch)
        finally:
            response.close()
        if (page.etag or page.last_modified) and "no-store" not in headers.get("Cache-Control", ""):
            self._store(key, page)
        return _follow_page(page)

    def _wait_for_turn(self, address: Address, pace_seconds: float, deadline: float) -> None:
        """Wait until the next request to a host is due; raises `SourceError` if the deadline is over before."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next_turns.get(address.authority, now))
            if turn > deadline:
                raise too_slow_error(address.url, self._settings.deadline)
            self._next_turns[address.authority] = turn + pace_seconds
        if turn > now:
            self._sleep(turn - now)

    def _send(
        self, address: Address, request: HttpRequest, cached: HttpPage | None, watch: RequestWatch
    ) -> urllib3.BaseHTTPResponse:
        headers = {
            "Host": address.authority,
            "User-Agent": f"exporter/{exporter.__version__}",
            "Accept": request.accept,
            "Accept-Encoding": http_response.ACCEPTED_ENCODINGS,
        }
        if cookie := self._cookies.cookie_header(address.url):
            headers["Cookie"] = cookie
        if self._settings.language:
            headers["Accept-Language"] = f"{self._settings.language}, *;q=0.5"
        if cached and cached.etag:
            headers["If-None-Match"] = cached.etag
        if cached and cached.last_modified:
            headers["If-Modified-Since"] = cached.last_modified
        failure: Exception = OSError("the host has no address")
        try:
            connections = tuple(self._iter_connections(address, watch))
            connect_seconds = watch.remaining_seconds * CONNECT_SHARE / max(1, len(connections))
            timeout = urllib3.Timeout(connect=max(MIN_CONNECT_SECONDS, connect_seconds), read=2 * watch.seconds)
            for pool, target in connections:
                try:
                    return pool.urlopen(
                        *("GET", target),
                        headers=headers,
                        timeout=timeout,
                        redirect=False,
                        preload_content=False,
                        retries=False,
                    )
                except HTTPError as error:
                    failure = error
                if watch.is_over:
                    break
        except (socket.gaierror, TimeoutError) as error:
            failure = error
        if watch.is_over and not isinstance(failure, exceptions.TimeoutError | TimeoutError):  # connecting: tried again
            raise too_slow_error(address.url, watch.seconds)
        cause = describe_http_error(failure)
        if isinstance(failure, SSLError) or (
            isinstance(failure, socket.gaierror) and failure.errno != socket.EAI_AGAIN
        ):
            self._unreachable[address.authority] = cause
            raise fetch_error(address.url, cause)
        raise RetryError(cause, unreachable=True)

    def _iter_connections(self, address: Address, watch: RequestWatch) -> Iterator[tuple[ConnectionPool, str]]:
        """Yield each possible connection and the request target for it: the proxy, else the host's IP addresses."""
        private = self._settings.private_addresses
        seconds = watch.seconds * CONNECT_SHARE
        if proxy := proxies.find_proxy(address):
            with contextlib.suppress(socket.gaierror, TimeoutError):  # a name that only the proxy can resolve
                resolve_host(address, seconds / 2, private=private)
            if proxy not in self._proxies:
                self._proxies[proxy] = proxies.connect_proxy(
                    proxy, urllib3.Timeout(self._settings.timeout), self._ssl_context
                )
            proxies.look_up_proxy(proxy, seconds / 2)
            yield self._proxies[proxy], address.url
            return
        for ip_address in resolve_host(address, seconds, private=private)[:MAX_IP_ADDRESSES]:
            yield self._connect(address, ip_address), address.target

    def _connect(self, address: Address, ip_address: str) -> urllib3.HTTPConnectionPool:
        """Return a connection to an IP address that was checked; its certificate must be for the host's name."""
        if address.scheme == "http":
            return WatchedPool(ip_address, address.port)
        return WatchedSecurePool(
            ip_address,
            address.port,
            ssl_context=self._ssl_context,
            server_hostname=address.host,
            assert_hostname=address.host,
        )

    @cached_property
    def _ssl_context(self) -> ssl.SSLContext:
        """The system's certificate authorities and Mozilla's: on some systems the list is empty."""
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return context

    def _read_page(
        self, address: Address, response: urllib3.BaseHTTPResponse, max_bytes: int, watch: RequestWatch
    ) -> HttpPage:
        try:
            page = http_response.read_page(address.url, response, max_bytes)
        except RetryError as error:
            if watch.is_over:
                raise too_slow_error(address.url, watch.seconds) from error
            raise
        if watch.is_over:  # an answer without a stated length seems to be whole
            raise too_slow_error(address.url, watch.seconds)
        return page

    def _load_cached(self, key: str) -> HttpPage | None:
        data = self._cache.get(_CACHE_KIND, key)
        try:
            return msgspec.msgpack.decode(data, type=HttpPage) if data else None
        except msgspec.DecodeError:  # written by another version
            return None

    def _store(self, key: str, page: HttpPage) -> None:
        # If the cache cannot be written, the page is still returned.
        with contextlib.suppress(OutputError):
            self._cache.put(_CACHE_KIND, key, msgspec.msgpack.encode(page))


def _follow_page(page: HttpPage) -> HttpPage | Address:
    """Return the address that a page redirects to by a tag, or the page itself."""
    return _redirect_target(http_response.find_refresh(page), page.url) or page


def _redirect_target(place: str, url: str) -> Address | None:
    """Return the address of a redirect or refresh; None if it is empty or the page's own (a page that reloads)."""
    address = parse_url(place, url) if place else None
    return None if address is None or address.url == url else address
