"""The loudness that was asked for, and the gain that gives it; every clip was measured when it was spoken."""

from __future__ import annotations

import math
import struct
from typing import NamedTuple

import msgspec

from exporter.cache import Cache, make_key
from exporter.errors import UsageError
from exporter.recording import Recording

TARGETS_LUFS = {"podcast": -16.0, "radio": -23.0}
"""LUFS by name: what podcast platforms ask for, and EBU R128."""

CEILING_DBTP = -1.0
"""The highest true peak, in dB of full scale."""

GAIN_STEP_DB = 0.25
"""Decibels to which a gain is rounded, so that an edit seldom changes the sound of what was not edited."""

GAINS_KIND = "loudness"

_DENSE_LIMITING_LUFS = -15.5  # LUFS above which the limiter never rests
_REVISION = b"2"  # counted up when the meter or the limiter changes
_GAIN_LAYOUT = struct.Struct("<dd")


def parse_target(setting: str) -> float:
    """Read the setting: a name, or LUFS as a number; raises `UsageError`."""
    try:
        wanted = TARGETS_LUFS[setting] if setting in TARGETS_LUFS else float(setting)
    except ValueError:
        wanted = math.nan
    if not -60 <= wanted <= -5:
        raise UsageError(
            "setting the loudness", setting, "BadValue: no loudness", "Give 'podcast', 'radio', or LUFS from -60 to -5."
        )
    return wanted


def estimate_headroom(bitrate: int, target: float) -> float:
    """Decibels by which lossy encoders raise true peaks at so many kilobits a second (measured on speech).

    They raise them more where the limiter is at work all the time.
    """
    return (2.0 if bitrate < 48 else 1.25) + (0.75 if target > _DENSE_LIMITING_LUFS else 0.0)


class Level(msgspec.Struct, frozen=True):
    """What is wanted: `parse_target` in LUFS, and no true peak above `ceiling` dB."""

    target: float
    ceiling: float = CEILING_DBTP


class Gain(NamedTuple):
    """Decibels that bring a recording to a level, rounded to `GAIN_STEP_DB`, and by how many LU they miss it."""

    decibels: float
    short: float


def find_gain(recording: Recording, level: Level, cache: Cache) -> Gain:
    """The gain that brings a recording to the level, or as near as is worth it."""
    name = make_key(_REVISION, msgspec.msgpack.encode((recording.sounds, recording.rate, level)))
    if known := cache.get(GAINS_KIND, name):
        return Gain(*_GAIN_LAYOUT.unpack(known))
    from exporter.mastering import gain  # noqa: PLC0415  numpy, which a run that knows its gain doesn't need

    exact, short = gain.compute_gain(recording, cache, level.target, 10 ** (level.ceiling / 20))
    found = Gain(round(exact / GAIN_STEP_DB) * GAIN_STEP_DB, short)
    cache.put(GAINS_KIND, name, _GAIN_LAYOUT.pack(*found))
    return found
