"""MODEL: when each word sounds.

A recording is a line of `Clip`s and `Silence`s, played one after the other, and the timeline over it. All positions
are in samples at `rate` hertz from the start of the recording, so they are exact; `seconds` turns them into time.
The PCM itself (16-bit little-endian mono) stays in the clip cache and is streamed from there: a recording of ten hours
is a small value.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.article import Metadata
from exporter.script import Role

SCHEMA = 1
"""Version of the JSON form."""


SAMPLE_RATES_HERTZ = (8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
"""Sample rates of recordings, in hertz: those that MP3 has, and every other format too."""


def choose_sample_rate(rate: int) -> int:
    """The rate of a recording for a voice of any rate: its own, or the next higher that there is."""
    return next((known for known in SAMPLE_RATES_HERTZ if known >= rate), SAMPLE_RATES_HERTZ[-1])


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
    """One utterance on the timeline, from sample `begin` up to `end`; segments rise and never overlap.

    `lost` marks a gap: the engine could not speak it, and the run was told to go on.
    """

    anchor: str
    role: Role
    begin: int
    end: int
    written: str
    spoken: str
    words: tuple[TimedWord, ...] = ()
    lost: bool = False


class Mark(msgspec.Struct, frozen=True):
    """A chapter of the recording, from sample `begin` up to `end`."""

    title: str
    anchor: str
    begin: int
    end: int
    level: int = 1


class Recording(msgspec.Struct, frozen=True):
    """The sound of one article and its timeline; `rate` in hertz, `narrators` as a listener is told of them."""

    rate: int
    sounds: tuple[Sound, ...]
    segments: tuple[Segment, ...]
    chapters: tuple[Mark, ...]
    title: str = ""
    language: str = "en"
    metadata: Metadata = Metadata()
    narrators: tuple[str, ...] = ()
    schema: int = SCHEMA

    @property
    def samples(self) -> int:
        """Length in samples."""
        return sum(sound.samples for sound in self.sounds)

    def seconds(self, position: int) -> float:
        """Turn a position in samples into seconds."""
        return position / self.rate


def shift_segment(segment: Segment, by: int) -> Segment:
    """Move a segment and its words by so many samples."""
    if not by:
        return segment
    words = tuple(
        TimedWord(word.text, word.begin + by, word.end + by, word.written_start, word.written_end)
        for word in segment.words
    )
    return msgspec.structs.replace(segment, begin=segment.begin + by, end=segment.end + by, words=words)


def join_recordings(recordings: Sequence[Recording]) -> Recording:
    """Play recordings of the same rate one after the other, under the title of the first."""
    first = recordings[0]
    if len(recordings) == 1:
        return first
    segments: list[Segment] = []
    chapters: list[Mark] = []
    by = 0
    for recording in recordings:
        segments += (shift_segment(segment, by) for segment in recording.segments)
        chapters += (
            msgspec.structs.replace(mark, begin=mark.begin + by, end=mark.end + by) for mark in recording.chapters
        )
        by += recording.samples
    sounds = tuple(sound for recording in recordings for sound in recording.sounds)
    return msgspec.structs.replace(
        first,
        sounds=sounds,
        segments=tuple(segments),
        chapters=tuple(chapters),
        metadata=_merge_metadata([recording.metadata for recording in recordings]),
        narrators=tuple(dict.fromkeys(name for recording in recordings for name in recording.narrators)),
    )


def _merge_metadata(facts: Sequence[Metadata]) -> Metadata:
    """What is true of several articles together: what they agree in, all their authors, the latest date."""
    first, *others = facts
    agreed = {
        name: value
        for name in Metadata.__struct_fields__
        if all(getattr(other, name) == (value := getattr(first, name)) for other in others)
    }
    authors = tuple(dict.fromkeys(author for one in facts for author in one.authors))
    published = max(filter(None, (one.published for one in facts)), default=None)
    return Metadata(**(agreed | {"authors": authors, "published": published}))


def to_json(recording: Recording) -> bytes:
    """Write a recording as UTF-8 JSON."""
    return msgspec.json.encode(recording)


def from_json(data: bytes) -> Recording:
    """Read back what `to_json` wrote; raises `msgspec.DecodeError` on anything else."""
    return msgspec.json.decode(data, type=Recording)
