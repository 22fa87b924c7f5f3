"""Fetching a voice, from a server on this machine: checked, and gone on with after an interruption."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from exporter.cli import run
from exporter.engines import natural_voices
from exporter.engines.natural_voices import MODEL_LICENSE, fetch_voice
from exporter.errors import SpeechError, UsageError

MODEL = bytes(range(256)) * 1_000


@dataclass
class Server:
    """What the server sends, and the ranges it was asked for; it ends after `limit` bytes of an answer."""

    data: bytes = MODEL
    limit: int = len(MODEL)
    knows_ranges: bool = True
    ranges: list[int] = field(default_factory=list)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            start = int(found[1]) if found and state.knows_ranges else 0
            state.ranges.append(int(found[1]) if found else 0)
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(state.data) - start))
            self.end_headers()
            self.wfile.write(state.data[start : start + state.limit])

        def log_message(self, *_: object) -> None:
            pass

    service = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    emma = next(voice for voice in natural_voices.list_natural_voices() if voice.name == "emma")
    path = str(tmp_path / "voices" / emma.file)
    fake = emma._replace(size=len(MODEL), sha256=hashlib.sha256(MODEL).hexdigest(), path=path)
    monkeypatch.setattr(natural_voices, "list_natural_voices", lambda: (fake,))
    monkeypatch.setattr(natural_voices, "MODEL_ADDRESS", f"http://127.0.0.1:{service.server_port}/")
    yield state
    service.shutdown()
    service.server_close()


def test_a_voice_is_fetched_once(server: Server) -> None:
    voice = fetch_voice("emma")
    assert Path(voice.path).read_bytes() == MODEL
    assert fetch_voice("emma") == voice
    assert server.ranges == [0]
    assert [path.name for path in Path(voice.path).parent.iterdir()] == [voice.file]


def test_an_interrupted_fetch_goes_on_where_it_ended(server: Server) -> None:
    server.limit = 100_000
    with pytest.raises(SpeechError, match=r"Interrupted: 100,000 of 256,000 bytes came"):
        fetch_voice("emma")
    server.limit = len(MODEL)
    assert Path(fetch_voice("emma").path).read_bytes() == MODEL
    assert server.ranges == [0, 100_000]


def test_a_server_without_ranges_sends_all_again(server: Server) -> None:
    server.limit, server.knows_ranges = 100_000, False
    with pytest.raises(SpeechError, match="Interrupted"):
        fetch_voice("emma")
    server.limit = len(MODEL)
    assert Path(fetch_voice("emma").path).read_bytes() == MODEL


@pytest.mark.parametrize("data", [MODEL[::-1], MODEL + b"more", b"x" * 10 * len(MODEL)])
def test_another_file_is_refused_and_thrown_away(server: Server, data: bytes) -> None:
    server.data, server.limit = data, len(data)
    with pytest.raises(SpeechError, match="BadChecksum"):
        fetch_voice("emma")
    server.data, server.limit = MODEL, len(MODEL)
    assert Path(fetch_voice("emma").path).read_bytes() == MODEL


def test_an_unknown_name_and_a_dead_server_are_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="emma"):
        fetch_voice("ema")
    monkeypatch.setattr(natural_voices, "MODEL_ADDRESS", "http://127.0.0.1:9/")
    with pytest.raises(SpeechError, match=r"(?i)refused"):
        fetch_voice("emma")
    assert server.ranges == []


@pytest.mark.usefixtures("server")
def test_the_command_tells_the_license_and_the_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voices", "--fetch", "emma"]) == 0
    out, err = capsys.readouterr()
    assert Path(out.strip()).read_bytes() == MODEL
    assert f"license {MODEL_LICENSE}" in " ".join(err.split())
