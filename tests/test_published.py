"""What is published says nothing of the machine it was made on."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from exporter.article import Metadata
from exporter.config import AudioSettings, CacheSettings, Config, ScriptSettings, SpeechSettings
from exporter.document import Document
from exporter.pipeline import BuildRequest, build_each

SECRET = "anns-own-folder"
EVERYTHING = ("epub", "script", "audio", "readaloud")


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    if not zipfile.is_zipfile(path):
        yield path.name, path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield f"{path.name}/{name}", archive.read(name)


@pytest.mark.parametrize("script", ["txt", "md", "ssml", "json"])
@pytest.mark.parametrize("sound", ["mp3", "m4b", "opus"])
def test_nothing_tells_where_the_source_lies(tmp_path: Path, script: str, sound: str) -> None:
    source = tmp_path / SECRET / "mill.md"
    config = Config(
        speech=SpeechSettings(engine="silence"),
        cache=CacheSettings(folder=str(tmp_path / "cache")),
        script=msgspec.convert({"format": script}, ScriptSettings),
        audio=msgspec.convert({"format": sound, "subtitles": ["vtt", "json", "chapters"]}, AudioSettings),
    )
    document = Document(str(source), b"# The mill\n\nIt turns.\n", folder=str(source.parent))
    (outcome,) = build_each([document], BuildRequest(EVERYTHING, config, str(tmp_path / "out")))
    assert outcome.error is None
    assert len(outcome.written) >= len(EVERYTHING)
    told = [name for path in outcome.written for name, data in members(Path(path)) if _tells(data)]
    assert told == []


def _tells(data: bytes) -> bool:
    return any(SECRET.encode(encoding) in data for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://news.example/mill", "https://news.example/mill"),
        ("HTTP://news.example/mill", "HTTP://news.example/mill"),
        ("/home/ann/mill.html", ""),
        ("file:///home/ann/mill.html", ""),
        ("mill.html", ""),
        (None, ""),
    ],
)
def test_only_the_web_is_an_address(source: str | None, address: str) -> None:
    assert Metadata(source=source).address == address
