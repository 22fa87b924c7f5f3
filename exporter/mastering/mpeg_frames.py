"""MPEG audio layer III frames: what lameenc leaves to its user.

lameenc gives bare frames. For a file whose length is exact to the sample, a player has to know how much silence the
encoder put before and after the sound: the Info frame (the "LAME tag") says so. Tables and layout: ISO/IEC 11172-3
and 13818-3 for the frame, Gabriel Bouvigne's "Mp3 Info Tag rev 1 specifications" for the tag.
"""

from __future__ import annotations

from typing import NamedTuple

ENCODER_DELAY_SAMPLES = 576
"""Samples of silence that LAME puts before the sound."""

_BITRATES_KBPS = {
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}  # kilobits a second in MPEG-1, and in MPEG-2 and 2.5; the index in a header counts from one
_SAMPLE_RATE_INDEX = {44_100: 0, 48_000: 1, 32_000: 2}  # MPEG-1; MPEG-2 halves each, MPEG-2.5 quarters
_VERSION_BITS = {1: 0b11, 2: 0b10, 4: 0b00}  # by what the rate is multiplied with to be MPEG-1's


class FrameShape(NamedTuple):
    """What a header says: `frame` is its samples, `bitrate` kilobits a second."""

    rate: int
    bitrate: int
    frame: int


def find_shape(rate: int, bitrate: int) -> FrameShape:
    """The nearest shape that MP3 has; `rate` has to be one of `exporter.recording.SAMPLE_RATES_HERTZ`."""
    version = 1 if rate >= 32_000 else 2
    nearest = min(_BITRATES_KBPS[version], key=lambda known: abs(known - bitrate))
    return FrameShape(rate, nearest, 1152 // version)


def find_frame_starts(data: bytes, shape: FrameShape) -> list[int]:
    """Where each frame begins in a run of frames, and where the last one ends."""
    starts = [0]
    size = _count_frame_bytes(shape)
    while starts[-1] + 4 <= len(data):
        padding = data[starts[-1] + 2] >> 1 & 1
        starts.append(starts[-1] + size + padding)
    return starts


def count_frames(size: int, shape: FrameShape) -> int:
    """How many frames `size` bytes hold; a padded frame has a byte more than the others."""
    return size // _count_frame_bytes(shape)


def build_info_frame(shape: FrameShape, frames: int, size: int, samples: int) -> bytes:
    """Make the frame that comes before `frames` frames of `size` bytes, which hold `samples` samples of sound."""
    version = 1 if shape.rate >= 32_000 else 2
    side = 17 if version == 1 else 9
    bitrates = _BITRATES_KBPS[version]
    own = next(
        FrameShape(shape.rate, kbps, shape.frame)
        for kbps in bitrates
        if _count_frame_bytes(shape._replace(bitrate=kbps)) >= _INFO_FRAME_BYTES
    )
    body = bytearray(_count_frame_bytes(own))
    body[:4] = _encode_header(own)
    at = 4 + side
    total = size + len(body)
    toc = bytes(min(255, 256 * index // 100) for index in range(100))
    xing = b"Info" + (0b0111).to_bytes(4, "big") + frames.to_bytes(4, "big") + total.to_bytes(4, "big") + toc
    body[at : at + len(xing)] = xing
    body[at + len(xing) : at + len(xing) + 36] = _build_lame_tag(
        bytes(body[: at + len(xing)]), shape, frames, total, samples
    )
    return bytes(body)


_INFO_FRAME_BYTES = 4 + 17 + 116 + 36  # bytes of an Info frame


def _build_lame_tag(before: bytes, shape: FrameShape, frames: int, total: int, samples: int) -> bytes:
    padding = frames * shape.frame - ENCODER_DELAY_SAMPLES - samples
    tag = bytearray(b"LAME3.100")
    tag += bytes([0x01, 0])  # revision 0, constant bit rate; no low-pass told
    tag += bytes(8)  # no replay gain: the loudness is set
    tag += bytes([0, min(255, shape.bitrate)])  # no flags; the bit rate
    tag += (ENCODER_DELAY_SAMPLES << 12 | padding).to_bytes(3, "big")
    tag += bytes([0, 0, 0, 0])  # nothing more is told of the encoder; gain unchanged; no preset
    tag += total.to_bytes(4, "big")
    tag += bytes(2)  # the checksum of the sound is left out, as many encoders do
    return bytes(tag) + _compute_crc16(before + bytes(tag)).to_bytes(2, "big")


def _encode_header(shape: FrameShape) -> bytes:
    factor = 1 if shape.rate >= 32_000 else 2 if shape.rate >= 16_000 else 4
    bitrates = _BITRATES_KBPS[min(factor, 2)]
    bits = 0x7FF << 21 | _VERSION_BITS[factor] << 19 | 0b01 << 17 | 1 << 16  # layer III, no checksum
    bits |= (bitrates.index(shape.bitrate) + 1) << 12 | _SAMPLE_RATE_INDEX[shape.rate * factor] << 10
    bits |= 0b11 << 6 | 1 << 2  # mono, original
    return bits.to_bytes(4, "big")


def _count_frame_bytes(shape: FrameShape) -> int:
    return shape.frame // 8 * shape.bitrate * 1000 // shape.rate


def _compute_crc16(data: bytes) -> int:
    """CRC-16 as the tag has it: polynomial 0x8005, reflected, from zero."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc
