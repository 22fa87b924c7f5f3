"""M4B, Opus, FLAC and WAV: streamed through PyAV (FFmpeg as a library), passage by passage.

FFmpeg's muxers write the chapters of M4B, and priming and padding, from which players know the exact length; mutagen
adds the cover.
"""

from __future__ import annotations

import base64
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from exporter import progress
from exporter.mastering.master import Master
from exporter.mastering.tags import CoverPicture, Tags


class ContainerFormat(NamedTuple):
    """FFmpeg's names of a container and a codec, with the options of both.

    `sample_rate` is the only one that the codec has, in hertz, or 0 for any. Files must hold whole frames of
    `frame_samples`, because players do not cut the padding of the last one; 1 where they do. The codec raises true
    peaks by `overshoot_db` more than MP3 and AAC do.
    """

    container: str
    codec: str
    container_options: dict[str, str]
    codec_options: dict[str, str]
    sample_rate: int = 0
    is_lossy: bool = False
    frame_samples: int = 1
    overshoot_db: float = 0.0


CONTAINER_FORMATS = {
    # FFmpeg's default search ("twoloop") takes five times as long and distorts speech more: at 64 kbit/s it raises true
    # peaks by 0.7 dB, "fast" by 0.3 dB (measured on speech: tests/training/measure_encoders.py).
    "m4b": ContainerFormat(
        *("ipod", "aac", {"movflags": "+faststart", "brand": "M4B "}, {"aac_coder": "fast"}),
        is_lossy=True,
        frame_samples=1024,
    ),
    # Without "bitexact", the serial number of an Ogg stream is random: no two files would be the same.
    # At 64 kbit/s, Opus raises a few true peaks of noise, as music has it, by 1.7 dB (AAC 0.1, MP3 0.7).
    "opus": ContainerFormat(
        "opus", "libopus", {"fflags": "+bitexact"}, {}, sample_rate=48_000, is_lossy=True, overshoot_db=0.75
    ),
    "flac": ContainerFormat("flac", "flac", {}, {}),
    # RF64 for files over 4 GB; the chunk "bext" makes it a Broadcast Wave file (EBU Tech 3285).
    "wav": ContainerFormat("wav", "pcm_s16le", {"rf64": "auto", "write_bext": "1"}, {}),
}

_STIK_AUDIOBOOK = 2
"""Media type (the atom `stik`) of an audiobook, in which players keep the listener's position."""

_AAC_PRIMING_SAMPLES = 1024
"""Priming of FFmpeg's AAC encoder: samples before the sound."""

_MAX_CHAPTER_COMMENTS = 1000
"""Chapters that Vorbis comments can number, with three digits."""

_MAX_BEXT_DESCRIPTION_BYTES = 256
_FRONT_COVER = 3
"""Picture type of a FLAC picture block, numbered as in ID3."""


def write_container(path: Path, kind: str, master: Master, tags: Tags, bitrate: int) -> None:
    """Write a file in one of `CONTAINER_FORMATS`, at `bitrate` kbit/s if it is lossy; raises `OSError`."""
    import av  # noqa: PLC0415  80 ms, MP3 does not need it

    form = CONTAINER_FORMATS[kind]
    rate = master.recording.rate
    # Times in samples: in FFmpeg's default, milliseconds, the length would not be exact.
    options = form.container_options | ({"movie_timescale": str(rate)} if kind == "m4b" else {})
    with av.open(str(path), "w", format=form.container, options=options) as container:
        stream: Any = container.add_stream(
            form.codec, rate=form.sample_rate or rate, layout="mono", options=form.codec_options
        )
        if form.is_lossy:
            stream.bit_rate = bitrate * 1000
        container.metadata.update(_collect_metadata(kind, tags))
        if kind == "m4b":
            container.set_chapters(_list_chapters(tags, rate))
        position = 0
        for number, passage in enumerate(master.passages):
            pcm = master.render_pcm(passage)
            frame = av.AudioFrame(format="s16", layout="mono", samples=passage.samples)
            frame.planes[0].update(pcm.ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate, frame.pts = rate, position
            container.mux(stream.encode(frame))
            position += passage.samples
            progress.advance(progress.name_stage("encoding", tags.title), number + 1, len(master.passages))
        container.mux(stream.encode(None))
    if kind == "m4b":
        _complete_m4b(path, position, tags.cover())
    elif kind in ("flac", "opus") and (cover := tags.cover()):
        _embed_cover(path, kind, cover)


def _collect_metadata(kind: str, tags: Tags) -> dict[str, str]:
    """Return the tags under the names that FFmpeg has for them; empty ones are left out."""
    facts = {
        "title": tags.title,
        "artist": tags.artist,
        "album_artist": tags.artist if kind == "m4b" else "",  # by which audiobook players sort
        "performer" if kind in ("opus", "flac") else "composer": tags.narrator,
        "album": tags.album,
        "date": tags.date,
        "comment": tags.comment,
        "copyright": tags.rights,
        "genre": "Speech",
        "description": tags.comment if kind == "m4b" else "",
        "lyrics": tags.text,
    }
    if kind == "wav":
        facts = {"title": tags.title, "artist": tags.artist, "date": tags.date[:10], "comment": tags.comment}
        description = tags.title.encode("ascii", "replace")[:_MAX_BEXT_DESCRIPTION_BYTES].decode()
        facts |= {"description": description, "originator": "exporter"}
        facts |= {"origination_date": tags.date[:10]}
    elif kind in ("opus", "flac"):
        facts |= {"contact": tags.link, "language": tags.language, **_make_chapter_comments(tags)}
    return {name: text for name, text in facts.items() if text}


def _list_chapters(tags: Tags, rate: int) -> list[Any]:
    return [
        {
            "id": number,
            "start": round(chapter.begin * rate),
            "end": round(chapter.end * rate),
            "time_base": Fraction(1, rate),
            "metadata": {"title": chapter.title},
        }
        for number, chapter in enumerate(tags.chapters)
    ]


def _make_chapter_comments(tags: Tags) -> dict[str, str]:
    """Return chapters as Vorbis comments: FFmpeg writes none for FLAC, and rounds their times up for Opus."""
    comments: dict[str, str] = {}
    for number, chapter in enumerate(tags.chapters[:_MAX_CHAPTER_COMMENTS]):
        hours, rest = divmod(chapter.begin, 3600)
        minutes, seconds = divmod(rest, 60)
        comments[f"CHAPTER{number:03}"] = f"{int(hours):02}:{int(minutes):02}:{seconds:06.3f}"
        comments[f"CHAPTER{number:03}NAME"] = chapter.title
    return comments


def _complete_m4b(path: Path, samples: int, cover: CoverPicture | None) -> None:
    """Add to an M4B what FFmpeg does not: the media type, iTunes' gapless information, and the cover.

    The gapless information (`iTunSMPB`) is priming, padding and length in samples; newer players take them from the
    edit list, which FFmpeg writes. A cover from FFmpeg would be a video stream.
    """
    mp4 = _import_mutagen("mp4")
    file = mp4.MP4(path)
    padding = -(samples + _AAC_PRIMING_SAMPLES) % CONTAINER_FORMATS["m4b"].frame_samples
    file["stik"] = [_STIK_AUDIOBOOK]
    numbers = (0, _AAC_PRIMING_SAMPLES, padding)
    gapless = [*(f"{number:08X}" for number in numbers), f"{samples:016X}", *["0" * 8] * 8]
    file["----:com.apple.iTunes:iTunSMPB"] = [mp4.MP4FreeForm(f" {' '.join(gapless)}".encode("ascii"))]
    if cover:
        shape = mp4.MP4Cover.FORMAT_PNG if cover.media_type == "image/png" else mp4.MP4Cover.FORMAT_JPEG
        file["covr"] = [mp4.MP4Cover(cover.data, imageformat=shape)]
    file.save()


def _embed_cover(path: Path, kind: str, cover: CoverPicture) -> None:
    flac = _import_mutagen("flac")
    block = flac.Picture()
    block.type, block.mime, block.data = _FRONT_COVER, cover.media_type, cover.data
    if kind == "flac":
        file = flac.FLAC(path)
        file.add_picture(block)
    else:
        file = _import_mutagen("oggopus").OggOpus(path)
        file["metadata_block_picture"] = [base64.b64encode(block.write()).decode("ascii")]
    file.save()


def _import_mutagen(module: str) -> Any:
    """Import a module of mutagen: 16 ms, only these formats need it. Its types are incomplete, so it is `Any` here."""
    return import_module(f"mutagen.{module}")
