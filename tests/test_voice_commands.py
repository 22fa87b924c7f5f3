"""`exporter voices`: samples of voices, and voices that are fetched when they are asked for."""

from __future__ import annotations

import hashlib
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.cli import run
from exporter.engines import natural_voices
from exporter.engines.natural_voices import choose_natural_voice, fetch_voice, list_installed, list_natural_voices
from exporter.errors import SpeechError, UsageError


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("EXPORTER_DATA_FOLDER", str(tmp_path))
    list_natural_voices.cache_clear()
    yield tmp_path
    list_natural_voices.cache_clear()


def replace_download(monkeypatch: pytest.MonkeyPatch, body: bytes | Exception, *, published: bytes = b"") -> None:
    """Let the address of a British voice answer with a body, or fail; `published` is the file that it should be."""

    def download(address: str, partial: Path, size: int) -> None:
        assert address == natural_voices.MODEL_ADDRESS + "bf_emma.int8.onnx"
        assert size == len(published)
        if isinstance(body, Exception):
            raise body
        partial.write_bytes(body)

    facts = {"sha256": hashlib.sha256(published).hexdigest(), "size": len(published)}
    voices = tuple(
        voice._replace(**facts) if voice.name == "emma" else voice for voice in natural_voices.list_natural_voices()
    )
    monkeypatch.setattr(natural_voices, "list_natural_voices", lambda: voices)
    monkeypatch.setattr(natural_voices, "_download", download)


def test_a_voice_is_fetched_once_and_then_there(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_download(monkeypatch, b"a model", published=b"a model")
    assert fetch_voice("emma").path == str(data / "voices" / "bf_emma.int8.onnx")
    assert [path.name for path in (data / "voices").iterdir()] == ["bf_emma.int8.onnx"]
    replace_download(monkeypatch, OSError("asked again"), published=b"a model")
    assert fetch_voice("emma").is_installed
    assert {voice.name for voice in list_installed()} == {"heart", "emma"}
    british, american = (choose_natural_voice("", language) for language in ("en-GB", "en-US"))
    assert british is not None
    assert american is not None
    assert (british.name, american.name) == ("emma", "heart")


@pytest.mark.parametrize(("body", "cause"), [(b"other", "BadChecksum"), (OSError("no way"), "no way")])
def test_what_is_not_the_published_file_is_not_kept(
    data: Path, monkeypatch: pytest.MonkeyPatch, body: bytes | Exception, cause: str
) -> None:
    replace_download(monkeypatch, body)
    with pytest.raises(SpeechError) as caught:
        fetch_voice("emma")
    assert cause in caught.value.cause
    assert not list(data.rglob("*.onnx*"))


@pytest.mark.usefixtures("data")
def test_an_unknown_voice_gets_the_nearest_name() -> None:
    with pytest.raises(UsageError) as caught:
        fetch_voice("ema")
    assert "'emma'" in caught.value.remedy


def test_a_sample_of_each_voice(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voices", "--engine", "silence", "--say", "One two.", "-o", str(data / "samples")]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path == data / "samples" / "hum.wav"
    with wave.open(str(path)) as file:
        assert file.getnframes() > 10_000


@pytest.mark.usefixtures("data")
def test_voices_to_fetch_are_listed_with_size_and_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voices", "--engine", "natural"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["emma", "en-gb", "female", "8 MB to fetch", "exporter voices --fetch emma"] in rows
    assert rows[0][0] == "heart"
