"""MODEL: when each word sounds.

A recording is a line of `Clip`s and `Silence`s, played one after the other, and the timeline over it. All positions
are in samples at `rate` hertz from the start of the recording, so they are exact; `seconds` turns them into time.
The PCM itself (16-bit little-endian mono) stays in the clip cache and is streamed from there: a recording of ten hours
is a small value.
"""

from __future__ import annotations

import msgspec

from exporter.article import Metadata
from exporter.script import Role

SCHEMA = 1
"""Version of the JSON form."""


class Clip(msgspec.Struct, frozen=True, tag_field="sound", tag="clip"):
    """`samples` of speech, stored in the cache under `key`."""

    key: str
    samples: int


class Silence(msgspec.Struct, frozen=True, tag_field="sound", tag="silence"):
    """`samples` of nothing."""

    samples: int


Sound = Clip | Silence


class TimedWord(msgspec.Struct, frozen=True, array_like=True):
    """One spoken word, from sample `begin` to `end`, and the span of the segment's `written` it stands for."""

    text: str
    begin: int
    end: int
    written_start: int
    written_end: int


class Segment(msgspec.Struct, frozen=True):
    """One utterance on the timeline, from sample `begin` up to `end`; segments rise and never overlap."""

    anchor: str
    role: Role
    begin: int
    end: int
    written: str
    spoken: str
    words: tuple[TimedWord, ...] = ()


class Mark(msgspec.Struct, frozen=True):
    """A chapter of the recording, from sample `begin` up to `end`."""

    title: str
    anchor: str
    begin: int
    end: int
    level: int = 1


class Recording(msgspec.Struct, frozen=True):
    """The sound of one article and its timeline; `rate` in hertz."""

    rate: int
    sounds: tuple[Sound, ...]
    segments: tuple[Segment, ...]
    chapters: tuple[Mark, ...]
    title: str = ""
    language: str = "en"
    metadata: Metadata = Metadata()
    schema: int = SCHEMA

    @property
    def samples(self) -> int:
        """Length in samples."""
        return sum(sound.samples for sound in self.sounds)

    def seconds(self, position: int) -> float:
        """Turn a position in samples into seconds."""
        return position / self.rate


def to_json(recording: Recording) -> bytes:
    """Write a recording as UTF-8 JSON."""
    return msgspec.json.encode(recording)


def from_json(data: bytes) -> Recording:
    """Read back what `to_json` wrote; raises `msgspec.DecodeError` on anything else."""
    return msgspec.json.decode(data, type=Recording)
