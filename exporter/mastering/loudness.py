"""The loudness that was asked for, and the gain that gives it; every clip was measured when it was spoken."""

from __future__ import annotations

import math
import struct

import msgspec

from exporter.cache import Cache, key
from exporter.errors import UsageError
from exporter.recording import Recording

TARGETS = {"podcast": -16.0, "radio": -23.0}
"""LUFS by name: what podcast platforms ask for, and EBU R128."""

CEILING = -1.0
"""The highest true peak, in dB of full scale."""

STEP = 0.25
"""Decibels to which a gain is rounded, so that an edit seldom changes the sound of what was not edited."""

KIND = "loudness"

_REVISION = b"1"  # counted up when the meter or the limiter changes
_NUMBER = struct.Struct("<d")


def target(setting: str) -> float:
    """Read the setting: a name, or LUFS as a number; raises `UsageError`."""
    try:
        wanted = TARGETS[setting] if setting in TARGETS else float(setting)
    except ValueError:
        wanted = math.nan
    if not -60 <= wanted <= -5:
        raise UsageError(
            "setting the loudness", setting, "BadValue: no loudness", "Give 'podcast', 'radio', or LUFS from -60 to -5."
        )
    return wanted


class Level(msgspec.Struct, frozen=True):
    """What is wanted: `target` in LUFS, and no true peak above `ceiling` dB."""

    target: float
    ceiling: float = CEILING


def gain(recording: Recording, level: Level, cache: Cache) -> float:
    """The gain in dB that brings a recording to the level, rounded to `STEP`."""
    name = key(_REVISION, msgspec.msgpack.encode((recording.sounds, recording.rate, level)))
    if known := cache.get(KIND, name):
        return float(_NUMBER.unpack(known)[0])
    from exporter.mastering import levelling  # noqa: PLC0415  numpy, which a run that knows its gain doesn't need

    exact = levelling.gain(recording, cache, level.target, 10 ** (level.ceiling / 20))
    rounded = round(exact / STEP) * STEP
    cache.put(KIND, name, _NUMBER.pack(rounded))
    return rounded
