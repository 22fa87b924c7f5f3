"""MPEG audio layer III frames, and the Info frame that lameenc does not write.

lameenc returns bare frames. The Info frame (with the "LAME tag") gives the encoder delay and the padding, from which a
player knows the length exact to the sample. Tables and layout: ISO/IEC 11172-3 and 13818-3 for the frame, Gabriel
Bouvigne's "Mp3 Info Tag rev 1 specifications" for the tag.
"""

from __future__ import annotations

from typing import NamedTuple

ENCODER_DELAY_SAMPLES = 576
"""Encoder delay of LAME: samples of silence before the sound."""

_BITRATES_KBPS = {
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Bit rates of MPEG-1, and of MPEG-2 and 2.5; the index in a header counts from 1."""

_SAMPLE_RATE_INDEX = {44_100: 0, 48_000: 1, 32_000: 2}
"""Index of MPEG-1's sample rates in hertz; MPEG-2 has the halves, MPEG-2.5 the quarters."""

_VERSION_BITS = {1: 0b11, 2: 0b10, 4: 0b00}
"""Version in a header, by the quotient of MPEG-1's sample rate and the frame's."""

_SIDE_INFORMATION_BYTES = {1: 17, 2: 9}
"""Of a mono frame, by version."""

_XING_BYTES, _LAME_TAG_BYTES = 116, 36
_INFO_FRAME_BYTES = 4 + _SIDE_INFORMATION_BYTES[1] + _XING_BYTES + _LAME_TAG_BYTES
"""Smallest frame that an Info frame fits in."""


class FrameShape(NamedTuple):
    """The variable fields of a header: `rate` in hertz, `bitrate` in kbit/s, `frame_samples` in each frame."""

    rate: int
    bitrate: int
    frame_samples: int


def find_shape(rate: int, bitrate: int) -> FrameShape:
    """Return the shape with the nearest bit rate; `rate` must be one of `exporter.recording.SAMPLE_RATES_HERTZ`."""
    version = _find_mpeg_version(rate)
    nearest = min(_BITRATES_KBPS[version], key=lambda standard: abs(standard - bitrate))
    return FrameShape(rate, nearest, 1152 // version)


def find_frame_starts(data: bytes, shape: FrameShape) -> list[int]:
    """Return the byte at which each frame begins, and that at which the last one ends."""
    starts = [0]
    size = _count_frame_bytes(shape)
    while starts[-1] + 4 <= len(data):
        padding = data[starts[-1] + 2] >> 1 & 1
        starts.append(starts[-1] + size + padding)
    return starts


def count_frames(size: int, shape: FrameShape) -> int:
    """Count the frames in `size` bytes; a frame may have one byte more than the others."""
    return size // _count_frame_bytes(shape)


def build_info_frame(shape: FrameShape, frames: int, size: int, samples: int) -> bytes:
    """Return the Info frame of a file: `frames` frames of together `size` bytes, with `samples` samples of sound."""
    version = _find_mpeg_version(shape.rate)
    # Of the file's own bit rate if it fits: eyeD3 computes the length of a file from the one in this frame.
    own = next(
        wider
        for kbps in (shape.bitrate, *_BITRATES_KBPS[version])
        if _count_frame_bytes(wider := shape._replace(bitrate=kbps)) >= _INFO_FRAME_BYTES
    )
    body = bytearray(_count_frame_bytes(own))
    body[:4] = _encode_header(own)
    at = 4 + _SIDE_INFORMATION_BYTES[version]
    total = size + len(body)
    toc = bytes(min(255, 256 * index // 100) for index in range(100))
    xing = b"Info" + (0b0111).to_bytes(4, "big") + frames.to_bytes(4, "big") + total.to_bytes(4, "big") + toc
    body[at : at + _XING_BYTES] = xing
    body[at + _XING_BYTES : at + _XING_BYTES + _LAME_TAG_BYTES] = _build_lame_tag(
        bytes(body[: at + _XING_BYTES]), shape, frames, total, samples
    )
    return bytes(body)


def _build_lame_tag(before: bytes, shape: FrameShape, frames: int, total: int, samples: int) -> bytes:
    padding = frames * shape.frame_samples - ENCODER_DELAY_SAMPLES - samples
    tag = bytearray(b"LAME3.100")
    tag += bytes([0x01, 0])  # revision 0, constant bit rate; low-pass filter not given
    tag += bytes(8)  # no replay gain: the loudness is the target's
    tag += bytes([0, min(255, shape.bitrate)])  # no flags; the bit rate
    tag += (ENCODER_DELAY_SAMPLES << 12 | padding).to_bytes(3, "big")
    tag += bytes([0, 0, 0, 0])  # no more about the encoder; gain unchanged; no preset
    tag += total.to_bytes(4, "big")
    tag += bytes(2)  # no checksum of the frames, as with many encoders
    return bytes(tag) + _compute_crc16(before + bytes(tag)).to_bytes(2, "big")


def _find_mpeg_version(rate: int) -> int:
    """Return the MPEG version of a sample rate: 1, or 2 for MPEG-2 and 2.5."""
    return 1 if rate >= min(_SAMPLE_RATE_INDEX) else 2


def _encode_header(shape: FrameShape) -> bytes:
    factor = 1 if shape.rate >= 32_000 else 2 if shape.rate >= 16_000 else 4
    bitrates = _BITRATES_KBPS[min(factor, 2)]
    bits = 0x7FF << 21 | _VERSION_BITS[factor] << 19 | 0b01 << 17 | 1 << 16  # layer III, no checksum
    bits |= (bitrates.index(shape.bitrate) + 1) << 12 | _SAMPLE_RATE_INDEX[shape.rate * factor] << 10
    bits |= 0b11 << 6 | 1 << 2  # mono, original
    return bits.to_bytes(4, "big")


def _count_frame_bytes(shape: FrameShape) -> int:
    return shape.frame_samples // 8 * shape.bitrate * 1000 // shape.rate


def _compute_crc16(data: bytes) -> int:
    """Return the CRC-16 of the tag: polynomial 0x8005, reflected, initial value 0."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc
