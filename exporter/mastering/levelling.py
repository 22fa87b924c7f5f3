"""The gain that brings a recording to a loudness, with what the limiter will take away foreseen."""

from __future__ import annotations

import math

from exporter import clips
from exporter.cache import Cache
from exporter.mastering.limiter import reductions
from exporter.mastering.sound import lost
from exporter.meter import SLICE, WINDOWS, Measured, integrated
from exporter.numeric import Floats, Integers, np
from exporter.recording import Clip, Recording, Silence

_ROUNDS = 6  # in which the gain settles; three are usual
_CLOSE = 0.05  # LU
_MOST = 24.0  # dB by which anything is amplified
_FULL = 32_768.0


def gain(recording: Recording, cache: Cache, target: float, ceiling: float) -> float:
    """The gain in dB after which the recording has `target` LUFS, limited to `ceiling` (a factor of full scale)."""
    energy, heights, bounds = _whole(recording, cache)
    power = np.maximum(heights, 1) ** 2
    powers = np.add.reduceat(power, bounds) if len(bounds) else power

    def missing(decibels: float) -> float:
        # A slice's energy is as the square of its peak: so is what the limiter takes of it.
        factor = 10 ** (decibels / 20)
        factors = reductions(heights * factor, ceiling * _FULL)
        left = np.add.reduceat(power * factors[:-1] * factors[1:], bounds) / powers
        return target - integrated(np.asarray(energy * left, np.float32)) - decibels

    found = target - integrated(energy)
    if not math.isfinite(found):
        return 0.0  # nothing sounds
    before, short = 0.0, found
    for _ in range(_ROUNDS):
        found = min(found, _MOST)
        still = missing(found)
        if abs(still) < _CLOSE or found == _MOST:
            break
        # Secant: what the limiter takes grows with the gain, smoothly.
        slope = min(-0.1, (still - short) / (found - before)) if found != before else -1.0
        before, short, found = found, still, found - still / slope
    return found


def _whole(recording: Recording, cache: Cache) -> tuple[Floats, Floats, Integers]:
    """What was measured of the clips, in a row with the pauses: energies, peaks, and each window's first slice."""
    size = recording.rate // WINDOWS
    parts = [_part(sound, size, cache) for sound in recording.sounds if sound.samples]
    none: list[Floats] = [np.empty(0, np.float32)]
    starts = np.cumsum([0, *(len(part.peaks) for part in parts)])
    bounds = [start + np.arange(len(part.energy)) * size // SLICE for start, part in zip(starts, parts, strict=False)]
    return (
        np.concatenate([part.energy for part in parts] or none),
        np.concatenate([part.peaks for part in parts] or none),
        np.concatenate(bounds or [np.empty(0, np.int64)]),
    )


def _part(sound: Clip | Silence, size: int, cache: Cache) -> Measured:
    if isinstance(sound, Clip):
        found = clips.measured(cache, sound.key)
        if found is None:
            raise lost(sound.key)
        return found
    windows = max(1, round(sound.samples / size))
    return Measured(np.zeros(windows, np.float32), np.zeros(-(-windows * size // SLICE), np.float32))
