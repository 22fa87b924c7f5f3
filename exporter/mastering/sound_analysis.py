"""Measures an episode as it was written: its file is decoded, part by part, so that memory does not grow with it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import msgspec

from exporter.audio_input import stream_audio
from exporter.loudness_meter import (
    FULL_SCALE,
    SLICE_SAMPLES,
    WINDOWS_PER_SECOND,
    compute_integrated_loudness,
    compute_loudness_range,
    compute_short_term_loudness,
    measure_peaks,
    measure_sound,
)
from exporter.mastering.limiter import measure_true_peaks
from exporter.numpy_setup import Floats, Samples, np

_BLOCK_WINDOWS = 512
"""Windows of 20 ms that are measured at a time (10 s); as a multiple of 64, also whole slices, whatever the rate."""

_OVERSAMPLED_FROM = 0.25
"""Sample peak, of full scale (-12 dBFS), from which a slice is oversampled: a lower one is far below any ceiling."""

_PEAK_HOLD_WINDOWS = WINDOWS_PER_SECOND
"""Time for which a plot of peaks holds them, one second, so that it shows those of phrases and not of syllables."""


class SoundAnalysis(msgspec.Struct, frozen=True):
    """The measurements of a file: K-weighted energies and true peaks (of full scale 1), by windows of 20 ms.

    The file has `seconds` at `rate` hertz.
    """

    seconds: float
    rate: int
    energy: Floats
    peaks: Floats

    @property
    def integrated(self) -> float:
        """Integrated loudness in LUFS; minus infinity for silence."""
        return compute_integrated_loudness(self.energy)

    @property
    def loudness_range(self) -> float:
        """Loudness range in LU."""
        return compute_loudness_range(self.energy)

    @property
    def true_peak(self) -> float:
        """Highest true peak in dBTP; minus infinity for silence."""
        return convert_to_decibels(float(self.peaks.max(initial=0)))

    @property
    def short_term(self) -> Floats:
        """Short-term loudness in LUFS at the end of each window."""
        return compute_short_term_loudness(self.energy)

    @property
    def held_peaks(self) -> Floats:
        """The highest true peak in dBTP of the last `_PEAK_HOLD_WINDOWS`, at the end of each window."""
        held = np.lib.stride_tricks.sliding_window_view(
            np.pad(self.peaks, (_PEAK_HOLD_WINDOWS - 1, 0)), _PEAK_HOLD_WINDOWS
        )
        with np.errstate(divide="ignore"):
            return np.asarray(20 * np.log10(held.max(axis=1)), np.float32)

    def cut(self, begin: float, end: float) -> SoundAnalysis:
        """Return the measurements from one second to another."""
        part = slice(round(begin * WINDOWS_PER_SECOND), round(end * WINDOWS_PER_SECOND))
        return SoundAnalysis(end - begin, self.rate, self.energy[part], self.peaks[part])


def convert_to_decibels(amplitude: float) -> float:
    """Return the decibels of an amplitude of full scale 1; minus infinity for 0."""
    return 20 * math.log10(amplitude) if amplitude > 0 else -math.inf


def analyse_sound(path: Path) -> SoundAnalysis:
    """Measure a sound file; raises `OSError` if it cannot be read, `ValueError` if it has no sound."""
    energies, peaks = [np.zeros(0, np.float32)], [np.zeros(0, np.float32)]
    total, rate = 0, 0
    before = np.zeros(SLICE_SAMPLES, np.int16)
    block = np.zeros(0, np.int16)
    for following, block_rate in chain(_cut_blocks(stream_audio(path)), [(np.zeros(SLICE_SAMPLES, np.int16), 0)]):
        if len(block):
            size = rate // WINDOWS_PER_SECOND
            energies.append(measure_sound(block.astype("<i2").tobytes(), rate).energy)
            peaks.append(_measure_window_peaks(before, block, following[:SLICE_SAMPLES], size))
            total += len(block)
            before = block[-SLICE_SAMPLES:]
        block, rate = following, block_rate or rate
    if not total:
        raise ValueError("there is no sound in it")
    return SoundAnalysis(total / rate, rate, np.concatenate(energies), np.concatenate(peaks))


def _cut_blocks(parts: Iterable[tuple[bytes, int]]) -> Iterator[tuple[Samples, int]]:
    """Yield PCM, which comes in parts of any length with its sample rate, in blocks of `_BLOCK_WINDOWS`."""
    kept, rate = bytearray(), 0
    for pcm, rate in parts:
        kept += pcm
        size = 2 * _BLOCK_WINDOWS * (rate // WINDOWS_PER_SECOND)
        while len(kept) >= size:
            yield np.frombuffer(bytes(kept[:size]), np.dtype("<i2")), rate
            del kept[:size]
    if kept:
        yield np.frombuffer(bytes(kept), np.dtype("<i2")), rate


def _measure_window_peaks(before: Samples, block: Samples, after: Samples, size: int) -> Floats:
    """Return the true peak of each window of `size` samples; `before` and `after` are the slices around the block."""
    padding = -len(block) % SLICE_SAMPLES
    around = np.concatenate([before, block, np.zeros(padding, np.int16), after]).astype(np.float32) / FULL_SCALE
    slices = np.pad(around, (0, -len(around) % SLICE_SAMPLES)).reshape(-1, SLICE_SAMPLES)
    peaks = measure_peaks(block).astype(np.float32) / FULL_SCALE
    near = np.flatnonzero(peaks > _OVERSAMPLED_FROM)
    peaks[near] = np.maximum(peaks[near], measure_true_peaks(slices, near + 1))
    first = np.arange(0, len(block), size) // SLICE_SAMPLES  # slice in which each window begins
    return np.maximum.reduceat(peaks, first)
