"""The user's music: before, after and under the speech."""

from __future__ import annotations

import sys
import warnings
import wave
from pathlib import Path

import numpy as np
import pytest

from exporter.audio_input import decode_audio, resample_pcm
from exporter.config import Config
from exporter.errors import UsageError
from exporter.mastering import mixing
from exporter.mastering.episode import Episode, build_episode
from exporter.speech import speak
from tests.sound.sound_builders import decode, make_script, replace_audio


def write_music(path: Path, seconds: float, rate: int = 44_100, hertz: float = 440) -> str:
    """Write a stereo tone."""
    tone = np.rint(9000 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, rate, 0, "NONE", ""))
        file.writeframes(np.repeat(tone, 2).tobytes())
    return str(path)


def write_episode(config: Config, path: Path, **settings: object) -> Episode:
    chosen = replace_audio(config, format="wav", **settings)
    found = build_episode([speak(make_script(), chosen)], "t", chosen)
    found.write(path)
    return found


def measure_level(sound: np.ndarray, begin: float, end: float, rate: int) -> float:
    return float(np.sqrt(np.mean(sound[int(begin * rate) : int(end * rate)] ** 2)))


def test_an_intro_and_an_outro_move_the_timeline(config: Config, tmp_path: Path) -> None:
    plain = write_episode(config, tmp_path / "plain.wav").recording
    whole = write_episode(
        config,
        tmp_path / "e.wav",
        intro=write_music(tmp_path / "in.wav", 3),
        outro=write_music(tmp_path / "out.wav", 2),
    ).recording
    moved = round(3.5 * plain.rate)
    assert [s.begin for s in whole.segments] == [s.begin + moved for s in plain.segments]
    assert [m.begin for m in whole.chapters] == [0, *(m.begin + moved for m in plain.chapters[1:])]
    assert whole.chapters[-1].end == whole.samples
    assert whole.samples == plain.samples + moved + round(2.5 * plain.rate)
    sound, rate = decode(tmp_path / "e.wav")
    assert len(sound) == whole.samples
    assert measure_level(sound, 0.5, 1.4, rate) > 0.02
    assert measure_level(sound, 3.05, 3.9, rate) == 0
    assert measure_level(sound, 2.95, 3.0, rate) < 0.2 * measure_level(sound, 0.5, 1.4, rate)


def test_a_bed_plays_under_the_whole_and_is_ducked_under_the_speech(config: Config, tmp_path: Path) -> None:
    recording = write_episode(config, tmp_path / "e.wav", bed=write_music(tmp_path / "bed.wav", 1.7)).recording
    sound, rate = decode(tmp_path / "e.wav")
    assert len(sound) == recording.samples
    second = recording.chapters[1].begin / rate
    rest = measure_level(sound, second - 0.8, second - 0.4, rate)
    duck = measure_level(sound, second - 0.1, second - 0.01, rate)
    assert rest > 0.01
    assert 0 < duck < 0.7 * rest
    assert np.abs(sound[: rate // 2]).max() > 0


@pytest.mark.parametrize("setting", ["intro", "outro", "bed"])
def test_music_that_cannot_be_read_is_an_error(config: Config, tmp_path: Path, setting: str) -> None:
    (tmp_path / "text.mp3").write_text("no sound at all")
    for name in ("nowhere.mp3", "text.mp3"):
        with pytest.raises(UsageError, match=name.replace(".", r"\.")):
            write_episode(config, tmp_path / "e.wav", **{setting: str(tmp_path / name)})
    assert not (tmp_path / "e.wav").exists()


def test_the_warnings_of_pydub_are_suppressed(config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mixing._import_pydub.cache_clear()  # else it would not be imported again
    for name in [name for name in sys.modules if name.startswith("pydub")]:
        monkeypatch.delitem(sys.modules, name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_episode(config, tmp_path / "e.wav", intro=write_music(tmp_path / "in.wav", 1))


@pytest.mark.parametrize("rate", [8000, 22_050, 44_100, 48_000])
def test_a_file_of_any_rate_becomes_mono_at_the_wanted_rate(tmp_path: Path, rate: int) -> None:
    pcm, found = decode_audio(Path(write_music(tmp_path / "m.wav", 1, rate, 300)), 22_050)
    samples = np.frombuffer(pcm, "<i2")
    assert found == 22_050
    assert len(samples) == pytest.approx(22_050, abs=3)
    assert np.abs(samples[2000:-2000]).max() == pytest.approx(9000, rel=0.02)


def test_resampling_keeps_the_length_in_time() -> None:
    assert len(resample_pcm(bytes(2 * 16_000), 16_000, 22_050)) / 2 == pytest.approx(22_050, abs=3)
