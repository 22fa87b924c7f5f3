"""Sound files that others made, of any kind that FFmpeg reads, as PCM."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any


def decode_audio(source: Path | IO[bytes], rate: int = 0) -> tuple[bytes, int]:
    """Read a sound file as 16-bit little-endian mono PCM, at `rate` hertz or (0) at its own; returns both.

    Raises `OSError` where the file cannot be read, `ValueError` where there is no sound in it.
    """
    import av  # noqa: PLC0415  80 ms that only a run with such a file pays

    try:
        with av.open(str(source) if isinstance(source, Path) else source, "r") as container:
            if not container.streams.audio:
                raise ValueError("there is no sound in it")
            rate = rate or container.streams.audio[0].rate
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
            frames = (*container.decode(audio=0), None)  # None: what the resampler holds back
            pcm = b"".join(_read_frame(out) for frame in frames for out in resampler.resample(frame))
    except av.InvalidDataError as error:
        raise ValueError(str(error)) from error
    if not pcm:
        raise ValueError("there is no sound in it")
    return pcm, rate


def resample_pcm(pcm: bytes, rate: int, wanted: int) -> bytes:
    """Take 16-bit mono PCM from one sample rate to another."""
    import av  # noqa: PLC0415  as above

    frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    frame.planes[0].update(pcm.ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="s16", layout="mono", rate=wanted)
    return b"".join(_read_frame(out) for given in (frame, None) for out in resampler.resample(given))


def _read_frame(frame: Any) -> bytes:
    """The sound of a frame, without the padding after it."""
    return bytes(frame.planes[0])[: 2 * frame.samples]
