"""The deadline of one request: when it is over, its connection is shut down.

A time-out of sockets bounds only one wait for bytes: a server that sends a header line, or `100 Continue`, every second
would never be over it.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar

from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class RequestWatch:
    """Shuts down the connection of a request when its time of `seconds` is over; `is_over` says whether it is."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.is_over = False
        self._end = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    @property
    def remaining_seconds(self) -> float:
        """The time that is left."""
        return max(0.0, self._end - time.monotonic())

    def observe(self, connected: socket.socket) -> None:
        """Take the connection on which the answer will come.

        It is a duplicate that is shut down: the socket itself is replaced when TLS begins, and read in another thread.
        """
        with self._lock:
            self._close()
            self._socket = socket.socket(fileno=socket.dup(connected.fileno()))
            if self.is_over:
                self._shut_down()

    def end(self) -> None:
        """Shut the connection down: reading from it ends at once, in whichever thread."""
        with self._lock:
            self.is_over = True
            self._shut_down()

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _shut_down(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # the answer has ended, and the connection is closed
                self._socket.shutdown(socket.SHUT_RDWR)


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
        watch.close()


def _observe(connected: socket.socket | None) -> None:
    """Give a connection to the watch of this thread; there is none outside the context."""
    if connected and (watch := _CURRENT_WATCH.get()):
        watch.observe(connected)


class WatchedConnection(HTTPConnection):
    """A connection that ends with the watch of its thread, from TLS or the words to a proxy on."""

    def _new_conn(self) -> socket.socket:
        """Connect."""
        connected = super()._new_conn()
        _observe(connected)
        return connected

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        """Read the status and the headers: perhaps on a connection of an earlier request."""
        _observe(self.sock)
        return super().getresponse()


class WatchedSecureConnection(WatchedConnection, HTTPSConnection):
    """The same over TLS."""


class WatchedPool(HTTPConnectionPool):
    """Connections to one IP address, each request with a deadline."""

    ConnectionCls = WatchedConnection


class WatchedSecurePool(HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls = WatchedSecureConnection


WATCHED_POOLS = {"http": WatchedPool, "https": WatchedSecurePool}
"""The classes of connections by the scheme of a URL, as a `urllib3.ProxyManager` wants them."""
