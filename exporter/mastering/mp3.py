"""MP3: each passage is encoded by itself, on all processors, and kept; a file is an Info frame and passages in a row.

Every passage is a whole number of frames and ends in silence long enough for what LAME smears over its end, so the
frames of one can follow those of another as if one encoder had made them all, and every sample stands where the
timeline says.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter import progress
from exporter.cache import key
from exporter.mastering import frames
from exporter.mastering.id3 import id3
from exporter.mastering.passages import Passage
from exporter.mastering.sound import Sound, lost
from exporter.mastering.tags import Tags
from exporter.threads import share

KIND = "mp3"
QUALITY = 5
"""LAME's: 355 times faster than real time on one core, where 2 (its best for speech) reaches 161."""

_REVISION = b"lameenc/1"  # counted up when the same sound becomes other frames
_LENGTH = 4  # bytes of the number before the frames in the cache


class _Encoded(msgspec.Struct, frozen=True):
    """A passage's frames in the cache: `inner` bytes that are its own, `size` with what comes after its end."""

    key: str
    inner: int
    size: int


def scale(bitrate: int) -> float:
    """The factor by which LAME makes everything softer, by kilobits a second (its table of presets, measured)."""
    return 0.95 if bitrate <= 160 else 0.97 if bitrate <= 224 else 1.0


def write(path: Path, sound: Sound, tags: Tags, bitrate: int) -> None:
    """Write an MP3; raises `OutputError` where the cache cannot be written."""
    shape = frames.shape(sound.recording.rate, bitrate)
    encoded = _encode(sound, shape)
    samples = sum(passage.samples for passage in sound.passages)
    inner, last = encoded[:-1], encoded[-1]
    size = sum(one.inner for one in inner) + last.size
    after = frames.count(last.size - last.inner, shape)
    with path.open("wb") as file:
        file.write(id3(tags))
        file.write(frames.info_frame(shape, samples // shape.frame + after, size, samples))
        for one in inner:
            file.write(_frames(sound, one)[: one.inner])
        file.write(_frames(sound, last))


def _encode(sound: Sound, shape: frames.Shape) -> list[_Encoded]:
    """Encode every passage that is not in the cache yet."""
    found: dict[int, _Encoded] = {}

    def hand(index: int) -> None:
        found[index] = _encoded(sound, sound.passages[index], shape)
        progress.advance("encoding", len(found), len(sound.passages))

    share(range(len(sound.passages)), [hand] * sound.jobs)
    return [found[index] for index in range(len(sound.passages))]


def _frames(sound: Sound, one: _Encoded) -> bytes:
    data = sound.cache.get(KIND, one.key)
    if data is None:
        raise lost(one.key)
    return data[_LENGTH:]


def _encoded(sound: Sound, passage: Passage, shape: frames.Shape) -> _Encoded:
    name = key(_REVISION, sound.content(passage).encode(), msgspec.msgpack.encode(shape))
    data = sound.cache.get(KIND, name)
    if data is None:
        made = _lame(sound.pcm(passage), shape)
        starts = frames.spans(made, shape)
        data = starts[passage.samples // shape.frame].to_bytes(_LENGTH, "little") + made
        sound.cache.put(KIND, name, data)
    return _Encoded(name, int.from_bytes(data[:_LENGTH], "little"), len(data) - _LENGTH)


def _lame(pcm: bytes, shape: frames.Shape) -> bytes:
    import lameenc  # noqa: PLC0415  a run that finds every passage encoded doesn't need it

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(shape.rate)
    encoder.set_out_sample_rate(shape.rate)
    encoder.set_bit_rate(shape.bitrate)
    encoder.set_quality(QUALITY)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())
