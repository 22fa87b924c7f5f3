"""Target loudness, true-peak ceiling, and the gain that meets both; clips are measured when they are spoken."""

from __future__ import annotations

import math
import struct
from typing import NamedTuple

import msgspec

from exporter.cache import Cache, make_key
from exporter.errors import UsageError
from exporter.recording import Recording

TARGETS_LUFS = {"podcast": -16.0, "radio": -23.0}
"""Integrated loudness by name: that of Apple's podcast requirements, and that of EBU R 128 for broadcasting."""

CEILING_DBTP = -1.0
"""Highest true peak (EBU R 128)."""

GAIN_STEP_DB = 0.25
"""Gains are multiples of it, so that an edit rarely changes the gain, and with it all passages in the cache."""

GAINS_KIND = "loudness"
"""Kind of the cache entries that hold a gain."""

_MIN_TARGET_LUFS, _MAX_TARGET_LUFS = -60.0, -5.0

_LOW_BITRATE_KBPS = 48
_OVERSHOOT_DB, _LOW_BITRATE_OVERSHOOT_DB = 1.75, 2.0
"""How much lossy encoders raise true peaks; below `_LOW_BITRATE_KBPS` more (tests/training/measure_encoders.py)."""

_DENSE_LIMITING_LUFS = -15.5
_DENSE_LIMITING_OVERSHOOT_DB = 0.75
"""Added for targets above `_DENSE_LIMITING_LUFS`, where the limiter reduces most peaks (same script)."""

_REVISION = b"3"  # to be raised when the meter or the limiter changes
_GAIN_LAYOUT = struct.Struct("<dd")


def parse_target(setting: str) -> float:
    """Return the LUFS of a setting, which is a name or a number; raises `UsageError`."""
    try:
        lufs = TARGETS_LUFS[setting] if setting in TARGETS_LUFS else float(setting)
    except ValueError:
        lufs = math.nan
    if not _MIN_TARGET_LUFS <= lufs <= _MAX_TARGET_LUFS:
        raise UsageError(
            "setting the loudness",
            setting,
            "BadValue: it is not a loudness",
            f"Give 'podcast', 'radio', or LUFS from {_MIN_TARGET_LUFS:.0f} to {_MAX_TARGET_LUFS:.0f}.",
        )
    return lufs


def estimate_headroom(bitrate: int, target: float) -> float:
    """Return how many dB the limiter must stay below the ceiling, because lossy encoders raise true peaks.

    `bitrate` is in kbit/s, `target` in LUFS.
    """
    overshoot = _LOW_BITRATE_OVERSHOOT_DB if bitrate < _LOW_BITRATE_KBPS else _OVERSHOOT_DB
    return overshoot + (_DENSE_LIMITING_OVERSHOOT_DB if target > _DENSE_LIMITING_LUFS else 0.0)


class Level(msgspec.Struct, frozen=True):
    """A `target` integrated loudness in LUFS, and a `ceiling` of true peaks in dBTP."""

    target: float
    ceiling: float = CEILING_DBTP


class Gain(NamedTuple):
    """The gain that brings a recording to a level, in multiples of `GAIN_STEP_DB`, and by how many LU it misses it."""

    decibels: float
    shortfall_lu: float


def find_gain(recording: Recording, bed: str, level: Level, cache: Cache) -> Gain:
    """Return the gain that brings a recording to the level, or as near as `gain.compute_gain` goes; it is cached.

    `bed` is the key of the clip with the music under it, or empty.
    """
    name = make_key(_REVISION, msgspec.msgpack.encode((recording.sounds, recording.rate, bed, level)))
    if data := cache.get(GAINS_KIND, name):
        return Gain(*_GAIN_LAYOUT.unpack(data))
    from exporter.mastering import gain  # noqa: PLC0415  50 ms (numpy), not needed if the gain is in the cache

    exact, shortfall = gain.compute_gain(recording, cache, level.target, 10 ** (level.ceiling / 20), bed)
    found = Gain(round(exact / GAIN_STEP_DB) * GAIN_STEP_DB, shortfall)
    cache.put(GAINS_KIND, name, _GAIN_LAYOUT.pack(*found))
    return found
