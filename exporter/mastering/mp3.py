"""MP3: each passage is encoded by itself, on all processors, and kept; a file is an Info frame and passages in a row.

Every passage is a whole number of frames and ends in silence long enough for what LAME smears over its end, so the
frames of one can follow those of another as if one encoder had made them all, and every sample stands where the
timeline says.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter import progress
from exporter.cache import make_key
from exporter.concurrency import share_work
from exporter.mastering import mpeg_frames
from exporter.mastering.id3 import build_id3_tag
from exporter.mastering.master import Master, make_lost_clip_error
from exporter.mastering.passages import Passage
from exporter.mastering.tags import Tags

FRAMES_KIND = "mp3"
LAME_QUALITY = 5
"""LAME's: 355 times faster than real time on one core, where 2 (its best for speech) reaches 161."""

_REVISION = b"lameenc/1"  # counted up when the same sound becomes other frames
_LENGTH_BYTES = 4  # bytes of the number before the frames in the cache


class _EncodedPassage(msgspec.Struct, frozen=True):
    """A passage's frames in the cache: `inner` bytes that are its own, `size` with what comes after its end."""

    key: str
    inner: int
    size: int


def find_lame_scale(bitrate: int) -> float:
    """The factor by which LAME makes everything softer, by kilobits a second (its table of presets, measured)."""
    return 0.95 if bitrate <= 160 else 0.97 if bitrate <= 224 else 1.0


def write_mp3(path: Path, master: Master, tags: Tags, bitrate: int) -> None:
    """Write an MP3; raises `OutputError` where the cache cannot be written."""
    shape = mpeg_frames.find_shape(master.recording.rate, bitrate)
    encoded = _encode_passages(master, shape)
    samples = sum(passage.samples for passage in master.passages)
    inner, last = encoded[:-1], encoded[-1]
    size = sum(one.inner for one in inner) + last.size
    after = mpeg_frames.count_frames(last.size - last.inner, shape)
    with path.open("wb") as file:
        file.write(build_id3_tag(tags))
        file.write(mpeg_frames.build_info_frame(shape, samples // shape.frame + after, size, samples))
        for one in inner:
            file.write(_read_frames(master, one)[: one.inner])
        file.write(_read_frames(master, last))


def _encode_passages(master: Master, shape: mpeg_frames.FrameShape) -> list[_EncodedPassage]:
    """Encode every passage that is not in the cache yet."""
    found: dict[int, _EncodedPassage] = {}

    def hand(index: int) -> None:
        found[index] = _encode_passage(master, master.passages[index], shape)
        progress.advance("encoding", len(found), len(master.passages))

    share_work(range(len(master.passages)), [hand] * master.jobs)
    return [found[index] for index in range(len(master.passages))]


def _read_frames(master: Master, one: _EncodedPassage) -> bytes:
    data = master.cache.get(FRAMES_KIND, one.key)
    if data is None:
        raise make_lost_clip_error(one.key)
    return data[_LENGTH_BYTES:]


def _encode_passage(master: Master, passage: Passage, shape: mpeg_frames.FrameShape) -> _EncodedPassage:
    name = make_key(_REVISION, master.content(passage).encode(), msgspec.msgpack.encode(shape))
    data = master.cache.get(FRAMES_KIND, name)
    if data is None:
        made = encode_pcm(master.pcm(passage), shape)
        starts = mpeg_frames.find_frame_starts(made, shape)
        data = starts[passage.samples // shape.frame].to_bytes(_LENGTH_BYTES, "little") + made
        master.cache.put(FRAMES_KIND, name, data)
    return _EncodedPassage(name, int.from_bytes(data[:_LENGTH_BYTES], "little"), len(data) - _LENGTH_BYTES)


def encode_pcm(pcm: bytes, shape: mpeg_frames.FrameShape) -> bytes:
    import lameenc  # noqa: PLC0415  a run that finds every passage encoded doesn't need it

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(shape.rate)
    encoder.set_out_sample_rate(shape.rate)
    encoder.set_bit_rate(shape.bitrate)
    encoder.set_quality(LAME_QUALITY)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())
