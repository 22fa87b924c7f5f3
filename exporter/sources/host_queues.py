"""Work for URLs, side by side: several hosts at a time, one piece of work at a time for each host.

A host is asked again only after every other one has had its turn, so the pause between two requests to one host is
spent on the others.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar
from urllib.parse import urlsplit

Result = TypeVar("Result")

MAX_HOSTS = 8
"""Hosts that are worked on at a time; chosen: eight slow servers keep no one waiting, and a line is not congested."""


class HostQueues(Generic[Result]):
    """Runs work in threads; each thread ends as soon as no host has work."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[tuple[Future[Result], Callable[[], Result]]]] = {}
        self._waiting_hosts: deque[str] = deque()
        self._threads = 0
        self._lock = threading.Lock()

    def submit(self, url: str, work: Callable[[], Result]) -> Future[Result]:
        """Queue work for the host of a URL; returns the future of its result."""
        future: Future[Result] = Future()
        host = split_host(url)
        with self._lock:
            if host not in self._queues:
                self._queues[host] = deque()
                self._waiting_hosts.append(host)
            self._queues[host].append((future, work))
            if self._threads < min(MAX_HOSTS, len(self._queues)):
                self._threads += 1
                threading.Thread(target=self._run, daemon=True).start()
        return future

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting_hosts:
                    self._threads -= 1
                    return
                host = self._waiting_hosts.popleft()
                future, work = self._queues[host].popleft()
            _run_one(future, work)
            with self._lock:
                if self._queues[host]:
                    self._waiting_hosts.append(host)
                else:
                    del self._queues[host]


def _run_one(future: Future[Result], work: Callable[[], Result]) -> None:
    """Run work unless it was cancelled."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001  raised again where the result is asked for
        future.set_exception(error)
    else:
        future.set_result(result)


def split_host(url: str) -> str:
    """Return the host of a URL, with its port; empty if the URL is not valid."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # an address that is not valid is an error of its own when it is fetched
        return ""
