"""The loudness that was asked for, and the gain that gives it: measured once for each passage, and kept."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

import msgspec

from exporter import progress
from exporter.cache import Cache, key
from exporter.errors import UsageError
from exporter.mastering.passages import Passage
from exporter.mastering.sound import raw
from exporter.threads import share

TARGETS = {"podcast": -16.0, "radio": -23.0}
"""LUFS by name: what podcast platforms ask for, and EBU R128."""

CEILING = -1.0
"""The highest true peak, in dB of full scale."""

STEP = 0.25
"""Decibels to which a gain is rounded, so that an edit seldom changes the sound of what was not edited."""

KIND = "loudness"

_REVISION = b"1"  # counted up when the meter or the limiter changes
_NUMBER = struct.Struct("<d")


class Measured(msgspec.Struct, frozen=True, array_like=True):
    """Of one passage: the K-weighted mean square of each 20 ms, and the peak of each slice (`limiter`), as float32."""

    energy: bytes
    peaks: bytes


_decoder = msgspec.msgpack.Decoder(Measured)


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


def gain(passages: Sequence[Passage], rate: int, level: Level, cache: Cache, jobs: int) -> float:
    """The gain in dB that brings the passages to the level, rounded to `STEP`."""
    names = [key(_REVISION, passage.content()) for passage in passages]
    whole = key(_REVISION, msgspec.msgpack.encode((names, rate, level)))
    if (known := cache.get(KIND, whole)) and len(known) == _NUMBER.size:
        return float(_NUMBER.unpack(known)[0])
    from exporter.mastering import meter  # noqa: PLC0415  numpy, which a run that knows its gain doesn't need

    found: dict[int, Measured] = {}

    def hand(index: int) -> None:
        found[index] = _measured(names[index], passages[index], rate, cache)
        progress.advance("measuring", len(found), len(passages))

    share(range(len(passages)), [hand] * jobs)
    exact = meter.gain([found[index] for index in range(len(passages))], rate, level.target, 10 ** (level.ceiling / 20))
    rounded = round(exact / STEP) * STEP
    cache.put(KIND, whole, _NUMBER.pack(rounded))
    return rounded


def _measured(name: str, passage: Passage, rate: int, cache: Cache) -> Measured:
    if data := cache.get(KIND, name):
        try:
            return _decoder.decode(data)
        except msgspec.DecodeError:
            pass  # damaged: measured again
    from exporter.mastering import meter  # noqa: PLC0415  as above

    measured = meter.measure(raw(passage, rate, cache), rate)
    cache.put(KIND, name, msgspec.msgpack.encode(measured))
    return measured
