"""MODEL: the clips and pauses of an article in playing order, and when each word is spoken.

All positions are in samples at `rate` hertz from the start of the recording, so they are exact; `Recording.seconds`
converts them. The PCM (16-bit little-endian mono) stays in the clip cache and is streamed from there: a recording of
ten hours is a small value.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.article import Metadata
from exporter.script import Role

SCHEMA = 1
"""Version of the JSON form."""

SAMPLE_RATES_HERTZ = (8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
"""Sample rates of recordings, in hertz: those of MP3 (ISO/IEC 11172-3, 13818-3), which all other formats have too."""


def choose_sample_rate(rate: int) -> int:
    """Return the sample rate of a recording for a voice's: the same, or the next higher standard one (or 48,000)."""
    return next((standard for standard in SAMPLE_RATES_HERTZ if standard >= rate), SAMPLE_RATES_HERTZ[-1])


class Clip(msgspec.Struct, frozen=True, tag_field="sound", tag="clip"):
    """Speech: `samples` long, stored in the cache under `key`."""

    key: str
    samples: int


class Silence(msgspec.Struct, frozen=True, tag_field="sound", tag="silence"):
    """A pause, `samples` long."""

    samples: int


Sound = Clip | Silence


class TimedWord(msgspec.Struct, frozen=True, array_like=True):
    """One spoken word, from sample `begin` up to `end`, and its span in the segment's `written` text."""

    text: str
    begin: int
    end: int
    written_start: int
    written_end: int


class Segment(msgspec.Struct, frozen=True):
    """One utterance on the timeline, from sample `begin` up to `end`; segments are in order and do not overlap.

    `lost` marks a gap of silence: the engine could not speak it, and the run went on (`keep_going`). `speaker` is the
    name of the voice, as among the `narrators` of the recording.
    """

    anchor: str
    role: Role
    begin: int
    end: int
    written: str
    spoken: str
    words: tuple[TimedWord, ...] = ()
    lost: bool = False
    speaker: str = ""


class Mark(msgspec.Struct, frozen=True):
    """A chapter of the recording, from sample `begin` up to `end`."""

    title: str
    anchor: str
    begin: int
    end: int
    level: int = 1


class Recording(msgspec.Struct, frozen=True):
    """The sounds of one article in playing order and its timeline.

    `rate` is in hertz; `narrators` are the names of the voices for tags and credits.
    """

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
        """Convert a position in samples to seconds."""
        return position / self.rate


def shift_segment(segment: Segment, by: int) -> Segment:
    """Move a segment and its words by a number of samples."""
    if not by:
        return segment
    words = tuple(
        TimedWord(word.text, word.begin + by, word.end + by, word.written_start, word.written_end)
        for word in segment.words
    )
    return msgspec.structs.replace(segment, begin=segment.begin + by, end=segment.end + by, words=words)


def join_recordings(recordings: Sequence[Recording]) -> Recording:
    """Join recordings of the same sample rate into one, with the title and language of the first."""
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
        metadata=merge_metadata([recording.metadata for recording in recordings]),
        narrators=tuple(dict.fromkeys(name for recording in recordings for name in recording.narrators)),
    )


def merge_metadata(facts: Sequence[Metadata]) -> Metadata:
    """Merge metadata: the values that all agree in, every author once, the latest date."""
    first, *others = facts
    if not others:
        return first
    agreed = {
        name: value
        for name in Metadata.__struct_fields__
        if all(getattr(other, name) == (value := getattr(first, name)) for other in others)
    }
    authors = tuple(dict.fromkeys(author for one in facts for author in one.authors))
    published = max(filter(None, (one.published for one in facts)), default=None)
    return Metadata(**(agreed | {"authors": authors, "published": published}))


def title_chapters(recording: Recording) -> tuple[str, ...]:
    """Return the titles of the chapters; where several articles are joined, the article stands before its headings."""
    marks = recording.chapters
    if sum(mark.level == 1 for mark in marks) < 2:
        return tuple(mark.title for mark in marks)
    titles, article = [], ""
    for mark in marks:
        article = mark.title if mark.level == 1 else article
        titles.append(mark.title if mark.level == 1 or not article else f"{article} › {mark.title}")
    return tuple(titles)


def to_json(recording: Recording) -> bytes:
    """Write a recording as UTF-8 JSON."""
    return msgspec.json.encode(recording)


def from_json(data: bytes) -> Recording:
    """Read what `to_json` wrote; raises `msgspec.DecodeError` for anything else."""
    return msgspec.json.decode(data, type=Recording)
