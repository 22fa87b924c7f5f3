"""Answers of servers: compressed, incomplete, or with wrong headers."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import SourceError
from exporter.sources.http_client import Client
from exporter.sources.http_response import HttpPage, describe_http_error, find_refresh, parse_retry_after
from tests.sources.server import Server

HTML = {"Content-Type": "text/html"}
WORDS = b"<p>The mill by the river turns again." * 40


def compress_gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)  # the same in every process: tests are named by it


def compress_raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("packing", "data"),
    [
        ("gzip", compress_gzip(WORDS)),
        ("X-GZip", compress_gzip(WORDS)),
        ("gzip", compress_gzip(WORDS[:500]) + compress_gzip(WORDS[500:])),
        ("gzip", compress_gzip(WORDS) + b"\0\0"),
        ("gzip", WORDS),
        ("deflate", zlib.compress(WORDS)),
        ("deflate", compress_raw(WORDS)),
        ("identity", WORDS),
        ("utf-8", WORDS),
    ],
)
def test_packed_pages_are_unpacked(server: Server, client: Client, packing: str, data: bytes) -> None:
    server.pages["/"] = (200, {**HTML, "Content-Encoding": packing}, data)
    assert client.get(server.address).data == WORDS


@pytest.mark.parametrize(
    ("packing", "data", "cause"),
    [
        ("gzip", compress_gzip(WORDS)[:-12], "BrokenOff"),
        ("deflate", zlib.compress(WORDS)[:-5], "BrokenOff"),
        ("gzip", compress_gzip(WORDS)[:10] + b"\xff" * 30, "BrokenPacking"),
        ("br", b"\x0b\x02\x80hello\x03", "UnknownPacking: the server compressed it as 'br'"),
        ("gzip", compress_gzip(b"a" * 200_000), "TooLarge"),
    ],
)
def test_what_cannot_be_unpacked_whole_is_an_error(
    server: Server, client: Client, packing: str, data: bytes, cause: str
) -> None:
    server.pages["/"] = (200, {**HTML, "Content-Encoding": packing}, data)
    with pytest.raises(SourceError, match=cause):
        client.get(server.address)


def test_a_page_that_breaks_off_is_asked_for_again(server: Server, client: Client) -> None:
    server.pages["/"] = [(200, {"Content-Length": "900"}, b"<p>half"), (200, HTML, WORDS)]
    assert client.get(server.address).data == WORDS


def test_causes_are_written_without_the_objects_around_them() -> None:
    error = OSError("Connection aborted.", ConnectionResetError(104, "Connection reset by peer"))
    assert describe_http_error(error) == "NoConnection: Connection reset by peer"


@pytest.mark.parametrize(("asked", "wait"), [("7", 7), ("²", 0), ("soon", 0), ("", 0)])
def test_a_wait_that_is_no_number_is_none(asked: str, wait: float) -> None:
    assert parse_retry_after(asked, "Sun, 06 Nov 2022 08:49:00 GMT") == wait


@given(st.binary(max_size=300))
def test_no_page_is_too_strange_to_be_asked_where_it_leads(noise: bytes) -> None:
    find_refresh(HttpPage("http://a.example/", b"<meta http-equiv=refresh content=" + noise))
