"""Serving a folder: what is given, to whom, in which parts, and what never is."""

from __future__ import annotations

import http.client
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
import uvicorn

from exporter.batches import batch
from exporter.config import Config
from exporter.errors import OutputError, SourceError
from exporter.pipeline import BuildRequest
from exporter.publishing.shelf import ShelfState, read_state
from exporter.serving.listening import FolderServer, draw_qr_code
from exporter.serving.media_types import choose_media_type
from exporter.sources import open_documents


def configure(folder: Path, **serve: object) -> Config:
    default = Config(jobs=1)
    return msgspec.structs.replace(
        default,
        speech=msgspec.structs.replace(default.speech, engine="silence"),
        cache=msgspec.structs.replace(default.cache, folder=str(folder / "cache")),
        audio=msgspec.structs.replace(default.audio, subtitles=("vtt", "chapters")),
        serve=msgspec.structs.replace(default.serve, **{"port": 0, **serve}),
    )


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Served(NamedTuple):
    """A folder that is served, and the parts of its address."""

    folder: Path
    host: str
    key: str

    def ask(self, name: str, method: str = "GET", host: str = "", **headers: str) -> Answer:
        """Ask for a name below the secret path, or for a path that begins with a slash."""
        address, _, port = self.host.rpartition(":")
        connection = http.client.HTTPConnection(address, int(port), timeout=20)
        path = name if name.startswith("/") else f"/{self.key}/{name}"
        stated = {key.replace("_", "-"): value for key, value in headers.items()}
        connection.request(method, path, headers={"Host": host or self.host, **stated})
        response = connection.getresponse()
        found = {key.lower(): value for key, value in response.getheaders()}
        answer = Answer(response.status, found, response.read())
        connection.close()
        return answer


def start(server: FolderServer, folder: Path) -> Iterator[Served]:
    runner = uvicorn.Server(uvicorn.Config(server.app, lifespan="off", log_config=None, server_header=False))
    thread = threading.Thread(target=runner.run, args=([server.socket],), daemon=True)
    thread.start()
    found = re.fullmatch(r"http://([^/]+)/([^/]+)/", server.url)
    assert found
    yield Served(folder, found[1], found[2])
    runner.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("serving")
    for name, title in (("a", "The mill"), ("b", "The wheel")):
        (folder / f"{name}.md").write_text(f"# {title}\n\nIt turned in 1995, and it turns again.\n")
    config = configure(folder)
    request = BuildRequest(("epub", "audio", "page"), config, str(folder / "out"))
    documents = list(open_documents([str(folder / "a.md"), str(folder / "b.md")], config.input))
    outcomes = batch.run(documents, request, 1)
    assert [outcome.error for outcome in outcomes] == [None, None]
    (folder / "out" / "private.txt").write_text("secret")
    (folder / "out" / "link.mp3").symlink_to(folder / "a.md")
    yield from start(FolderServer(folder / "out", config), folder / "out")


@pytest.mark.parametrize(
    ("name", "media_type", "cache"),
    [
        ("", "text/html; charset=utf-8", "no-cache"),
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("feed.xml", "application/rss+xml", "no-cache"),
        ("opds.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition", "no-cache"),
        ("opds.json", "application/opds+json", "no-cache"),
        ("playlist.m3u8", "application/vnd.apple.mpegurl", "no-cache"),
        ("search-1.js", "text/javascript; charset=utf-8", "no-cache"),
        ("the-mill.html", "text/html; charset=utf-8", "no-cache"),
        ("the-mill.mp3", "audio/mpeg", "private, max-age=86400"),
        ("the-mill.epub", "application/epub+zip", "private, max-age=86400"),
        ("the-mill.vtt", "text/vtt; charset=utf-8", "private, max-age=86400"),
        ("the-mill.chapters.json", "application/json+chapters", "no-cache"),
    ],
)
def test_what_is_served(served: Served, name: str, media_type: str, cache: str) -> None:
    answer = served.ask(name)
    assert (answer.status, answer.headers["content-type"], answer.headers["cache-control"]) == (200, media_type, cache)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "server" not in answer.headers
    is_open = name.endswith((".vtt", ".json"))
    assert answer.headers.get("access-control-allow-origin") == ("*" if is_open else None)
    assert int(answer.headers["content-length"]) == len(answer.body)
    head = served.ask(name, "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(answer.body)))
    assert head.headers["last-modified"]


@pytest.mark.parametrize(
    "name",
    [
        *(".exporter.jsonl", ".shelf.json", ".exporter/files", "private.txt", "link.mp3", "nothing.mp3"),
        *("../a.md", "%2e%2e/a.md", "..%2fa.md", "....//a.md", "%00", "the-mill.mp3/", "//etc/passwd", "a%5c..%5cb"),
        *("/", "/feed.xml", "/wrong/feed.xml", "/wrong/", "/etc/passwd"),
    ],
)
def test_what_is_never_served(served: Served, name: str) -> None:
    assert served.ask(name).status == 404


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=5-99999999", 206, slice(5, None)),
        ("bytes=99999999-", 416, slice(0, 0)),
        ("lines=1-2", 400, slice(0, 0)),
        (f"bytes={'0-1,' * 15_000}0-1", 200, slice(None)),
    ],
)
def test_ranges(served: Served, asked: str, status: int, part: slice) -> None:
    whole = (served.folder / "the-mill.mp3").read_bytes()
    answer = served.ask("the-mill.mp3", Range=asked)
    assert answer.status == status
    if status < 300:
        assert answer.body == whole[part]
    if status == 206:
        begin, end, length = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", answer.headers["content-range"]).groups()  # type: ignore[union-attr]
        assert (int(end) - int(begin) + 1, int(length)) == (len(answer.body), len(whole))


def test_several_ranges_come_in_parts(served: Served) -> None:
    answer = served.ask("the-mill.mp3", Range="bytes=0-1,10-11")
    assert answer.status == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert answer.body.count(b"Content-Range: bytes ") == 2


@pytest.mark.parametrize("name", ["the-mill.mp3", "feed.xml", "index.html"])
def test_what_has_not_changed_is_not_sent_again(served: Served, name: str) -> None:
    first = served.ask(name)
    assert served.ask(name, If_None_Match=first.headers["etag"]).status == 304
    assert served.ask(name, If_None_Match='"other"').status == 200
    assert served.ask(name, If_Modified_Since=first.headers["last-modified"]).status == 304


def test_a_range_of_a_file_that_has_changed_is_the_whole(served: Served) -> None:
    etag = served.ask("the-mill.mp3", "HEAD").headers["etag"]
    assert served.ask("the-mill.mp3", Range="bytes=0-9", If_Range=etag).status == 206
    assert served.ask("the-mill.mp3", Range="bytes=0-9", If_Range='"old"').status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "192.168.1.5:8733", "localhost"])
def test_a_foreign_host_is_refused(served: Served, host: str) -> None:
    assert served.ask("", host=host).status == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_nothing_can_be_written(served: Served, method: str) -> None:
    answer = served.ask("feed.xml", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_the_feed_has_the_address_it_was_asked_by_and_the_same_ids(served: Served) -> None:
    port = served.host.rpartition(":")[2]
    feeds = {host: served.ask("feed.xml", host=host).body.decode() for host in (served.host, f"localhost:{port}")}
    for host, feed in feeds.items():
        addresses = re.findall(r'(?:url|href)="(http[^"]+)"|<link>(.+?)</link>', feed)
        assert len(addresses) > 5
        for address in map("".join, addresses):
            assert address.startswith(f"http://{host}/{served.key}/")
            name = address.rpartition("/")[2]
            assert served.ask(name, "HEAD").status == 200, name
    guids = [re.findall("<(?:guid|podcast:guid)[^>]*>([^<]+)<", feed) for feed in feeds.values()]
    assert guids[0] == guids[1]
    assert len(guids[0]) == 3


def test_nothing_served_names_a_place_of_this_machine(served: Served) -> None:
    for name in ("", "feed.xml", "opds.xml", "opds.json", "search-1.js", "playlist.m3u8", "the-mill.html"):
        body = served.ask(name).body
        assert os.fsencode(served.folder) not in body
        assert b"private.txt" not in body


def test_a_file_that_is_removed_is_gone_from_the_feed(served: Served) -> None:
    assert b"the-wheel.mp3" in served.ask("feed.xml").body
    for path in served.folder.glob("the-wheel*"):
        path.unlink()
    assert b"the-wheel.mp3" not in served.ask("feed.xml").body
    assert served.ask("the-wheel.mp3").status == 404


def test_the_address_stays_until_a_new_key_is_asked_for(served: Served, tmp_path: Path) -> None:
    keys = []
    for new_key in (False, False, True):
        server = FolderServer(served.folder, configure(tmp_path), new_key)
        server.socket.close()
        keys.append(server.url.rstrip("/").rpartition("/")[2])
    assert keys[0] == keys[1] == served.key
    assert keys[2] != served.key
    assert len(keys[2]) == 22
    assert read_state(served.folder).key == keys[2]


def test_a_folder_that_cannot_be_written_is_served(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path, _state: ShelfState) -> None:
        raise OutputError("writing", str(folder), "ReadOnly", "Choose another.")

    monkeypatch.setattr("exporter.serving.listening.write_state", refuse)
    monkeypatch.setattr("exporter.serving.listening.read_state", lambda _: ShelfState())
    server = FolderServer(served.folder, configure(tmp_path))
    server.socket.close()
    assert server.notice is not None
    assert "changes with every start" in server.notice.text
    with pytest.raises(OutputError):
        FolderServer(served.folder, configure(tmp_path), new_key=True).socket.close()


def test_an_address_that_is_taken_is_an_error(served: Served, tmp_path: Path) -> None:
    port = int(served.host.rpartition(":")[2])
    with pytest.raises(OutputError, match=str(port)):
        FolderServer(served.folder, configure(tmp_path, port=port))


def test_a_folder_without_a_batch_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        FolderServer(tmp_path, configure(tmp_path))
    assert [*tmp_path.iterdir()] == []


def test_the_lan_is_served_at_its_own_address(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.serving.listening.find_lan_address", lambda: "127.0.0.2")
    server = FolderServer(served.folder, configure(tmp_path, lan=True))
    server.socket.close()
    assert server.url.startswith("http://127.0.0.2:")


def test_a_qr_code_is_drawn_in_blocks() -> None:
    lines = draw_qr_code("http://192.168.1.5:8733/0123456789abcdef012345/").splitlines()
    assert len(lines) > 15
    assert set("".join(lines)) & set("▀▄█")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("feed-2.xml", "application/rss+xml"),
        ("opds-site-x.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition"),
        ("a.readaloud.epub", "application/epub+zip"),
        ("a.m4b", "audio/mp4"),
        ("a.opus", "audio/ogg"),
        ("v1.2.transcript.json", "application/json"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_media_types(name: str, media_type: str) -> None:
    assert choose_media_type(name) == media_type
