"""Fixtures of the tests of sources: a server, and a client that sleeps only on a simulated clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.cache import Cache
from exporter.config import CacheSettings, InputSettings
from exporter.sources.http_client import Client
from tests.sources.server import Server, run_server


class Clock:
    """A simulated clock: time passes only in `sleep`."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    with run_server() as running:
        yield running


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the proxies of the environment."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def no_waiting(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetch sources with the client of the test."""
    monkeypatch.setattr("exporter.sources.opener.make_client", lambda *_: client)


@pytest.fixture
def client(tmp_path: Path, clock: Clock) -> Client:
    settings = InputSettings(private_addresses=True, timeout=5, largest=100_000)
    return Client(settings, Cache(CacheSettings(folder=str(tmp_path / "cache"))), clock, clock.sleep)
