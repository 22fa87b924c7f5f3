"""Clips: the sound of one utterance as it lies in the cache.

A file of a little-endian length, that many bytes of MessagePack (`_Head`), and the PCM. The key is a hash of the
engine's identity and everything the engine was told, so an edited sentence is another clip and nothing else is.
"""

from __future__ import annotations

import msgspec

from exporter.cache import Cache, key
from exporter.engines import Speech, Utterance, WordTime

KIND = "clips"
_LENGTH = 4  # bytes that hold the head's length
_USUAL = 2048  # bytes that hold most heads


class _Head(msgspec.Struct, frozen=True, array_like=True):
    rate: int
    size: int  # of the PCM, in bytes
    words: tuple[WordTime, ...]


class Known(msgspec.Struct, frozen=True):
    """What is known of a clip without its sound; `words` as in `exporter.engines.Speech`."""

    rate: int
    samples: int
    words: tuple[WordTime, ...]


_decoder = msgspec.msgpack.Decoder(_Head)


def key_of(identity: str, utterance: Utterance) -> str:
    """The key of an utterance as spoken by the engine of that identity."""
    return key(identity.encode(), msgspec.msgpack.encode(utterance))


def keep(cache: Cache, name: str, speech: Speech) -> Known:
    """Put a clip into the cache."""
    head = msgspec.msgpack.encode(_Head(speech.rate, len(speech.pcm), speech.words))
    cache.put(KIND, name, len(head).to_bytes(_LENGTH, "little") + head + speech.pcm)
    return Known(speech.rate, len(speech.pcm) // 2, speech.words)


def look_up(cache: Cache, name: str) -> Known | None:
    """What is known of a clip, or None where it is not in the cache or is damaged."""
    start = cache.get(KIND, name, _USUAL)
    if start is None:
        return None
    length = int.from_bytes(start[:_LENGTH], "little")
    if len(start) < _LENGTH + length:
        start = cache.get(KIND, name) or b""
    try:
        head = _decoder.decode(start[_LENGTH : _LENGTH + length])
        whole = cache.path(KIND, name).stat().st_size == _LENGTH + length + head.size
    except (msgspec.DecodeError, OSError):
        return None
    return Known(head.rate, head.size // 2, head.words) if whole else None


def pcm(cache: Cache, name: str) -> bytes | None:
    """The sound of a clip, or None where it is gone."""
    data = cache.get(KIND, name)
    return data[_LENGTH + int.from_bytes(data[:_LENGTH], "little") :] if data else None
