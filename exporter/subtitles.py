"""A recording's timeline in the forms of other programs; what is shown is the written form, in step with the spoken.

`FORMATS` names them: what `audio.subtitles` may hold, the suffix of the file, and the function that writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from exporter.recording import Recording, Segment, TimedWord
from exporter.registry import unknown

LONGEST = 84
"""Characters of a subtitle: two lines of 42, as broadcasters have them."""

SLOWEST = 7.0
"""Seconds a subtitle stands at most, as broadcasters have it."""


class Line(msgspec.Struct, frozen=True):
    """One subtitle: `text` from `begin` to `end` (samples), with the places in it where words begin to sound."""

    begin: int
    end: int
    text: str
    words: tuple[tuple[int, int], ...] = ()  # place in the text, sample


class Format(msgspec.Struct, frozen=True):
    """A file beside the episode."""

    suffix: str
    write: Callable[[Recording], str]


def lines(recording: Recording) -> Iterator[Line]:
    """Cut the timeline into subtitles that can be read: a sentence each, a long one in parts."""
    for segment in recording.segments:
        if segment.written.strip() and segment.end > segment.begin:
            yield from _parts(segment, recording.rate)


def _parts(segment: Segment, rate: int) -> Iterator[Line]:
    groups: list[list[TimedWord]] = [[]]
    reached = 0
    for word in segment.words:
        group = groups[-1]
        long = group and (
            word.written_end - group[0].written_start > LONGEST or word.end - group[0].begin > SLOWEST * rate
        )
        # A part may only end where what is written ends: several spoken words can stand for one number.
        if long and word.written_start >= reached:
            groups.append([])
        groups[-1].append(word)
        reached = max(reached, word.written_end)
    if len(groups) == 1:
        yield _line(segment, groups[0], 0, len(segment.written), (segment.begin, segment.end))
        return
    for number, group in enumerate(groups):
        last = number == len(groups) - 1
        start = 0 if not number else group[0].written_start
        end = len(segment.written) if last else groups[number + 1][0].written_start
        begins = segment.begin if not number else group[0].begin
        yield _line(segment, group, start, end, (begins, segment.end if last else group[-1].end))


def _line(segment: Segment, words: list[TimedWord], start: int, end: int, times: tuple[int, int]) -> Line:
    text = segment.written[start:end].strip()
    lead = segment.written.index(text, start) if text else start
    places: dict[int, int] = {}
    for word in words:
        place = word.written_start - lead
        if 0 < place < len(text):
            # A unit may be written with the space before it.
            places.setdefault(place + text[place].isspace(), word.begin)
    clean = " ".join(text.split())
    # White space that is folded would move the places: then the line is shown whole.
    return Line(*times, clean, tuple(sorted(places.items())) if clean == text else ())


def vtt(recording: Recording) -> str:
    """WebVTT, with a time before each word."""
    cues = ["WEBVTT\n"]
    for line in lines(recording):
        pieces, done = [], 0
        for place, sample in line.words:
            if line.begin < sample < line.end:
                pieces.append(f"{_escaped(line.text[done:place])}<{_clock(recording.seconds(sample))}>")
                done = place
        pieces.append(_escaped(line.text[done:]))
        cues.append(f"{_span(recording, line)}\n{''.join(pieces)}\n")
    return "\n".join(cues)


def srt(recording: Recording) -> str:
    """SubRip."""
    return "\n".join(
        f"{number}\n{_span(recording, line).replace('.', ',')}\n{_folded(line.text)}\n"
        for number, line in enumerate(lines(recording), 1)
    )


def lrc(recording: Recording) -> str:
    """Lyrics: what many music players show."""
    head = f"[ti:{recording.title}]\n"
    return head + "".join(f"[{_minutes(recording.seconds(line.begin))}]{line.text}\n" for line in lines(recording))


def labels(recording: Recording) -> str:
    """Labels for Audacity: a sentence each."""
    return "".join(
        f"{recording.seconds(segment.begin):.6f}\t{recording.seconds(segment.end):.6f}\t"
        f"{' '.join(segment.written.split())}\n"
        for segment in recording.segments
    )


def chapters(recording: Recording) -> str:
    """Chapters as Podcasting 2.0 has them (application/json+chapters)."""
    entries = [
        {"startTime": _rounded(recording, mark.begin), "title": mark.title, "endTime": _rounded(recording, mark.end)}
        for mark in recording.chapters
    ]
    return _json({"version": "1.2.0", "title": recording.title, "chapters": entries})


def podlove(recording: Recording) -> str:
    """Podlove Simple Chapters."""
    return _json([{"start": _clock(recording.seconds(mark.begin)), "title": mark.title} for mark in recording.chapters])


def transcript(recording: Recording) -> str:
    """A transcript as Podcasting 2.0 has it, with the anchors and the times of words besides."""
    segments = [
        {
            "startTime": _rounded(recording, segment.begin),
            "endTime": _rounded(recording, segment.end),
            "role": segment.role,
            "body": segment.written,
            "anchor": segment.anchor,
            "spoken": segment.spoken,
            "words": [
                [word.text, _rounded(recording, word.begin), _rounded(recording, word.end)] for word in segment.words
            ],
        }
        for segment in recording.segments
    ]
    return _json({"version": "1.0.0", "segments": segments})


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "vtt": Format(".vtt", vtt),
        "srt": Format(".srt", srt),
        "lrc": Format(".lrc", lrc),
        "labels": Format(".labels.txt", labels),
        "chapters": Format(".chapters.json", chapters),
        "podlove": Format(".podlove.json", podlove),
        "json": Format(".transcript.json", transcript),
    }
)


def choose(name: str) -> Format:
    """Find a format by name; raises `UsageError` with the nearest right one."""
    if name not in FORMATS:
        raise unknown("choosing a timeline", name, tuple(FORMATS))
    return FORMATS[name]


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def _rounded(recording: Recording, sample: int) -> float:
    return round(recording.seconds(sample), 3)


def _span(recording: Recording, line: Line) -> str:
    return f"{_clock(recording.seconds(line.begin))} --> {_clock(recording.seconds(line.end))}"


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _minutes(seconds: float) -> str:
    hundredths = round(seconds * 100)
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _folded(text: str) -> str:
    """Break a long line in two, near its middle."""
    if len(text) <= LONGEST // 2:
        return text
    spaces = [place for place, character in enumerate(text) if character == " "]
    if not spaces:
        return text
    middle = min(spaces, key=lambda place: abs(place - len(text) / 2))
    return f"{text[:middle]}\n{text[middle + 1 :]}"
