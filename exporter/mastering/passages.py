"""A recording cut at its pauses into passages, which are mastered separately, on all processors, and cached.

A passage begins with a clip and ends with the pause after one. Where it ends depends only on its own content, so that
an edit changes no other passage. If the format has frames (MP3, AAC), the last pause of each passage is changed to the
nearest length that makes whole frames, by at most half a frame (at 22,050 Hz, 13 ms of MP3 and 23 ms of AAC); the
timeline is moved accordingly.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

import msgspec

from exporter.recording import Recording, Silence, Sound, shift_segment

MIN_PASSAGE_SECONDS = 10.0
"""Length from which a passage ends at the next long pause: enough work for a thread, little to redo; chosen."""

LONG_PAUSE_SECONDS = 0.6
"""A long pause is at least that: one between paragraphs is 0.7 s, between sentences 0.35 s (the defaults)."""

LONG_PASSAGE_SECONDS = 30.0
"""Length from which a passage ends at any pause."""

MIN_JOINT_FRAMES = 4
"""Shortest pause to cut in: MP3 frames overlap the next one, and the encoder's delay and lookahead are 2 frames."""


class Passage(msgspec.Struct, frozen=True):
    """Consecutive sounds from sample `begin` of the recording, `samples` long: a whole number of frames.

    `bed` is the key of the clip with the music under it, or empty.
    """

    begin: int
    samples: int
    sounds: tuple[Sound, ...]
    bed: str = ""

    def encode_content(self) -> bytes:
        """Return everything that its PCM depends on; its position matters only for the music."""
        return msgspec.msgpack.encode((self.sounds, self.bed, self.begin if self.bed else 0))


def cut_passages(recording: Recording, frame: int = 1) -> tuple[Recording, tuple[Passage, ...]]:
    """Cut a recording; returns it with the changed pauses, and its passages, which cover it without gaps.

    `frame` is the frame length in samples. An empty recording becomes a second of silence: files cannot be empty.
    """
    if not recording.samples:
        recording = msgspec.structs.replace(recording, sounds=(Silence(recording.rate),))
    passages: list[Passage] = []
    starts: list[int] = []  # of each passage on the old timeline
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
    """Yield the sounds of each passage; every passage but the first begins with a clip."""
    chapters = {mark.begin for mark in recording.chapters}
    group: list[Sound] = []
    begin = position = 0
    for sound in recording.sounds:
        group.append(sound)
        position += sound.samples
        if isinstance(sound, Silence) and len(group) > 1:
            length = (position - begin) / recording.rate
            pause = sound.samples / recording.rate
            is_end = (
                position in chapters
                or (length >= MIN_PASSAGE_SECONDS and pause >= LONG_PAUSE_SECONDS)
                or length >= LONG_PASSAGE_SECONDS
            )
            if is_end and sound.samples >= MIN_JOINT_FRAMES * frame:
                yield group
                group, begin = [], position
    if group:
        yield group


def _count_samples(sounds: Iterable[Sound]) -> int:
    return sum(sound.samples for sound in sounds)


def fit_to_frames(sounds: list[Sound], frame: int) -> tuple[Sound, ...]:
    """Change the last pause, or add one, so that the sounds together are whole frames."""
    *before, last = sounds
    if not isinstance(last, Silence):
        before, last = sounds, Silence(0)
    length = _count_samples(before)
    fitted = max(round((length + last.samples) / frame), -(-length // frame)) * frame
    return (*before, Silence(fitted - length)) if fitted > length else tuple(before)


def _shift_timeline(recording: Recording, passages: list[Passage], starts: list[int], shifts: list[int]) -> Recording:
    """Move every position from `starts[n]` on by `shifts[n]` samples."""

    def shift(position: int) -> int:
        return position + shifts[bisect_right(starts, position) - 1]

    segments = tuple(shift_segment(segment, shift(segment.begin) - segment.begin) for segment in recording.segments)
    chapters = tuple(
        msgspec.structs.replace(mark, begin=shift(mark.begin), end=shift(mark.end)) for mark in recording.chapters
    )
    sounds = tuple(sound for passage in passages for sound in passage.sounds)
    return msgspec.structs.replace(recording, sounds=sounds, segments=segments, chapters=chapters)
