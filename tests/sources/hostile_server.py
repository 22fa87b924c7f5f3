"""A server that sends an answer as it likes: byte by byte, without an end, or nothing at all."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Talk = Callable[[socket.socket, threading.Event], None]
"""Sends bytes on a connection until it is told to stop, or the client hangs up."""

STEP_SECONDS = 0.01
"""Between two of the bytes that drip; a deadline is longer, and no single wait for bytes comes near it."""


@contextmanager
def run_hostile_server(talk: Talk) -> Iterator[str]:
    """Run a server for as long as the context lasts; yields its address."""
    stop = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65_536)
                talk(connection, stop)
            except OSError:  # the client has hung up
                return

    def accept(listener: socket.socket) -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:  # the test is over
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            stop.set()


def drip(begin: bytes, each: bytes) -> Talk:
    """Send a beginning, and then the same bytes again and again."""

    def talk(connection: socket.socket, stop: threading.Event) -> None:
        connection.sendall(begin)
        while not stop.wait(STEP_SECONDS):
            connection.sendall(each)

    return talk
