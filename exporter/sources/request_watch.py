"""The deadline of one request: when it is over, its connection is shut down.

A time-out of sockets bounds only one wait for bytes: a server that sends a header line, or `100 Continue`, every second
would never be over it.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextvars import ContextVar

from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class RequestWatch:
    """Shuts down the connection of a request when its time of `seconds` is over; `is_over` says whether it is."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.is_over = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def observe(self, connected: socket.socket | None) -> None:
        """Take the connection on which the answer will come."""
        with self._lock:
            self._socket = connected
            if self.is_over:
                self._shut_down()

    def end(self) -> None:
        """Shut the connection down: reading from it ends at once, in whichever thread."""
        with self._lock:
            self.is_over = True
            self._shut_down()

    def _shut_down(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # the answer has ended, and the connection is closed
                # Not the method of a TLS socket, which another thread reads.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


_CURRENT_WATCH: ContextVar[RequestWatch | None] = ContextVar("request_watch", default=None)


@contextlib.contextmanager
def watch_request(seconds: float) -> Iterator[RequestWatch]:
    """Bound the time of the requests that this thread makes in the context: `seconds` until the last byte is read."""
    watch = RequestWatch(seconds)
    timer = threading.Timer(seconds, watch.end)
    timer.daemon = True
    timer.start()
    token = _CURRENT_WATCH.set(watch)
    try:
        yield watch
    finally:
        _CURRENT_WATCH.reset(token)
        timer.cancel()


def _observe(connected: socket.socket | None) -> None:
    """Give a connection to the watch of this thread; there is none outside the context."""
    if watch := _CURRENT_WATCH.get():
        watch.observe(connected)


class WatchedConnection(HTTPConnection):
    """A connection whose answer ends with the watch of its thread."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        """Read the status and the headers."""
        _observe(self.sock)
        return super().getresponse()


class WatchedSecureConnection(HTTPSConnection):
    """The same over TLS."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        """Read the status and the headers."""
        _observe(self.sock)
        return super().getresponse()


class WatchedPool(HTTPConnectionPool):
    """Connections to one IP address, each request with a deadline."""

    ConnectionCls = WatchedConnection


class WatchedSecurePool(HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls = WatchedSecureConnection


WATCHED_POOLS = {"http": WatchedPool, "https": WatchedSecurePool}
"""The classes of connections by the scheme of a URL, as a `urllib3.ProxyManager` wants them."""
