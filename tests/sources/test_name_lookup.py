"""A name server that does not answer holds nothing up, and keeps no more than a few threads."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.cache import Cache
from exporter.config import CacheSettings, InputSettings
from exporter.errors import SourceError
from exporter.sources.http_client import Client
from exporter.sources.name_lookup import MAX_LOOKUPS, look_up

SHORT_SECONDS = 0.05
LONG_SECONDS = 60.0
"""For what answers at once, on any machine."""


class SilentNames:
    """Stands for the system's resolver: it answers for IP addresses only, for names once it is released."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._threads: list[threading.Thread] = []
        self._calls = threading.Semaphore(0)
        self._released = threading.Event()
        self._resolve = socket.getaddrinfo

    def __call__(self, host: str, *rest: object, **named: object) -> object:
        if host.replace(".", "").isdigit():
            return self._resolve(host, *rest, **named)  # type: ignore[arg-type]
        self.asked.append(host)
        self._threads.append(threading.current_thread())
        self._calls.release()
        self._released.wait()
        return self._resolve("127.0.0.1", *rest, **named)  # type: ignore[arg-type]

    def await_calls(self, count: int) -> None:
        for _ in range(count):
            assert self._calls.acquire(timeout=LONG_SECONDS)

    def release(self) -> None:
        self._released.set()
        for thread in self._threads:
            thread.join()


@pytest.fixture
def silent_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[SilentNames]:
    names = SilentNames()
    monkeypatch.setattr(socket, "getaddrinfo", names)
    yield names
    names.release()


def make_client(folder: Path) -> Client:
    settings = InputSettings(private_addresses=True, timeout=SHORT_SECONDS, deadline=3 * SHORT_SECONDS)
    return Client(settings, Cache(CacheSettings(folder=str(folder))))


def test_a_silent_name_server_is_an_error_in_time(silent_names: SilentNames, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="TimedOut: the name server does not answer"):
        make_client(tmp_path).get("http://quay.example/")
    silent_names.await_calls(1)
    assert silent_names.asked == ["quay.example"]


def test_a_silent_name_server_of_a_proxy_is_too(
    silent_names: SilentNames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    with pytest.raises(SourceError, match="TimedOut: the name server does not answer"):
        make_client(tmp_path).get("http://127.0.0.1/")
    silent_names.await_calls(1)
    assert silent_names.asked == ["proxy.example"]


def test_names_without_an_answer_keep_few_threads(silent_names: SilentNames) -> None:
    for number in range(3 * MAX_LOOKUPS):
        with pytest.raises(TimeoutError, match="the name server does not answer"):
            look_up(f"{number}.example", 80, 0)
    silent_names.await_calls(MAX_LOOKUPS)
    silent_names.release()
    assert look_up("quay.example", 80, LONG_SECONDS) == ["127.0.0.1"]
    assert len(silent_names.asked) == MAX_LOOKUPS + 1


def test_a_name_that_is_looked_up_already_is_waited_for(silent_names: SilentNames) -> None:
    for _ in range(2):
        with pytest.raises(TimeoutError):
            look_up("quay.example", 80, 0)
    silent_names.await_calls(1)
    silent_names.release()
    assert silent_names.asked == ["quay.example"]


def test_an_unknown_name_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(socket.gaierror, match="not known"):
        look_up("quay.example", 80, LONG_SECONDS)
