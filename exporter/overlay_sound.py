"""The sound of a page with a media overlay: it is spoken and encoded, and its clips follow each other without gaps."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import msgspec

from exporter import fragments
from exporter.ebook.package import Fragment
from exporter.edition import Work
from exporter.mastering.episode import build_episode
from exporter.output import whole_file
from exporter.recording import Recording, Segment

_MEDIA_TYPES = {"mp3": "audio/mpeg", "m4b": "audio/mp4", "opus": "audio/ogg; codecs=opus"}
"""The audio of EPUB's core media types (EPUB 3.3, 3.2), by format; for any other format a book gets MP3."""


class OverlaySound(msgspec.Struct, frozen=True):
    """Encoded sound: its media type, its timeline, and the segments that are words of the page."""

    media_type: str
    recording: Recording
    segments: tuple[Segment, ...]

    @property
    def duration(self) -> float:
        """Its length in seconds."""
        return self.recording.seconds(self.recording.samples)

    def close_gaps(self, starts: Iterable[tuple[str, int]]) -> tuple[Fragment, ...]:
        """Return each anchor with its clip: from its start in samples, or that of the sound, to the start of the next.

        A pause belongs to the clip before it: where clips do not meet, players like Thorium's seek to the next one, and
        the pauses are lost.
        """
        anchors = [(anchor, self.recording.seconds(begin)) for anchor, begin in starts]
        begins = [0.0, *(begin for _, begin in anchors[1:])]
        ends = [*begins[1:], math.floor(self.duration * 1000) / 1000]  # written in milliseconds, within the sound
        return tuple((anchor, begin, end) for (anchor, _), begin, end in zip(anchors, begins, ends, strict=False))


def write_sound(work: Work, path: Path) -> OverlaySound:
    """Speak a work and write its sound to `path`; raises `SpeechError` and `OutputError`."""
    config = work.config
    if config.audio.format not in _MEDIA_TYPES:
        audio = msgspec.structs.replace(config.audio, format="mp3")
        config = msgspec.structs.replace(config, audio=audio)
    made = build_episode([work.recording], work.article.metadata.title, config)
    with whole_file(path) as temporary:
        made.write(temporary)
    segments = made.recording.segments
    spoken = tuple(segment for segment in segments if not segment.lost and not fragments.is_beside_text(segment))
    return OverlaySound(_MEDIA_TYPES[config.audio.format], made.recording, spoken)
