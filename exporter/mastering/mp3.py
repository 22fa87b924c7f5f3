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
from exporter.concurrency import share
from exporter.mastering import mpeg_frames
from exporter.mastering.id3 import id3
from exporter.mastering.master import Master, lost
from exporter.mastering.passages import Passage
from exporter.mastering.tags import Tags

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


def write(path: Path, master: Master, tags: Tags, bitrate: int) -> None:
    """Write an MP3; raises `OutputError` where the cache cannot be written."""
    shape = mpeg_frames.shape(master.recording.rate, bitrate)
    encoded = _encode(master, shape)
    samples = sum(passage.samples for passage in master.passages)
    inner, last = encoded[:-1], encoded[-1]
    size = sum(one.inner for one in inner) + last.size
    after = mpeg_frames.count(last.size - last.inner, shape)
    with path.open("wb") as file:
        file.write(id3(tags))
        file.write(mpeg_frames.info_frame(shape, samples // shape.frame + after, size, samples))
        for one in inner:
            file.write(_frames(master, one)[: one.inner])
        file.write(_frames(master, last))


def _encode(master: Master, shape: mpeg_frames.Shape) -> list[_Encoded]:
    """Encode every passage that is not in the cache yet."""
    found: dict[int, _Encoded] = {}

    def hand(index: int) -> None:
        found[index] = _encoded(master, master.passages[index], shape)
        progress.advance("encoding", len(found), len(master.passages))

    share(range(len(master.passages)), [hand] * master.jobs)
    return [found[index] for index in range(len(master.passages))]


def _frames(master: Master, one: _Encoded) -> bytes:
    data = master.cache.get(KIND, one.key)
    if data is None:
        raise lost(one.key)
    return data[_LENGTH:]


def _encoded(master: Master, passage: Passage, shape: mpeg_frames.Shape) -> _Encoded:
    name = key(_REVISION, master.content(passage).encode(), msgspec.msgpack.encode(shape))
    data = master.cache.get(KIND, name)
    if data is None:
        made = _lame(master.pcm(passage), shape)
        starts = mpeg_frames.spans(made, shape)
        data = starts[passage.samples // shape.frame].to_bytes(_LENGTH, "little") + made
        master.cache.put(KIND, name, data)
    return _Encoded(name, int.from_bytes(data[:_LENGTH], "little"), len(data) - _LENGTH)


def _lame(pcm: bytes, shape: mpeg_frames.Shape) -> bytes:
    import lameenc  # noqa: PLC0415  a run that finds every passage encoded doesn't need it

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(shape.rate)
    encoder.set_out_sample_rate(shape.rate)
    encoder.set_bit_rate(shape.bitrate)
    encoder.set_quality(QUALITY)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())
