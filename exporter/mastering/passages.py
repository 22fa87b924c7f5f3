"""A recording cut at its pauses into passages that can be mastered one by one, on all processors, and kept.

A passage begins with a clip and ends with the pause after it. Where to cut depends on nothing but the passage's own
content, so an edit changes the passage it is in and no other. Where the format has frames (MP3, AAC), the last pause
of each passage is set to the nearest length that makes whole frames: at most half a frame more or less (at 22,050 Hz,
13 ms of MP3 and 23 of AAC), and the timeline that is returned knows it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

import msgspec

from exporter.recording import Recording, Silence, Sound, shift_segment

MIN_PASSAGE_SECONDS = 10.0
"""Seconds after which a passage ends at the next long pause."""

LONG_PAUSE_SECONDS = 0.6
"""Seconds of a long pause: one between paragraphs, where the settings are the usual ones."""

LONG_PASSAGE_SECONDS = 30.0
"""Seconds after which a passage ends at any pause."""

MIN_JOINT_FRAMES = 4
"""Frames a pause needs to be cut in: what an encoder smears over a joint is silence then."""


class Passage(msgspec.Struct, frozen=True):
    """Some sounds in a row, from sample `begin` of the recording; `samples` long, a whole number of frames.

    `bed` is the key of the clip with the music under it, or empty.
    """

    begin: int
    samples: int
    sounds: tuple[Sound, ...]
    bed: str = ""

    def content(self) -> bytes:
        """Everything that its sound depends on."""
        return msgspec.msgpack.encode((self.sounds, self.bed, self.begin if self.bed else 0))


def cut_passages(recording: Recording, frame: int = 1) -> tuple[Recording, tuple[Passage, ...]]:
    """Cut a recording; returns it with its pauses as they are now, and its passages, which tile it.

    A recording of nothing becomes a second of silence, since no format can hold less than something.
    """
    if not recording.samples:
        recording = msgspec.structs.replace(recording, sounds=(Silence(recording.rate),))
    passages: list[Passage] = []
    starts: list[int] = []  # where each passage begins on the old timeline
    old = new = 0
    for sounds in _group_sounds(recording, frame):
        fitted = fit_to_frames(sounds, frame)
        samples = _count_samples(fitted)
        starts.append(old)
        passages.append(Passage(new, samples, fitted))
        old += _count_samples(sounds)
        new += samples
    shifts = [*(passage.begin - start for passage, start in zip(passages, starts, strict=True)), new - old]
    return _shift_timeline(recording, passages, [*starts, old], shifts), tuple(passages)


def _group_sounds(recording: Recording, frame: int) -> Iterator[list[Sound]]:
    """Sounds of each passage; every one but the first begins with a clip."""
    chapters = {mark.begin for mark in recording.chapters}
    group: list[Sound] = []
    begin = position = 0
    for sound in recording.sounds:
        group.append(sound)
        position += sound.samples
        if isinstance(sound, Silence) and len(group) > 1:
            length = (position - begin) / recording.rate
            pause = sound.samples / recording.rate
            wanted = (
                position in chapters
                or (length >= MIN_PASSAGE_SECONDS and pause >= LONG_PAUSE_SECONDS)
                or length >= LONG_PASSAGE_SECONDS
            )
            if wanted and sound.samples >= MIN_JOINT_FRAMES * frame:
                yield group
                group, begin = [], position
    if group:
        yield group


def _count_samples(sounds: Iterable[Sound]) -> int:
    return sum(sound.samples for sound in sounds)


def fit_to_frames(sounds: list[Sound], frame: int) -> tuple[Sound, ...]:
    """Set the last pause so that the whole is so many frames; where the last sound is no pause, it gets one."""
    *before, last = sounds
    if not isinstance(last, Silence):
        before, last = sounds, Silence(0)
    length = _count_samples(before)
    wanted = max(round((length + last.samples) / frame), -(-length // frame)) * frame
    return (*before, Silence(wanted - length)) if wanted > length else tuple(before)


def _shift_timeline(recording: Recording, passages: list[Passage], starts: list[int], shifts: list[int]) -> Recording:
    """Move everything from `starts[n]` on by `shifts[n]`."""

    def moved(position: int) -> int:
        return position + shifts[bisect_right(starts, position) - 1]

    segments = tuple(shift_segment(segment, moved(segment.begin) - segment.begin) for segment in recording.segments)
    chapters = tuple(
        msgspec.structs.replace(mark, begin=moved(mark.begin), end=moved(mark.end)) for mark in recording.chapters
    )
    sounds = tuple(sound for passage in passages for sound in passage.sounds)
    return msgspec.structs.replace(recording, sounds=sounds, segments=segments, chapters=chapters)
