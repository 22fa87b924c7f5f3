"""M4B, Opus, FLAC and WAV: streamed through PyAV (FFmpeg as a library), passage by passage.

FFmpeg's muxers write the chapters of M4B and the padding that makes the length exact; mutagen adds the cover.
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
    """FFmpeg's names, with options of the container and of the codec.

    `rate` is the only sample rate it has, or 0 for any. What is written has to be whole frames of `frame` samples where
    players play the last one to its end.
    """

    container: str
    codec: str
    options: dict[str, str]
    tuning: dict[str, str]
    rate: int = 0
    lossy: bool = False
    frame: int = 1


CONTAINER_FORMATS = {
    # FFmpeg's usual search ("twoloop") takes five times as long and is further from the speech at any bit rate: at 64
    # kb/s, peaks come out 2 dB higher, where this one's rise by half a decibel.
    "m4b": ContainerFormat("ipod", "aac", {"movflags": "+faststart"}, {"aac_coder": "fast"}, lossy=True, frame=1024),
    "opus": ContainerFormat("opus", "libopus", {}, {}, rate=48_000, lossy=True),
    "flac": ContainerFormat("flac", "flac", {}, {}),
    # RF64 where four gigabytes are not enough, and the description of the Broadcast Wave Format.
    "wav": ContainerFormat("wav", "pcm_s16le", {"rf64": "auto", "write_bext": "1"}, {}),
}


_STIK_AUDIOBOOK = 2
"""The kind of medium (`stik`) that players remember the place in."""

_AAC_PRIMING_SAMPLES = 1024
"""Samples that FFmpeg's AAC encoder puts before the sound."""


def write_container(path: Path, kind: str, master: Master, tags: Tags, bitrate: int) -> None:
    """Write the sound in one of `CONTAINER_FORMATS`; raises `OSError` where the file cannot be written."""
    import av  # noqa: PLC0415  80 ms that only these formats pay

    form = CONTAINER_FORMATS[kind]
    rate = master.recording.rate
    # Times in samples: in milliseconds, as is usual, the length would not be exact.
    options = form.options | ({"movie_timescale": str(rate)} if kind == "m4b" else {})
    with av.open(str(path), "w", format=form.container, options=options) as container:
        stream: Any = container.add_stream(form.codec, rate=form.rate or rate, layout="mono", options=form.tuning)
        if form.lossy:
            stream.bit_rate = bitrate * 1000
        container.metadata.update(_collect_metadata(kind, tags))
        if kind == "m4b":
            container.set_chapters(_list_chapters(tags, rate))
        position = 0
        for number, passage in enumerate(master.passages):
            pcm = master.pcm(passage)
            frame = av.AudioFrame(format="s16", layout="mono", samples=passage.samples)
            frame.planes[0].update(pcm.ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate, frame.pts = rate, position
            container.mux(stream.encode(frame))
            position += passage.samples
            progress.advance("encoding", number + 1, len(master.passages))
        container.mux(stream.encode(None))
    if kind == "m4b":
        _complete_m4b(path, position, tags.cover())
    elif kind in ("flac", "opus") and (cover := tags.cover()):
        _embed_cover(path, kind, cover)


def _collect_metadata(kind: str, tags: Tags) -> dict[str, str]:
    facts = {
        "title": tags.title,
        "artist": tags.artist,
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
        # The description of a broadcast wave holds 256 bytes of ASCII.
        facts |= {"description": tags.title.encode("ascii", "replace")[:256].decode(), "originator": "exporter"}
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
    """Chapters as Vorbis comments: FFmpeg writes none for FLAC, and for Opus it rounds their seconds up."""
    comments: dict[str, str] = {}
    for number, chapter in enumerate(tags.chapters[:1000]):
        hours, rest = divmod(chapter.begin, 3600)
        minutes, seconds = divmod(rest, 60)
        comments[f"CHAPTER{number:03}"] = f"{int(hours):02}:{int(minutes):02}:{seconds:06.3f}"
        comments[f"CHAPTER{number:03}NAME"] = chapter.title
    return comments


def _complete_m4b(path: Path, samples: int, cover: CoverPicture | None) -> None:
    """Put into an M4B what FFmpeg doesn't: that it is an audiobook, its length as iTunes has it, and the cover.

    FFmpeg would make the cover a video stream.

    Newer players read where the sound begins and ends in the edit list, which FFmpeg writes.
    """
    mp4: Any = import_module("mutagen.mp4")  # as below
    file = mp4.MP4(path)
    numbers = [0, _AAC_PRIMING_SAMPLES, -(samples + _AAC_PRIMING_SAMPLES) % CONTAINER_FORMATS["m4b"].frame]
    file["stik"] = [_STIK_AUDIOBOOK]
    gapless = [*(f"{number:08X}" for number in numbers), f"{samples:016X}", *["0" * 8] * 8]
    file["----:com.apple.iTunes:iTunSMPB"] = [mp4.MP4FreeForm(f" {' '.join(gapless)}".encode("ascii"))]
    if cover:
        shape = mp4.MP4Cover.FORMAT_PNG if cover.media_type == "image/png" else mp4.MP4Cover.FORMAT_JPEG
        file["covr"] = [mp4.MP4Cover(cover.data, imageformat=shape)]
    file.save()


def _embed_cover(path: Path, kind: str, cover: CoverPicture) -> None:
    flac: Any = import_module("mutagen.flac")  # mutagen is typed in parts only
    block = flac.Picture()
    block.type, block.mime, block.data = 3, cover.media_type, cover.data
    if kind == "flac":
        file = flac.FLAC(path)
        file.add_picture(block)
    else:
        oggopus: Any = import_module("mutagen.oggopus")
        file = oggopus.OggOpus(path)
        file["metadata_block_picture"] = [base64.b64encode(block.write()).decode("ascii")]
    file.save()
