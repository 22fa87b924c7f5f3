"""A server that is slow, or has no end, holds nothing up longer than the settings allow."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from exporter.article import Article, Figure, Metadata, Resource
from exporter.cache import Cache
from exporter.config import CacheSettings, Config, InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.pipeline import read_work
from exporter.sources import image_fetching, open_documents
from exporter.sources.http_client import Client, HttpRequest
from tests.sources.conftest import Clock
from tests.sources.hostile_server import Talk, drip, run_hostile_server
from tests.sources.server import Server

HTML = {"Content-Type": "text/html"}
START = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
DEADLINE_SECONDS = 0.3
IN_TIME = r"TooSlow: it did not come within 0\.3 seconds|TimedOut"
"""The second is what a busy machine gives that is late already when it connects."""


@pytest.fixture
def hasty_client(tmp_path: Path) -> Client:
    """A client on the real clock."""
    settings = InputSettings(private_addresses=True, timeout=DEADLINE_SECONDS, deadline=DEADLINE_SECONDS)
    return Client(settings, Cache(CacheSettings(folder=str(tmp_path / "cache"))))


@pytest.mark.parametrize(
    "talk",
    [
        pytest.param(drip(b"", b""), id="nothing"),
        pytest.param(drip(b"H", b"T"), id="a status line"),
        pytest.param(drip(START + b"X: ", b"x"), id="a header"),
        pytest.param(drip(START + b"\r\n", b"x"), id="a body"),
        pytest.param(drip(START + b"Content-Length: 90000\r\n\r\n", b"x"), id="a body of a length"),
        pytest.param(drip(START + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"), id="chunks"),
        pytest.param(drip(START + b"Transfer-Encoding: chunked\r\n\r\n1", b";x"), id="a chunk's extension"),
        pytest.param(drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), id="continue"),
    ],
)
def test_an_answer_without_end_is_an_error_in_time(hasty_client: Client, talk: Talk) -> None:
    with (
        run_hostile_server(talk) as host,
        pytest.raises(SourceError, match=IN_TIME),
    ):
        hasty_client.get(f"http://{host}/")


def test_a_secure_server_that_says_nothing_is_an_error_in_time(hasty_client: Client) -> None:
    with run_hostile_server(drip(b"", b"")) as host, pytest.raises(SourceError, match=IN_TIME):
        hasty_client.get(f"https://{host}/")


def test_a_secure_server_that_says_something_forever_is_an_error_in_time(hasty_client: Client) -> None:
    """It begins a message of TLS, whose bytes come one by one: no single wait is long."""
    with (
        run_hostile_server(drip(b"\x16\x03\x03\x3f\xff\x02", b"\x00")) as host,
        pytest.raises(SourceError, match=IN_TIME),
    ):
        hasty_client.get(f"https://{host}/")


def test_a_proxy_that_says_something_forever_is_an_error_in_time(
    hasty_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with run_hostile_server(drip(b"HTTP/1.1 200 OK\r\nX: ", b"x")) as host:
        monkeypatch.setenv("https_proxy", f"http://{host}")
        with pytest.raises(SourceError, match=IN_TIME):
            hasty_client.get("https://127.0.0.2/")


def test_header_lines_without_end_are_an_error(client: Client) -> None:
    with run_hostile_server(drip(START, b"X: x\r\n" * 200)) as host, pytest.raises(SourceError, match="got more than"):
        client.get(f"http://{host}/")


def test_waits_count(server: Server, client: Client, clock: Clock) -> None:
    """A server that asks to wait longer than the deadline is not waited for."""
    server.pages["/"] = [(503, {"Retry-After": "40"}, b""), (503, {"Retry-After": "40"}, b""), (200, HTML, b"late")]
    with pytest.raises(SourceError, match="HTTP 503: Service Unavailable; the server asks to wait 40 seconds"):
        client.get(server.address)
    assert clock.slept == [40]


def test_redirects_count(server: Server, client: Client, clock: Clock) -> None:
    server.pages["/"] = [(503, {"Retry-After": "59"}, b""), (302, {"Location": "/late"}, b"")]
    server.pages["/late"] = (503, {"Retry-After": "2"}, b"")
    with pytest.raises(SourceError, match="HTTP 503"):
        client.get(server.address)
    assert (server.paths, clock.slept) == (["/", "/", "/late"], [59])


def test_pictures_of_a_busy_server_are_given_up_together(server: Server, client: Client) -> None:
    resources = tuple(Resource(f"{n}.png", source=f"{server.address}/{n}.png") for n in range(60))
    for number in range(60):
        server.pages[f"/{number}.png"] = (503, {"Retry-After": "59"}, b"")
    article = Article(Metadata(), (Figure(image="0.png"),), resources=resources)
    same, notices = image_fetching.fetch_pictures(article, client, 1_000_000)
    assert same == article
    assert [notice.subject for notice in notices] == [server.address.removeprefix("http://")]
    assert notices[0].text.startswith("60 pictures are missing, each for one of these causes: ")
    assert "HTTP 503: Service Unavailable" in notices[0].text


@pytest.mark.usefixtures("no_waiting")
def test_pictures_have_the_time_that_their_page_has_left(server: Server, clock: Clock) -> None:
    page = b"<article><h1>Fog</h1><p>It came in and it stayed all day.</p><figure><img src=a.png></figure></article>"
    server.pages["/"] = [(503, {"Retry-After": "50"}, b""), (200, HTML, page)]
    server.pages["/a.png"] = (503, {"Retry-After": "20"}, b"")
    (document,) = open_documents([server.address], InputSettings(private_addresses=True), None)
    assert isinstance(document, Document)
    assert document.seconds_left == 10
    work = read_work(document, Config(), ("epub",))
    assert [notice.text for notice in work.source_notices if "a.png" in notice.text] == [
        f"{server.address}/a.png could not be fetched (HTTP 503: Service Unavailable; the server asks to wait "
        "20 seconds): to keep it, save the page with its pictures"
    ]
    assert clock.slept == [50]


@pytest.mark.usefixtures("no_waiting")
def test_the_text_of_a_feed_has_the_time_that_its_page_has_left(server: Server) -> None:
    server.pages["/page"] = [(503, {"Retry-After": "50"}, b""), (404, HTML, b"")]
    link, text = f"<link>{server.address}/page</link>", "<description>Fog came in.</description>"
    feed = f"<rss version='2.0'><channel><item><title>Fog</title>{link}{text}</item></channel></rss>"
    (document,) = open_documents(["-"], InputSettings(), io.BytesIO(feed.encode()))
    assert isinstance(document, Document)
    assert b"Fog came in." in document.data
    assert document.seconds_left == 10


def test_members_of_packed_answers_cost_what_they_hold(server: Server, client: Client) -> None:
    """The pieces that are given to zlib have a bounded size: with the whole rest each, this would take minutes."""
    body = gzip.compress(b"") * 40_000 + gzip.compress(b"<p>words")
    server.pages["/"] = (200, {**HTML, "Content-Encoding": "gzip"}, body)
    assert client.get(server.address, HttpRequest(max_bytes=len(body))).data == b"<p>words"


def test_pictures_have_no_more_bytes_together_than_allowed(server: Server, client: Client) -> None:
    """Also packed ones: a hundred of a megabyte, of which few fit."""
    packed = {"Content-Type": "image/png", "Content-Encoding": "gzip"}
    server.pages = {f"/{number}.png": (200, packed, gzip.compress(bytes(1_000_000))) for number in range(100)}
    resources = tuple(Resource(f"{n}.png", source=f"{server.address}/{n}.png") for n in range(100))
    filled, notices = image_fetching.fetch_pictures(Article(Metadata(), (), resources=resources), client, 2_500_000)
    assert sum(len(resource.data) for resource in filled.resources) == 2_000_000
    assert len(notices) == 1
    assert "input.largest_pictures" in notices[0].text
