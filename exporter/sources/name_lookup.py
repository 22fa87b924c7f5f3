"""Looks up the IP addresses of host names within a time: `socket.getaddrinfo` itself has none, and cannot be ended.

It runs in a thread of its own, which is left behind if it does not answer. A name that is being looked up already is
waited for, and the names that are looked up at a time are bounded, so a silent name server holds a few threads only.
"""

from __future__ import annotations

import socket
import threading
from concurrent.futures import Future

MAX_LOOKUPS = 32
"""Names that are looked up at a time; above what one process asks for: 8 hosts of pages, and 4 pictures."""

_pending: dict[tuple[str, int], Future[list[str]]] = {}
_lock = threading.Lock()


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """Return the IP addresses of a host, in the system's order.

    Raises `TimeoutError` if there is no answer within the time, `OSError` if the host is unknown, and `UnicodeError` if
    it is not a valid name.
    """
    try:
        return list(_start(host, port).result(seconds))
    except TimeoutError:
        raise TimeoutError(_NO_ANSWER) from None


_NO_ANSWER = "the name server does not answer"


def _start(host: str, port: int) -> Future[list[str]]:
    """Return the future of a host's IP addresses; raises `TimeoutError` if too many others are without an answer."""
    with _lock:
        if found := _pending.get((host, port)):
            return found
        if len(_pending) == MAX_LOOKUPS:
            raise TimeoutError(_NO_ANSWER)
        future = _pending[host, port] = Future()
    threading.Thread(target=_run, args=(host, port, future), daemon=True).start()
    return future


def _run(host: str, port: int, future: Future[list[str]]) -> None:
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        result, failure = list(dict.fromkeys(str(entry[4][0]) for entry in entries)), None
    except Exception as error:  # noqa: BLE001  raised again where the addresses are asked for
        result, failure = [], error
    with _lock:
        del _pending[host, port]
    if failure:
        future.set_exception(failure)
    else:
        future.set_result(result)
