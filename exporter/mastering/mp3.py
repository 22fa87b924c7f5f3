"""MP3: passages are encoded separately, on all processors, and cached; a file is an Info frame and their frames.

A passage is a whole number of frames and ends in silence that is longer than the encoder's delay and overlap.
So the frames of one passage can follow those of another as if one encoder had made them, and every sample is at its
time on the timeline.
"""

from __future__ import annotations

from pathlib import Path

import lameenc
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
"""Kind of the cache entries that hold a passage's frames."""

LAME_QUALITY = 5
"""LAME's algorithm quality, 0 (best) to 9: 355 times real time on one core; quality 2 reaches 161.

Quality 7 takes 57 % of that time, but its worst frames lie 9 dB nearer to the noise (2 minutes of the natural voice at
64 kbit/s: in the worst twentieth 2 dB below 280 Hz instead of 11).
"""

_USUAL_SCALE = 0.95
_HIGH_BITRATE_SCALES = {192: 0.97, 224: 0.98, 256: 1.0, 320: 1.0}
"""Level of LAME's output, by kbit/s from 192 on (measured with tests/training/measure_encoders.py)."""

_REVISION = b"lameenc/2"  # to be raised when the same clips become other frames: the limiter, the encoder
_LENGTH_BYTES = 4


class _EncodedPassage(msgspec.Struct, frozen=True):
    """The cached frames of a passage: `passage_bytes` of its own samples, `all_bytes` with the encoder's padding."""

    key: str
    passage_bytes: int
    all_bytes: int


def find_lame_scale(bitrate: int) -> float:
    """Return the factor by which LAME's preset of a bit rate in kbit/s reduces the level."""
    return _HIGH_BITRATE_SCALES.get(bitrate, _USUAL_SCALE)


def write_mp3(path: Path, master: Master, tags: Tags, bitrate: int) -> None:
    """Write an MP3 at `bitrate` kbit/s; raises `OutputError` when the cache cannot be written."""
    shape = mpeg_frames.find_shape(master.recording.rate, bitrate)
    encoded = _encode_passages(master, shape, progress.name_stage("encoding", tags.title))
    samples = sum(passage.samples for passage in master.passages)
    *inner, last = encoded
    size = sum(one.passage_bytes for one in inner) + last.all_bytes
    padding_frames = mpeg_frames.count_frames(last.all_bytes - last.passage_bytes, shape)
    with path.open("wb") as file:
        file.write(build_id3_tag(tags))
        file.write(mpeg_frames.build_info_frame(shape, samples // shape.frame_samples + padding_frames, size, samples))
        for one in inner:
            file.write(_read_frames(master, one)[: one.passage_bytes])
        file.write(_read_frames(master, last))


def _encode_passages(master: Master, shape: mpeg_frames.FrameShape, stage: str) -> list[_EncodedPassage]:
    """Encode the passages that are not in the cache, as a stage of this name."""
    found: dict[int, _EncodedPassage] = {}

    def encode(index: int) -> None:
        found[index] = _encode_passage(master, master.passages[index], shape)
        progress.advance(stage, len(found), len(master.passages))

    share_work(range(len(master.passages)), [encode] * master.jobs)
    return [found[index] for index in range(len(master.passages))]


def _read_frames(master: Master, one: _EncodedPassage) -> bytes:
    data = master.cache.get(FRAMES_KIND, one.key)
    if data is None:
        raise make_lost_clip_error(one.key)
    return data[_LENGTH_BYTES:]


def _encode_passage(master: Master, passage: Passage, shape: mpeg_frames.FrameShape) -> _EncodedPassage:
    name = make_key(_REVISION, master.make_passage_key(passage).encode(), msgspec.msgpack.encode(shape))
    data = master.cache.get(FRAMES_KIND, name)
    if data is None:
        frames = encode_pcm(master.render_pcm(passage), shape)
        starts = mpeg_frames.find_frame_starts(frames, shape)
        data = starts[passage.samples // shape.frame_samples].to_bytes(_LENGTH_BYTES, "little") + frames
        master.cache.put(FRAMES_KIND, name, data)
    return _EncodedPassage(name, int.from_bytes(data[:_LENGTH_BYTES], "little"), len(data) - _LENGTH_BYTES)


def encode_pcm(pcm: bytes, shape: mpeg_frames.FrameShape) -> bytes:
    """Encode 16-bit mono PCM as frames of this shape, with the encoder's delay and padding."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(shape.rate)
    encoder.set_out_sample_rate(shape.rate)
    encoder.set_bit_rate(shape.bitrate)
    encoder.set_quality(LAME_QUALITY)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())
