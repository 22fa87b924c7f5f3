"""An episode split into files: one for each section, or one for each sentence (for learners)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from html import escape

import msgspec

from exporter.m3u8 import format_m3u8
from exporter.mastering.episode import Episode
from exporter.mastering.passages import Passage, fit_to_frames
from exporter.recording import Clip, Silence

_SENTENCE_PAUSE_SECONDS = 0.25
"""Silence after a sentence, so that players do not cut its end; chosen, no measurement."""


class SplitFile(msgspec.Struct, frozen=True):
    """Consecutive passages that are written to one file."""

    title: str
    passages: tuple[Passage, ...]


def split_sections(made: Episode) -> list[SplitFile]:
    """Return a file for each chapter; a passage belongs to the chapter in which it begins."""
    marks = made.recording.chapters
    if not marks:
        return [SplitFile(made.title, made.master.passages)]
    starts = [mark.begin for mark in marks]
    groups: list[list[Passage]] = [[] for _ in marks]
    for passage in made.master.passages:
        groups[max(0, bisect_right(starts, passage.begin) - 1)].append(passage)
    return [SplitFile(mark.title, tuple(group)) for mark, group in zip(marks, groups, strict=True) if group]


def split_sentences(made: Episode) -> list[SplitFile]:
    """Return a file for each segment: its clip, and a short silence; gaps are left out."""
    clips: dict[int, Clip] = {}
    position = 0
    for sound in made.recording.sounds:
        if isinstance(sound, Clip) and sound.samples:
            clips[position] = sound
        position += sound.samples
    after = Silence(round(_SENTENCE_PAUSE_SECONDS * made.recording.rate))
    found = []
    for segment in made.recording.segments:
        if segment.end > segment.begin and (clip := clips.get(segment.begin)):
            sounds = fit_to_frames([clip, after], made.frame_samples)
            samples = sum(sound.samples for sound in sounds)
            found.append(SplitFile(segment.written or segment.spoken, (Passage(segment.begin, samples, sounds),)))
    return found


def format_playlist(made: Episode, names: Sequence[str], found: Sequence[SplitFile]) -> str:
    """Return a playlist (M3U8) of the files, whose names are `names`."""
    lengths = (sum(passage.samples for passage in part.passages) / made.recording.rate for part in found)
    titles = (part.title for part in found)
    return format_m3u8(made.title, zip(lengths, titles, names, strict=True))


def format_anki_notes(names: Sequence[str], found: Sequence[SplitFile]) -> str:
    """Return notes to import into Anki: the sentence, as HTML, and its sound.

    No field begins with a character that makes it a comment to Anki or a formula to a spreadsheet.
    """
    lines = [f"{_format_field(part.title)}\t[sound:{name}]" for name, part in zip(names, found, strict=True)]
    return "\n".join(["#separator:tab", "#html:true", *lines]) + "\n"


_FIRST_CHARACTERS = "=+-@#"
"""What begins a formula in a spreadsheet (OWASP, "CSV injection"), and a comment in a file of notes."""


def _format_field(text: str) -> str:
    """Return a text as HTML on one line; a quotation mark would make Anki read on to the next one."""
    line = escape(" ".join(text.split()))
    return f"&#{ord(line[0])};{line[1:]}" if line.startswith(tuple(_FIRST_CHARACTERS)) else line
