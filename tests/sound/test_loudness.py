"""The meter agrees with FFmpeg's; the limiter keeps true peaks below its ceiling and changes nothing else."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import clip_cache, loudness_meter
from exporter.cache import Cache
from exporter.config import CacheSettings
from exporter.engines import Speech
from exporter.mastering import gain, limiter
from exporter.recording import Clip, Recording, Silence
from tests.sound.sound_builders import measure_with_ffmpeg

CHANCE = np.random.default_rng(7)


def make_tone(rate: int, hertz: float, seconds: float = 6, level: float = 0.3) -> np.ndarray:
    return level * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)


def make_noise(rate: int, seconds: float = 6) -> np.ndarray:
    """Return noise whose level falls with frequency, modulated like syllables."""
    spectrum = np.fft.rfft(CHANCE.normal(size=int(seconds * rate)))
    spectrum /= np.sqrt(np.arange(len(spectrum)) + 20)
    sound = np.fft.irfft(spectrum)
    syllables = np.abs(np.sin(2 * np.pi * 3 * np.arange(len(sound)) / rate))
    return 0.3 * syllables * sound / np.abs(sound).max()


def encode_pcm(sound: np.ndarray) -> bytes:
    return np.rint(sound * 32_767).astype("<i2").tobytes()


def write_wav(path: Path, data: bytes, rate: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(data)
    return path


def measure_loudness(data: bytes, rate: int) -> float:
    return loudness_meter.compute_integrated_loudness(loudness_meter.measure_sound(data, rate).energy)


def find_gain(data: bytes, folder: Path, target: float, ceiling: float, pieces: int = 1) -> float:
    """Return the gain for a recording of some PCM, divided into clips and with a pause at its end."""
    cache = Cache(CacheSettings(folder=str(folder)))
    size = len(data) // pieces // 2 * 2
    sounds: list[Clip | Silence] = []
    for number in range(pieces):
        clip_cache.store_clip(cache, f"clip{number}", Speech(data[number * size : (number + 1) * size], 22_050))
        sounds.append(Clip(f"clip{number}", size // 2))
    return gain.compute_gain(Recording(22_050, (*sounds, Silence(5000)), (), ()), cache, target, ceiling)[0]


@pytest.mark.parametrize("rate", [8000, 16_000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize(
    ("sound", "within"),
    [
        (lambda rate: make_tone(rate, 997), 0.1),
        (lambda rate: make_tone(rate, 120), 0.25),
        (make_noise, 0.2),
        (lambda rate: np.concatenate([make_noise(rate), np.zeros(5 * rate), 0.1 * make_noise(rate)]), 0.2),
    ],
)
def test_the_meter_agrees_with_ffmpeg_s(tmp_path: Path, sound, within: float, rate: int) -> None:
    data = encode_pcm(sound(rate))
    assert measure_loudness(data, rate) == pytest.approx(
        measure_with_ffmpeg(write_wav(tmp_path / "s.wav", data, rate))[0], abs=within
    )


def test_a_full_scale_sine_measures_what_the_recommendation_says() -> None:
    assert measure_loudness(encode_pcm(make_tone(48_000, 997, 20, 1.0)), 48_000) == pytest.approx(-3.01, abs=0.05)


def test_silence_has_no_loudness_and_no_gain(tmp_path: Path) -> None:
    assert measure_loudness(bytes(200_000), 22_050) == -np.inf
    assert measure_loudness(b"", 22_050) == -np.inf
    assert find_gain(bytes(200_000), tmp_path, -16, 0.9) == 0
    empty = Recording(22_050, (), (), ())
    assert gain.compute_gain(empty, Cache(CacheSettings(folder=str(tmp_path))), -16, 0.9) == (0, 0)


def test_measured_in_parts_is_measured_whole(tmp_path: Path) -> None:
    data = encode_pcm(make_noise(22_050, 20))
    whole = find_gain(data, tmp_path, -16, 0.9)
    assert find_gain(data, tmp_path, -16, 0.9, pieces=7) == pytest.approx(whole, abs=0.1)


@pytest.mark.parametrize("target", [-30.0, -23.0, -18.0, -14.0])
def test_the_gain_allows_for_the_loss_in_the_limiter(tmp_path: Path, target: float) -> None:
    data, ceiling = encode_pcm(make_noise(22_050, 12)), 10 ** (-1 / 20)
    gain = find_gain(data, tmp_path, target, ceiling)
    out = limiter.limit_peaks(data, 10 ** (gain / 20), ceiling)
    integrated, peak = measure_with_ffmpeg(write_wav(tmp_path / "s.wav", out, 22_050))
    assert integrated == pytest.approx(target, abs=0.25)
    assert peak <= -0.8


def test_gain_that_would_only_distort_is_reported_as_shortfall(tmp_path: Path) -> None:
    cache = Cache(CacheSettings(folder=str(tmp_path)))
    known = clip_cache.store_clip(cache, "clip", Speech(encode_pcm(make_noise(22_050, 12)), 22_050))
    recording = Recording(22_050, (Clip("clip", known.samples), Silence(5000)), (), ())
    within, short = gain.compute_gain(recording, cache, -16, 0.9)
    assert abs(short) < 0.1
    beyond, short = gain.compute_gain(recording, cache, -5, 0.9)
    assert within < beyond < gain.MAX_GAIN_DB
    assert short > 1


@pytest.mark.parametrize("rate", [22_050, 44_100])
def test_no_true_peak_exceeds_the_ceiling(tmp_path: Path, rate: int) -> None:
    clicks = np.zeros(3 * rate)
    clicks[:: rate // 7] = 0.9
    for sound in (make_noise(rate), make_tone(rate, rate / 4 + 1, 3, 0.7), make_tone(rate, 3001, 3, 0.7), clicks):
        sound[:500] *= np.linspace(0, 1, 500)
        sound[-500:] *= np.linspace(1, 0, 500)
        out = limiter.limit_peaks(encode_pcm(sound), 4.0, 10 ** (-2 / 20))
        assert len(out) == 2 * len(sound)
        assert measure_with_ffmpeg(write_wav(tmp_path / "s.wav", out, rate))[1] <= -1.8


def test_no_true_peak_of_a_sibilant_exceeds_the_ceiling(tmp_path: Path) -> None:
    rate = 24_000
    spectrum = np.fft.rfft(np.random.default_rng(9).normal(size=6 * rate))
    share = np.arange(len(spectrum)) / (2 * len(spectrum))  # frequency as a share of the sample rate
    hiss = np.fft.irfft(spectrum * np.exp(-(((share - 0.42) / 0.03) ** 2)))
    hiss *= 0.5 * np.hanning(len(hiss)) / np.abs(hiss).max()
    out = limiter.limit_peaks(encode_pcm(hiss), 6.0, 10 ** (-1.2 / 20))
    assert measure_with_ffmpeg(write_wav(tmp_path / "s.wav", out, rate))[1] <= -1


def test_sound_below_the_ceiling_is_only_amplified() -> None:
    sound = (make_tone(22_050, 440, 1, 0.2) * 32_767).astype("<i2")
    out = np.frombuffer(limiter.limit_peaks(sound.tobytes(), 2.0, 0.9), "<i2")
    assert (out == 2 * sound).all()


def test_the_gain_is_back_soon_after_a_peak() -> None:
    sound = make_tone(22_050, 440, 2, 0.2)
    sound[22_050] = 0.99
    out = np.frombuffer(limiter.limit_peaks(encode_pcm(sound), 2.0, 0.9), "<i2")
    changed = np.flatnonzero(out != 2 * np.frombuffer(encode_pcm(sound), "<i2"))
    assert 0 < len(changed) <= (6 * limiter.HOLD_SLICES + 2) * loudness_meter.SLICE_SAMPLES
    assert changed.min() > 21_000


@given(st.binary(max_size=600).map(lambda data: data[: len(data) // 2 * 2]), st.floats(0, 30), st.floats(0.1, 1))
def test_any_sound_keeps_its_length_and_stays_below_the_ceiling(data: bytes, gain: float, ceiling: float) -> None:
    out = limiter.limit_peaks(data, gain, ceiling)
    assert len(out) == len(data)
    samples = np.frombuffer(out, "<i2").astype(int)
    assert not len(samples) or np.abs(samples).max() <= ceiling * 32_767 + 1
