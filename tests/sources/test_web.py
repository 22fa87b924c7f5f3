"""Pages over HTTP, from a real server on this machine."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path

import pytest

import exporter
from exporter.article import Article, Figure, Metadata, Resource
from exporter.cache import Cache
from exporter.config import CacheSettings, InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError, UsageError
from exporter.sources import image_fetching, open_documents
from exporter.sources.http_client import BACK_OFF_SECONDS, PACE_SECONDS, Client, HttpPage, HttpRequest
from exporter.sources.url_safety import is_public_ip, parse_url
from tests.sources.conftest import Clock
from tests.sources.server import Server, run_server

HTML = {"Content-Type": "text/html; charset=ISO-8859-1"}


def test_a_page_comes_with_its_address_type_and_charset(server: Server, client: Client) -> None:
    server.pages["/a?b=%20c"] = (200, HTML, b"<p>caf\xe9")
    page = client.get(f"{server.address}/a?b= c#part")
    assert page == HttpPage(f"{server.address}/a?b=%20c", b"<p>caf\xe9", "text/html", "iso-8859-1")


def test_requests_name_the_program_and_the_media_types_it_reads(server: Server, client: Client) -> None:
    server.pages["/"] = (200, HTML, b"x")
    client.get(server.address)
    ((_, headers),) = server.asked
    assert headers["user-agent"] == f"exporter/{exporter.__version__}"
    assert headers["accept"].startswith("text/html")
    assert headers["host"] == server.address.removeprefix("http://")


def test_redirects_are_followed_to_where_the_page_is(server: Server, client: Client) -> None:
    server.pages["/old"] = (301, {"Location": "/new/"}, b"")
    server.pages["/new/"] = (302, {"Location": "page"}, b"")
    server.pages["/new/page"] = (200, HTML, b"here")
    assert client.get(f"{server.address}/old").url == f"{server.address}/new/page"


def test_a_redirect_on_the_same_host_has_no_delay(server: Server, client: Client, clock: Clock) -> None:
    server.pages["/old"] = (308, {"Location": "/new"}, b"")
    server.pages["/new"] = (200, HTML, b"here")
    client.get(f"{server.address}/old")
    assert clock.slept == []


@pytest.mark.parametrize(
    "body",
    [
        b"<meta http-equiv='refresh' content='0; url=/new?a=1&amp;b=2'>",
        b"<META content=\"3;URL='/new?a=1&b=2'\" HTTP-EQUIV=Refresh>",
        b"<html><head><meta http-equiv=refresh content=0;url=/new?a=1&b=2></head>",
    ],
)
def test_a_page_may_lead_on(server: Server, client: Client, body: bytes) -> None:
    server.pages["/"] = (200, HTML, body)
    server.pages["/new?a=1&b=2"] = (200, HTML, b"here")
    assert client.get(server.address).data == b"here"


@pytest.mark.parametrize(
    "body",
    [
        b"<meta http-equiv=refresh content=300><p>news",
        b"<meta http-equiv=refresh content='600; url=/later'><p>news",
        b"<meta http-equiv=refresh content='0; url=/'><p>news",
        pytest.param(b"<meta http-equiv=refresh content='" + b"9" * 5000 + b"; url=/later'><p>news", id="a long wait"),
        b"<noscript><meta http-equiv=refresh content='0; url=/plain'></noscript><p>news",
        b"<!-- <meta http-equiv=refresh content='0; url=/gone'> --><p>news",
    ],
)
def test_a_page_that_is_only_shown_again_stays(server: Server, client: Client, body: bytes) -> None:
    server.pages["/"] = (200, HTML, body)
    assert client.get(server.address).data == body


@pytest.mark.parametrize(
    ("refresh", "found"), [("0; url=/new", b"here"), ("0; url=/", b"news"), ("9; url=/new", b"news")]
)
def test_a_header_leads_on_as_a_tag_does(server: Server, client: Client, refresh: str, found: bytes) -> None:
    server.pages["/"] = (200, HTML | {"Refresh": refresh}, b"news")
    server.pages["/new"] = (200, HTML, b"here")
    assert client.get(server.address).data == found


def test_a_page_may_not_lead_to_files(server: Server, client: Client) -> None:
    server.pages["/"] = (200, HTML, b"<meta http-equiv=refresh content='0;url=file:///etc/passwd'>")
    with pytest.raises(SourceError, match="BadAddress"):
        client.get(server.address)


def test_a_circle_of_redirects_ends(server: Server, client: Client) -> None:
    server.pages["/"] = (302, {"Location": "/"}, b"")
    with pytest.raises(SourceError, match="TooManyRedirects"):
        client.get(server.address)
    assert len(server.asked) == 11


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "http://a:b@c/"])
def test_a_redirect_leads_to_the_web_only(server: Server, client: Client, place: str) -> None:
    server.pages["/"] = (302, {"Location": place}, b"")
    with pytest.raises(SourceError, match="BadAddress"):
        client.get(server.address)


@pytest.mark.parametrize(
    "url", ["https:///x", "http://[::1", "http://example.org:99999/", f"http://{'a' * 64}.example/"]
)
def test_an_address_that_is_none_is_an_error(url: str, client: Client) -> None:
    with pytest.raises(SourceError, match="BadAddress"):
        client.get(url)


def test_a_private_address_is_refused_before_anything_is_sent(server: Server, tmp_path: Path) -> None:
    client = Client(InputSettings(), Cache(CacheSettings(folder=str(tmp_path))))
    port = server.address.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "127.1"):
        with pytest.raises(SourceError, match=r"PrivateAddress|UnknownHost"):
            client.get(f"http://{host}:{port}/")
    assert not server.asked


def test_a_redirect_to_a_private_address_is_refused(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The name of a public page is made to lead to the test's server; the address that it leads on to is checked.
    resolve = socket.getaddrinfo
    monkeypatch.setattr("exporter.sources.url_safety.is_public_ip", lambda number: number == "127.0.0.1")
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *a, **k: resolve("127.0.0.1", *a, **k) if host == "page.example" else resolve(host, *a, **k),
    )
    server.pages["/"] = (302, {"Location": f"http://127.0.0.2:{server.address.rpartition(':')[2]}/secret"}, b"")
    client = Client(InputSettings(timeout=5), Cache(CacheSettings(folder=str(tmp_path))))
    with pytest.raises(SourceError, match="PrivateAddress"):
        client.get(f"http://page.example:{server.address.rpartition(':')[2]}/")
    assert server.paths == ["/"]


def test_a_secure_page_must_prove_its_name(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """We connect to the number that was checked, and still ask for a certificate of the name in the address."""
    certificate = Path(__file__).parent / "data" / "page.example.pem"
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **named: resolve("127.0.0.1", *rest, **named))
    with run_server(certificate) as server:
        server.pages["/"] = (200, HTML, b"<p>words")
        port = server.address.rpartition(":")[2]
        with pytest.raises(SourceError, match="NoSecureConnection: self-signed"):
            client.get(f"https://page.example:{port}/")
        monkeypatch.setattr("certifi.where", lambda: str(certificate))
        del client._ssl_context
        client._unreachable.clear()
        assert client.get(f"https://page.example:{port}/").data == b"<p>words"
        with pytest.raises(SourceError, match="NoSecureConnection: "):
            client.get(f"https://other.example:{port}/")


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("192.168.0.1", False), ("172.16.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::7f00:1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b:1::7f00:1", False), ("::ffff:0:7f00:1", False), ("fec0::1", False), ("3fff::1", False),
        ("5f00::1", False), ("ff0e::1", False), ("2a00:1450:4001::1", True),
        ("::ffff:8.8.8.8", True), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(number: str, public: bool) -> None:
    assert is_public_ip(number) is public


def test_names_in_any_script_are_asked_for_in_ascii() -> None:
    address = parse_url("https://bücher.example/süß?q=é&r=%20#x")
    assert address.url == "https://xn--bcher-kva.example/s%C3%BC%C3%9F?q=%C3%A9&r=%20"


def test_a_failing_server_is_asked_again_later_each_time(server: Server, client: Client, clock: Clock) -> None:
    server.pages["/"] = [(503, {}, b""), (500, {}, b""), (200, HTML, b"at last")]
    assert client.get(server.address, HttpRequest(pace_seconds=0)).data == b"at last"
    assert clock.slept == [BACK_OFF_SECONDS, BACK_OFF_SECONDS * 2]


def test_a_server_that_names_a_time_is_asked_then(server: Server, client: Client, clock: Clock) -> None:
    dates = {"Date": "Sun, 06 Nov 2022 08:49:00 GMT", "Retry-After": "Sun, 06 Nov 2022 08:49:37 GMT"}
    server.pages["/"] = [(429, {"Retry-After": "7"}, b""), (429, dates, b""), (200, HTML, b"now")]
    client.get(server.address, HttpRequest(pace_seconds=0))
    assert clock.slept == [7, 37]


def test_a_server_that_wants_to_be_left_alone_is(server: Server, client: Client, clock: Clock) -> None:
    server.pages["/"] = (429, {"Retry-After": "86400"}, b"")
    with pytest.raises(SourceError, match="asks to wait 86400 seconds"):
        client.get(server.address)
    assert (len(server.asked), clock.slept) == (1, [])


def test_in_the_end_a_failing_server_is_an_error(server: Server, client: Client) -> None:
    server.pages["/"] = (503, {}, b"")
    with pytest.raises(SourceError, match="HTTP 503: Service Unavailable"):
        client.get(server.address)
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "HTTP 404: Not Found"), (410, "web.archive.org"), (403, "save it there"), (418, "HTTP 418"), (501, "later")],
)
def test_what_is_not_there_is_not_asked_for_again(server: Server, client: Client, status: int, words: str) -> None:
    server.pages["/"] = (status, {}, b"")
    with pytest.raises(SourceError, match=words):
        client.get(server.address)
    assert len(server.asked) == 1


def test_a_host_that_cannot_be_reached_is_tried_once_for_all_its_pages(client: Client, clock: Clock) -> None:
    with socket.socket() as listener:  # a port that nobody listens on
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    for page in ("/a", "/b", "/c"):
        with pytest.raises(SourceError, match=r"NoConnection: .*refused"):
            client.get(f"http://127.0.0.1:{port}{page}", HttpRequest(pace_seconds=0))
    assert clock.slept == [BACK_OFF_SECONDS, BACK_OFF_SECONDS * 2]


def test_an_unknown_host_is_an_error_at_once(client: Client, clock: Clock) -> None:
    with pytest.raises(SourceError, match="UnknownHost"):
        client.get("http://no-such-host.invalid/")
    assert clock.slept == []


def test_one_host_is_asked_at_its_pace(server: Server, client: Client, clock: Clock) -> None:
    for number in range(3):
        server.pages[f"/{number}"] = (200, HTML, b"x")
        client.get(f"{server.address}/{number}")
    assert clock.slept == [PACE_SECONDS, PACE_SECONDS]


def test_a_page_has_a_size(server: Server, client: Client) -> None:
    server.pages["/large"] = (200, HTML, b"x" * 100_001)
    server.pages["/bomb"] = (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(b"\0" * 50_000_000))
    for path in ("/large", "/bomb"):
        with pytest.raises(SourceError, match="TooLarge: it is over 100,000 bytes"):
            client.get(server.address + path)


def test_an_unchanged_page_is_not_sent_again(server: Server, client: Client) -> None:
    def page(headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if (
            headers.get("if-none-match") == '"1"'
            and headers.get("if-modified-since") == "Fri, 17 May 2024 00:00:00 GMT"
        ):
            return 304, {}, b""
        return 200, {**HTML, "ETag": '"1"', "Last-Modified": "Fri, 17 May 2024 00:00:00 GMT"}, b"<p>words"

    server.pages["/"] = page
    assert client.get(server.address) == client.get(server.address)
    assert client.get(server.address).data == b"<p>words"
    assert [("if-none-match" in headers) for _, headers in server.asked] == [False, True, True]


def test_a_page_that_may_not_be_kept_is_not(server: Server, client: Client) -> None:
    server.pages["/"] = (200, {**HTML, "ETag": '"1"', "Cache-Control": "private, no-store"}, b"secret")
    client.get(server.address)
    client.get(server.address)
    assert "if-none-match" not in server.asked[1][1]


@pytest.mark.usefixtures("no_waiting")
def test_a_url_is_a_source(server: Server) -> None:
    server.pages["/a"] = (302, {"Location": "/b"}, b"")
    server.pages["/b"] = (200, HTML, b"<p>words")
    found = list(open_documents([f"{server.address}/a"], InputSettings()))
    assert found == [
        Document(
            f"{server.address}/a", b"<p>words", f"{server.address}/b", None, "text/html", "iso-8859-1", seconds_left=60
        )
    ]


@pytest.mark.usefixtures("no_waiting")
def test_a_url_that_fails_is_an_error_in_its_place(server: Server) -> None:
    server.pages["/empty"] = (200, HTML, b" ")
    names = [f"{server.address}/none", f"{server.address}/empty"]
    found = list(open_documents(names, InputSettings()))
    assert [str(error).split(": ")[2] for error in found] == ["HTTP 404", "EmptySource"]


def make_picture(name: str, source: str = "", **rest: str) -> Resource:
    return Resource(name, source=source, **rest)


def test_pictures_are_fetched_and_broken_ones_are_notices(server: Server, client: Client) -> None:
    png = {"Content-Type": "image/png"}
    server.pages["/a.png"] = (200, png, b"\x89PNG-a")
    server.pages["/page.png"] = (200, HTML, b"<p>not found")
    at = server.address
    article = Article(
        Metadata(),
        (Figure(image="a.png"),),
        resources=(
            *(
                make_picture("a.png", f"{at}/a.png"),
                make_picture("again.png", f"{at}/a.png"),
                make_picture("b.png", f"{at}/b.png"),
            ),
            *(
                make_picture("c.png", f"{at}/page.png"),
                make_picture("local.png", "img/local.png", path="/img/local.png"),
            ),
        ),
    )
    filled, notices = image_fetching.fetch_pictures(article, client, 1_000_000)
    assert [resource.data for resource in filled.resources] == [b"\x89PNG-a", b"\x89PNG-a", b"", b"", b""]
    assert notices == (
        Notice(
            "b.png",
            f"{at}/b.png could not be fetched (HTTP 404: Not Found): to keep it, save the page with its pictures",
        ),
        Notice("c.png", f"{at}/page.png is not a picture (text/html): to keep it, save the page with its pictures"),
    )
    assert sorted(server.paths) == ["/a.png", "/b.png", "/page.png"]


def test_an_article_with_all_its_pictures_is_left_as_it_is(client: Client) -> None:
    article = Article(Metadata(), (), resources=(Resource("a.png", data=b"x"), Resource("b.png", source="b.png")))
    assert image_fetching.fetch_pictures(article, client, 1_000_000) == (article, ())


@pytest.fixture
def proxy(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("HTTP_PROXY", server.address.replace("//", "//ann:s%40cret@"))
    monkeypatch.setenv("NO_PROXY", "localhost,.inner.example")
    return server


def test_the_users_proxy_is_asked_with_the_users_login(proxy: Server, client: Client) -> None:
    proxy.pages["http://paper.example/a?b"] = (200, HTML, b"words")
    assert client.get("http://paper.example/a?b").data == b"words"
    ((_, headers),) = proxy.asked
    assert headers["host"] == "paper.example"
    assert headers["proxy-authorization"] == "Basic YW5uOnNAY3JldA=="


def test_hosts_that_need_no_proxy_are_asked_themselves(proxy: Server, client: Client) -> None:
    proxy.pages["/"] = (200, HTML, b"words")
    assert client.get(proxy.address.replace("127.0.0.1", "localhost")).data == b"words"
    assert proxy.paths == ["/"]


def test_a_proxy_leads_to_no_private_address(proxy: Server, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="PrivateAddress"):
        Client(InputSettings(), Cache(CacheSettings(folder=str(tmp_path)))).get("http://10.0.0.1/")
    assert proxy.asked == []


def test_another_kind_of_proxy_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    with pytest.raises(UsageError, match="BadProxy"):
        client.get("http://paper.example/")
