"""The gain that brings a recording to a target loudness, computed with the loss that the limiter will cause."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from exporter import clip_cache
from exporter.cache import Cache
from exporter.loudness_meter import (
    FULL_SCALE,
    SLICE_SAMPLES,
    WINDOWS_PER_SECOND,
    Measured,
    compute_integrated_loudness,
)
from exporter.mastering.limiter import compute_reductions
from exporter.mastering.master import make_lost_clip_error
from exporter.mastering.mixing import list_bed_levels
from exporter.numpy_setup import Floats, Integers, Peaks, np
from exporter.recording import Clip, Recording, Sound

MAX_GAIN_DB = 24.0
"""Highest gain: the noise of a recording softer than this allows would become audible; chosen, no measurement."""

_SOUNDS_PER_STRETCH = 256
"""Clips and pauses whose peaks are in memory at a time (some minutes), so that it does not grow with the length."""

_MAX_ROUNDS = 6
"""Steps of the secant method; speech needs three."""

_TOLERANCE_LU = 0.05
"""Distance from the target at which the search ends: below the step of gains (`loudness.GAIN_STEP_DB`)."""

_MIN_SLOPE = 0.1
"""LU that the loudness must gain for each dB of gain; below, more gain adds distortion rather than loudness."""


class _Stretch(NamedTuple):
    """The measurements of clips and pauses in a row; `bounds` holds the first slice of each window."""

    energy: Floats
    peaks: Peaks
    bounds: Integers

    def limit_energy(self, factor: float, ceiling: float) -> Floats:
        """Return the energy of each window after a gain and the limiter, divided by the square of the gain.

        The energy of a slice is taken to be proportional to the square of its peak.
        """
        slice_peaks = np.maximum(self.peaks, 1).astype(np.float32)
        power = slice_peaks**2
        factors = compute_reductions(slice_peaks * factor, ceiling * FULL_SCALE)
        left = np.add.reduceat(power * factors[:-1] * factors[1:], self.bounds) / np.add.reduceat(power, self.bounds)
        return np.asarray(self.energy * left, np.float32)


def compute_gain(
    recording: Recording, cache: Cache, target: float, ceiling: float, bed: str = ""
) -> tuple[float, float]:
    """Return the gain in dB that brings a recording to `target` LUFS, and by how many LU the target is missed.

    `ceiling` is that of the limiter, as a factor of full scale; `bed` is the key of the clip with the music under it,
    or empty. The search stops short of the target where 1 dB of gain yields less than `_MIN_SLOPE` LU.
    """
    stretches = _load_stretches(recording, cache, bed)
    if not stretches:
        return 0.0, 0.0

    def measure_shortfall(decibels: float) -> float:
        energies = [stretch.limit_energy(10 ** (decibels / 20), ceiling) for stretch in stretches]
        return target - compute_integrated_loudness(np.concatenate(energies)) - decibels

    energy = np.concatenate([stretch.energy for stretch in stretches])
    gain = target - compute_integrated_loudness(energy)
    if not math.isfinite(gain):
        return 0.0, 0.0  # silence
    best, best_shortfall = 0.0, gain
    # Secant method: the loss that the limiter causes grows smoothly with the gain.
    for _ in range(_MAX_ROUNDS):
        gain = min(gain, MAX_GAIN_DB)
        shortfall = measure_shortfall(gain)
        slope = (shortfall - best_shortfall) / (gain - best) if gain != best else -1.0
        if slope > -_MIN_SLOPE:
            break
        best, best_shortfall = gain, shortfall
        if abs(shortfall) < _TOLERANCE_LU or gain == MAX_GAIN_DB:
            break
        gain -= shortfall / slope
    return best, best_shortfall


def _load_stretches(recording: Recording, cache: Cache, bed: str) -> list[_Stretch]:
    size = recording.rate // WINDOWS_PER_SECOND
    sounds = [sound for sound in recording.sounds if sound.samples]
    music = _read_measurement(cache, bed).energy if bed else np.zeros(0, np.float32)
    stretches = []
    begin = 0  # the next window of the recording
    for start in range(0, len(sounds), _SOUNDS_PER_STRETCH):
        part = sounds[start : start + _SOUNDS_PER_STRETCH]
        stretch = _join_measurements([_load_measurement(sound, size, cache) for sound in part], size)
        if len(music):
            levels = _list_bed_factors(part, size, recording.rate)
            under = music[(begin + np.arange(len(levels))) % len(music)] * levels
            stretch = stretch._replace(energy=stretch.energy + under)
        begin += len(stretch.energy)
        stretches.append(stretch)
    return stretches


def _list_bed_factors(sounds: Sequence[Sound], size: int, rate: int) -> Floats:
    """Return for each window of some sounds the factor of the energy of the bed under them.

    The music counts in the pauses, in which it is louder: those that pass the gates of the meter make a recording
    softer by up to 0.5 LU.
    """
    parts = []
    for sound in sounds:
        factors = np.empty(_count_windows(sound, size), np.float32)
        for start, _, level in list_bed_levels([sound], rate):
            factors[start // size :] = 10 ** (level / 10)
        parts.append(factors)
    return np.concatenate(parts)


def _join_measurements(parts: list[Measured], size: int) -> _Stretch:
    starts = np.cumsum([0, *(len(part.peaks) for part in parts[:-1])])
    bounds = [
        start + np.arange(len(part.energy)) * size // SLICE_SAMPLES for start, part in zip(starts, parts, strict=True)
    ]
    energy, peaks = zip(*parts, strict=True)
    return _Stretch(np.concatenate(energy), np.concatenate(peaks), np.concatenate(bounds))


def _load_measurement(sound: Sound, size: int, cache: Cache) -> Measured:
    if isinstance(sound, Clip):
        return _read_measurement(cache, sound.key)
    windows = _count_windows(sound, size)
    return Measured(np.zeros(windows, np.float32), np.zeros(-(-windows * size // SLICE_SAMPLES), np.uint16))


def _count_windows(sound: Sound, size: int) -> int:
    """Count the windows of a sound: the last one of a clip is padded, a pause is rounded."""
    return -(-sound.samples // size) if isinstance(sound, Clip) else max(1, round(sound.samples / size))


def _read_measurement(cache: Cache, key: str) -> Measured:
    found = clip_cache.read_measurement(cache, key)
    if found is None:
        raise make_lost_clip_error(key)
    return found
