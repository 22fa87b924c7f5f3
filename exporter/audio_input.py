"""Sound files of the user's and of other programs, in any format that FFmpeg reads, decoded to PCM."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any


def decode_audio(source: Path | IO[bytes], rate: int = 0) -> tuple[bytes, int]:
    """Return the 16-bit little-endian mono PCM of a sound file, and its sample rate: `rate` hertz, or its own if 0.

    Raises `OSError` if the file cannot be read, `ValueError` if it has no sound.
    """
    parts = []
    for part, part_rate in stream_audio(source, rate):
        parts.append(part)
        rate = part_rate
    pcm = b"".join(parts)
    if not pcm:
        raise ValueError("there is no sound in it")
    return pcm, rate


def stream_audio(source: Path | IO[bytes], rate: int = 0) -> Iterator[tuple[bytes, int]]:
    """Yield the PCM of a sound file in parts of a few milliseconds, with its sample rate, as `decode_audio` does."""
    import av  # noqa: PLC0415  80 ms, most runs read no sound file

    try:
        with av.open(str(source) if isinstance(source, Path) else source, "r") as container:
            if not container.streams.audio:
                raise ValueError("there is no sound in it")
            rate = rate or container.streams.audio[0].rate
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
            for frame in chain(container.decode(audio=0), [None]):  # None flushes the resampler
                for out in resampler.resample(frame):
                    yield _read_frame(out), rate
    except av.InvalidDataError as error:
        raise ValueError(str(error)) from error


def resample_pcm(pcm: bytes, rate: int, new_rate: int) -> bytes:
    """Convert 16-bit mono PCM from a sample rate to another; both are in hertz."""
    import av  # noqa: PLC0415  as above

    frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    frame.planes[0].update(pcm.ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="s16", layout="mono", rate=new_rate)
    return b"".join(_read_frame(out) for part in (frame, None) for out in resampler.resample(part))


def _read_frame(frame: Any) -> bytes:
    """Return the PCM of a frame, without the padding of its buffer."""
    return bytes(frame.planes[0])[: 2 * frame.samples]
