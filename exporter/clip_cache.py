"""Clips: the sound of one utterance as it lies in the cache.

A file of a little-endian length, that many bytes of MessagePack (`_ClipHeader`), the PCM, and what was measured of it. The
key is a hash of the engine's identity and everything the engine was told, so an edited sentence is another clip and
nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from exporter.cache import Cache, make_key
from exporter.engines import Speech, Utterance, WordTime

if TYPE_CHECKING:
    from exporter.loudness_meter import Measured

CLIPS_KIND = "clips"
_LENGTH_BYTES = 4  # bytes that hold the head's length
_FIRST_READ_BYTES = 2048  # bytes that hold most heads


class _ClipHeader(msgspec.Struct, frozen=True, array_like=True):
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


_decoder = msgspec.msgpack.Decoder(_ClipHeader)


def make_clip_key(identity: str, utterance: Utterance) -> str:
    """The key of an utterance as spoken by the engine of that identity."""
    return make_key(identity.encode(), msgspec.msgpack.encode(utterance))


def store_clip(cache: Cache, name: str, speech: Speech) -> ClipFacts:
    """Measure a clip and put it into the cache; the process that waits for its workers has the time."""
    from exporter.loudness_meter import measure_sound  # noqa: PLC0415  numpy, which a run that finds its clips doesn't need

    measured = measure_sound(speech.pcm, speech.rate)
    lengths = (len(speech.pcm), len(measured.energy), len(measured.peaks))
    head = msgspec.msgpack.encode(_ClipHeader(speech.rate, *lengths, speech.words))
    sound = (speech.pcm, measured.energy.tobytes(), measured.peaks.tobytes())
    cache.put(CLIPS_KIND, name, b"".join((len(head).to_bytes(_LENGTH_BYTES, "little"), head, *sound)))
    return ClipFacts(speech.rate, len(speech.pcm) // 2, speech.words)


def find_clip(cache: Cache, name: str) -> ClipFacts | None:
    """What is known of a clip, or None where it is not in the cache or is damaged."""
    start = cache.get(CLIPS_KIND, name, _FIRST_READ_BYTES)
    if start is None:
        return None
    length = int.from_bytes(start[:_LENGTH_BYTES], "little")
    if len(start) < _LENGTH_BYTES + length:
        start = cache.get(CLIPS_KIND, name) or b""
    try:
        head = _decoder.decode(start[_LENGTH_BYTES : _LENGTH_BYTES + length])
        whole = _LENGTH_BYTES + length + head.size + 4 * head.windows + 2 * head.slices
        found = cache.size(CLIPS_KIND, name)
    except (msgspec.DecodeError, OSError):
        return None
    return ClipFacts(head.rate, head.size // 2, head.words) if found == whole else None


def read_pcm(cache: Cache, name: str) -> bytes | None:
    """The sound of a clip, or None where it is gone."""
    opened = _read_entry(cache, name)
    return opened[1][: opened[0].size] if opened else None


def read_measurement(cache: Cache, name: str) -> Measured | None:
    """What was measured of a clip, or None where it is gone."""
    from exporter.loudness_meter import Measured  # noqa: PLC0415  as above
    from exporter.numpy_setup import np  # noqa: PLC0415

    opened = _read_entry(cache, name)
    if opened is None:
        return None
    head, data = opened
    energy = np.frombuffer(data, np.float32, head.windows, head.size)
    return Measured(energy, np.frombuffer(data, np.uint16, head.slices, head.size + 4 * head.windows))


def _read_entry(cache: Cache, name: str) -> tuple[_ClipHeader, bytes] | None:
    data = cache.get(CLIPS_KIND, name)
    if data is None:
        return None
    start = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "little")
    try:
        return _decoder.decode(data[_LENGTH_BYTES:start]), data[start:]
    except msgspec.DecodeError:
        return None
