"""M4B, Opus, FLAC and WAV hold the same sound, at the same times, with the same metadata."""

from __future__ import annotations

import io
from pathlib import Path

import av
import mutagen.mp4
import numpy as np
import pytest
from PIL import Image

from exporter.config import Config
from exporter.mastering.episode import Episode, build_episode
from exporter.mastering.tags import CoverPicture
from exporter.speech import speak
from tests.sound.sound_builders import FACTS, STORY, decode, make_script, measure_with_ffmpeg, replace_audio

PRE_SKIP = 0.0065  # seconds that an Opus file holds before its sound


@pytest.fixture(scope="module")
def cover() -> CoverPicture:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "teal").save(out, "JPEG")
    return CoverPicture(out.getvalue(), "image/jpeg")


@pytest.fixture(scope="module", params=["m4b", "opus", "flac", "wav"])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, cover: CoverPicture
) -> tuple[str, Episode, Path]:
    folder = tmp_path_factory.mktemp(request.param)
    config = Config(jobs=2)
    config = replace_audio(Config(jobs=2, cache=type(config.cache)(folder=str(folder / "c"))), format=request.param)
    found = build_episode([speak(make_script(), config)], FACTS.title, config, lambda: cover)
    path = folder / f"e.{request.param}"
    found.write(path)
    return request.param, found, path


def test_every_sample_is_there_at_its_time(made: tuple[str, Episode, Path]) -> None:
    kind, found, path = made
    sound, rate = decode(path)
    recording = found.recording
    seconds = recording.samples / recording.rate
    assert len(sound) / rate == pytest.approx(seconds, abs=0 if kind in ("flac", "m4b", "wav") else 1e-4)
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        said = stream.duration * stream.time_base - (PRE_SKIP if kind == "opus" else 0)
    assert float(said) == pytest.approx(seconds, abs=1e-4)
    wanted = np.frombuffer(b"".join(map(found.master.render_pcm, found.master.passages)), "<i2") / 32_768
    if kind in ("flac", "wav"):
        assert np.array_equal(np.rint(sound * 32_768), np.rint(wanted * 32_768))
        return
    at = np.arange(rate, int((seconds - 1) * rate)) / rate
    resampled = np.interp(at, np.arange(len(wanted)) / recording.rate, wanted)
    lags = range(-60, 61)
    matches = [float(np.dot(resampled, sound[rate + lag : rate + lag + len(resampled)])) for lag in lags]
    assert abs(lags[int(np.argmax(matches))]) <= 1


def test_metadata_chapters_and_cover_can_be_read(made: tuple[str, Episode, Path], cover: CoverPicture) -> None:
    kind, found, path = made
    with av.open(str(path)) as container:
        facts = {k.lower(): v for k, v in (*container.metadata.items(), *container.streams[0].metadata.items())}
        chapters = [(c["metadata"]["title"], float(c["start"] * c["time_base"])) for c in container.chapters()]
        pictures = [stream for stream in container.streams if stream.type == "video"]
    assert facts["title"] == FACTS.title
    assert facts["artist"] == "Ann Weir, Bo Lund"
    assert facts["comment"] == FACTS.description
    assert facts["date"].startswith("2021-08-08")
    if kind == "wav":
        return
    [narrator] = found.recording.narrators
    assert narrator.startswith("synthetic voice (")
    assert facts["composer" if kind == "m4b" else "performer"] == narrator
    assert len(pictures) == 1
    assert cover.data in path.read_bytes() or kind == "opus"
    recording = found.recording
    assert [title for title, _ in chapters] == [title for title, _ in STORY]
    assert [begin for _, begin in chapters] == pytest.approx(
        [recording.seconds(mark.begin) for mark in recording.chapters], abs=0.001
    )


def test_an_episode_is_always_the_same_bytes(made: tuple[str, Episode, Path], tmp_path: Path) -> None:
    made[1].write(tmp_path / made[2].name)
    assert (tmp_path / made[2].name).read_bytes() == made[2].read_bytes()


def test_the_loudness_is_the_same_in_every_format(made: tuple[str, Episode, Path]) -> None:
    integrated, peak = measure_with_ffmpeg(made[2])
    assert integrated == pytest.approx(-16, abs=0.5)
    assert -4 < peak <= -1.0 + 0.01


def test_a_wave_file_is_a_broadcast_wave(made: tuple[str, Episode, Path]) -> None:
    if made[0] == "wav":
        assert b"bext" in made[2].read_bytes()[:100]


def test_an_m4b_is_an_audiobook_with_chapters_in_both_forms(made: tuple[str, Episode, Path]) -> None:
    if made[0] == "m4b":
        assert made[2].read_bytes()[4:12] == b"ftypM4B "
        file = mutagen.mp4.MP4(made[2])
        assert (file["aART"], file["stik"]) == (["Ann Weir, Bo Lund"], [2])
        assert [chapter.title for chapter in file.chapters] == [title for title, _ in STORY]  # Nero's
        with av.open(str(made[2])) as container:  # and QuickTime's, a track of texts
            assert [stream.type for stream in container.streams if stream.type != "video"] == ["audio", "data"]


def test_an_m4b_has_gapless_information_for_itunes(made: tuple[str, Episode, Path]) -> None:
    if made[0] == "m4b":
        said = bytes(mutagen.mp4.MP4(made[2])["----:com.apple.iTunes:iTunSMPB"][0]).split()
        priming, padding, samples = (int(number, 16) for number in said[1:4])
        assert samples == made[1].recording.samples
        assert (priming, (priming + samples + padding) % 1024) == (1024, 0)
