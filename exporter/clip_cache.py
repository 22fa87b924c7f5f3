"""Clips: the sound of one utterance as it lies in the cache.

A file of a little-endian length, that many bytes of MessagePack (`_Head`), the PCM, and what was measured of it. The
key is a hash of the engine's identity and everything the engine was told, so an edited sentence is another clip and
nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from exporter.cache import Cache, key
from exporter.engines import Speech, Utterance, WordTime

if TYPE_CHECKING:
    from exporter.loudness_meter import Measured

KIND = "clips"
_LENGTH = 4  # bytes that hold the head's length
_USUAL = 2048  # bytes that hold most heads


class _Head(msgspec.Struct, frozen=True, array_like=True):
    rate: int
    size: int  # of the PCM, in bytes
    windows: int  # of its energy (float32)
    slices: int  # of its peaks (uint16)
    words: tuple[WordTime, ...]


class ClipFacts(msgspec.Struct, frozen=True):
    """What is known of a clip without its sound; `words` as in `exporter.engines.Speech`."""

    rate: int
    samples: int
    words: tuple[WordTime, ...]


_decoder = msgspec.msgpack.Decoder(_Head)


def key_of(identity: str, utterance: Utterance) -> str:
    """The key of an utterance as spoken by the engine of that identity."""
    return key(identity.encode(), msgspec.msgpack.encode(utterance))


def keep(cache: Cache, name: str, speech: Speech) -> ClipFacts:
    """Measure a clip and put it into the cache; the process that waits for its workers has the time."""
    from exporter.loudness_meter import measure  # noqa: PLC0415  numpy, which a run that finds its clips doesn't need

    measured = measure(speech.pcm, speech.rate)
    lengths = (len(speech.pcm), len(measured.energy), len(measured.peaks))
    head = msgspec.msgpack.encode(_Head(speech.rate, *lengths, speech.words))
    sound = (speech.pcm, measured.energy.tobytes(), measured.peaks.tobytes())
    cache.put(KIND, name, b"".join((len(head).to_bytes(_LENGTH, "little"), head, *sound)))
    return ClipFacts(speech.rate, len(speech.pcm) // 2, speech.words)


def look_up(cache: Cache, name: str) -> ClipFacts | None:
    """What is known of a clip, or None where it is not in the cache or is damaged."""
    start = cache.get(KIND, name, _USUAL)
    if start is None:
        return None
    length = int.from_bytes(start[:_LENGTH], "little")
    if len(start) < _LENGTH + length:
        start = cache.get(KIND, name) or b""
    try:
        head = _decoder.decode(start[_LENGTH : _LENGTH + length])
        whole = _LENGTH + length + head.size + 4 * head.windows + 2 * head.slices
        found = cache.size(KIND, name)
    except (msgspec.DecodeError, OSError):
        return None
    return ClipFacts(head.rate, head.size // 2, head.words) if found == whole else None


def pcm(cache: Cache, name: str) -> bytes | None:
    """The sound of a clip, or None where it is gone."""
    opened = _opened(cache, name)
    return opened[1][: opened[0].size] if opened else None


def measured(cache: Cache, name: str) -> Measured | None:
    """What was measured of a clip, or None where it is gone."""
    from exporter.loudness_meter import Measured  # noqa: PLC0415  as above
    from exporter.numpy_setup import np  # noqa: PLC0415

    opened = _opened(cache, name)
    if opened is None:
        return None
    head, data = opened
    energy = np.frombuffer(data, np.float32, head.windows, head.size)
    return Measured(energy, np.frombuffer(data, np.uint16, head.slices, head.size + 4 * head.windows))


def _opened(cache: Cache, name: str) -> tuple[_Head, bytes] | None:
    data = cache.get(KIND, name)
    if data is None:
        return None
    start = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
    try:
        return _decoder.decode(data[_LENGTH:start]), data[start:]
    except msgspec.DecodeError:
        return None
