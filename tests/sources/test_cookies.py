"""Cookies: which sites get them, and how long they are stored."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from exporter.cache import Cache
from exporter.config import CacheSettings, InputSettings
from exporter.errors import UsageError
from exporter.sources.cookies import Cookies
from exporter.sources.http_client import Client
from tests.sources.server import Server

LINES = """# Netscape HTTP Cookie File
#HttpOnly_.news.example\tTRUE\t/\tTRUE\t4102444800\tsession\ts3cret
.news.example\tTRUE\t/\tFALSE\t0\tuntil-closed\tyes
.news.example\tTRUE\t/\tFALSE\t1000000000\told\tgone
other.example\tFALSE\t/\tFALSE\t4102444800\tother\tno
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cookies.txt"
    path.write_text(LINES, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("url", "header"),
    [
        ("https://www.news.example/a", "session=s3cret; until-closed=yes"),
        ("http://www.news.example/a", "until-closed=yes"),
        ("https://other.example/", "other=no"),
        ("https://sub.other.example/", ""),
        ("https://news.example.evil.example/", ""),
    ],
)
def test_a_site_gets_its_own_cookies_only(file: Path, url: str, header: str) -> None:
    assert Cookies(str(file)).cookie_header(url) == header


def test_what_a_server_sets_is_sent_to_it_again(server: Server, client: Client) -> None:
    server.pages["/"] = lambda headers: (
        (200, {}, b"<p>come in")
        if headers.get("cookie") == "seen=1"
        else (302, {"Location": "/", "Set-Cookie": "seen=1"}, b"")
    )
    assert client.get(server.address).data == b"<p>come in"


def test_a_page_for_one_reader_is_not_shown_to_another(server: Server, file: Path, tmp_path: Path) -> None:
    server.pages["/"] = (200, {"ETag": '"1"'}, b"<p>for you alone")
    settings = InputSettings(private_addresses=True, cookies=str(file))
    cache = Cache(CacheSettings(folder=str(tmp_path / "cache")))
    Client(settings, cache).get(server.address)
    Client(msgspec.structs.replace(settings, cookies=""), cache).get(server.address)
    assert "if-none-match" not in server.asked[1][1]


@pytest.mark.parametrize(
    ("text", "cause"), [("no cookies at all\n", "BadCookies"), ("\udcff", "BadCookies"), (None, "NotFound")]
)
def test_a_file_without_cookies_is_wrong_usage(tmp_path: Path, text: str | None, cause: str) -> None:
    path = tmp_path / "cookies.txt"
    if text is not None:
        path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(UsageError, match=f"reading cookies.*{cause}"):
        Cookies(str(path))
