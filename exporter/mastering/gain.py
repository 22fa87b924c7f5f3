"""The gain that brings a recording to a loudness, with what the limiter will take away foreseen."""

from __future__ import annotations

import math
from typing import NamedTuple

from exporter import clip_cache
from exporter.cache import Cache
from exporter.loudness_meter import SLICE_SAMPLES, WINDOWS_PER_SECOND, Measured, compute_integrated_loudness
from exporter.mastering.limiter import compute_reductions
from exporter.mastering.master import make_lost_clip_error
from exporter.numpy_setup import Floats, Integers, Peaks, np
from exporter.recording import Clip, Recording, Silence

_SOUNDS_PER_STRETCH = 256  # of a stretch: little enough that ten hours need no more memory than one
_MAX_ROUNDS = 6  # in which the gain settles; three are usual
_TOLERANCE_LU = 0.05  # LU
MAX_GAIN_DB = 24.0  # dB by which anything is amplified
_MIN_SLOPE_LU_PER_DB = -0.1  # LU of what is missing, for each dB of gain that is worth it
_FULL = 32_768.0


class _Stretch(NamedTuple):
    """Some minutes of what was measured, clips and pauses in a row; `bounds` has each window's first slice."""

    energy: Floats
    peaks: Peaks
    bounds: Integers

    def limited(self, factor: float, ceiling: float) -> Floats:
        """The energy after a gain and the limiter.

        A slice's energy is as the square of its peak, and so is what the limiter takes of it.
        """
        heights = np.maximum(self.peaks, 1).astype(np.float32)
        power = heights**2
        factors = compute_reductions(heights * factor, ceiling * _FULL)
        left = np.add.reduceat(power * factors[:-1] * factors[1:], self.bounds) / np.add.reduceat(power, self.bounds)
        return np.asarray(self.energy * left, np.float32)


def compute_gain(recording: Recording, cache: Cache, target: float, ceiling: float) -> tuple[float, float]:
    """The gain in dB after which the recording has `target` LUFS, limited to `ceiling` (a factor of full scale).

    Beside it, by how many LU the target is missed: where the limiter takes nine tenths of what is added, louder is
    only more distorted. Music under the speech is left out: it is too soft to count.
    """
    stretches = _load_stretches(recording, cache)
    if not stretches:
        return 0.0, 0.0

    def missing(decibels: float) -> float:
        energies = [stretch.limited(10 ** (decibels / 20), ceiling) for stretch in stretches]
        return target - compute_integrated_loudness(np.concatenate(energies)) - decibels

    energy = np.concatenate([stretch.energy for stretch in stretches])
    found = target - compute_integrated_loudness(energy)
    if not math.isfinite(found):
        return 0.0, 0.0  # nothing sounds
    before, short = 0.0, found
    for _ in range(_MAX_ROUNDS):
        found = min(found, MAX_GAIN_DB)
        still = missing(found)
        # Secant: what the limiter takes grows with the gain, smoothly.
        slope = (still - short) / (found - before) if found != before else -1.0
        if slope > _MIN_SLOPE_LU_PER_DB:
            return before, short
        before, short = found, still
        if abs(still) < _TOLERANCE_LU or found == MAX_GAIN_DB:
            break
        found -= still / slope
    return before, short


def _load_stretches(recording: Recording, cache: Cache) -> list[_Stretch]:
    size = recording.rate // WINDOWS_PER_SECOND
    sounds = [sound for sound in recording.sounds if sound.samples]
    return [
        _join_measurements(
            [_load_measurement(sound, size, cache) for sound in sounds[start : start + _SOUNDS_PER_STRETCH]], size
        )
        for start in range(0, len(sounds), _SOUNDS_PER_STRETCH)
    ]


def _join_measurements(parts: list[Measured], size: int) -> _Stretch:
    starts = np.cumsum([0, *(len(part.peaks) for part in parts[:-1])])
    bounds = [
        start + np.arange(len(part.energy)) * size // SLICE_SAMPLES for start, part in zip(starts, parts, strict=True)
    ]
    energy, peaks = zip(*parts, strict=True)
    return _Stretch(np.concatenate(energy), np.concatenate(peaks), np.concatenate(bounds))


def _load_measurement(sound: Clip | Silence, size: int, cache: Cache) -> Measured:
    if isinstance(sound, Clip):
        found = clip_cache.read_measurement(cache, sound.key)
        if found is None:
            raise make_lost_clip_error(sound.key)
        return found
    windows = max(1, round(sound.samples / size))
    return Measured(np.zeros(windows, np.float32), np.zeros(-(-windows * size // SLICE_SAMPLES), np.uint16))
