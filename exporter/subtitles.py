"""Subtitles, transcripts and chapter files: the timeline of a recording in the formats of other programs.

They show the written text at the times of the spoken. `SUBTITLE_FORMATS` has them by the name that `audio.subtitles`
takes, with the suffix of the file and the function that formats it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from unicodedata import east_asian_width

import msgspec

from exporter.recording import Recording, Segment, TimedWord, title_chapters
from exporter.registry import unknown_name

MAX_LINE_COLUMNS = 42
"""Width of a line, of which a subtitle has two (Netflix Timed Text Style Guide); an ideograph has two columns."""

MAX_SUBTITLE_SECONDS = 7.0
"""Longest time that a subtitle is shown (same guide)."""

_LINE_BREAK = re.compile(r"\s|[、，；：]")
"""A line may end behind it: white space, and the marks of scripts that are written without."""

_BALANCE_CHARS = 4
"""The parts of a sentence may be this much shorter than equal ones, about a word; chosen, no measurement."""


class Subtitle(msgspec.Struct, frozen=True):
    """One subtitle: `text`, shown from sample `begin` to `end`.

    `words` has the place in the text and the sample at which a word begins; empty if the times of words are unknown.
    """

    begin: int
    end: int
    text: str
    words: tuple[tuple[int, int], ...] = ()


class SubtitleFormat(msgspec.Struct, frozen=True):
    """A file beside the episode: its suffix, and the function that returns its text."""

    suffix: str
    write: Callable[[Recording], str]


def cut_subtitles(recording: Recording) -> Iterator[Subtitle]:
    """Yield the subtitles of a recording: one for each segment, several for a long one."""
    for segment in recording.segments:
        if segment.written.strip() and segment.end > segment.begin:
            yield from _split_segment(segment, recording.rate)


def _group_words(segment: Segment, rate: int, enough: float = math.inf) -> list[list[TimedWord]]:
    """Return the words of each subtitle of a segment.

    A subtitle is full if the next word would exceed two lines or `MAX_SUBTITLE_SECONDS`, or if it has `enough`
    characters.
    """
    groups: list[list[TimedWord]] = [[]]
    reached = 0
    for word, end in zip(segment.words, _find_written_ends(segment), strict=True):
        group = groups[-1]
        start = group[0].written_start if groups[1:] and group else 0
        full = group and (
            word.written_start - start >= enough
            or word.end - group[0].begin > MAX_SUBTITLE_SECONDS * rate
            or not _is_two_lines(segment.written[start:end])
        )
        # A part ends only between written words: several spoken words can stand for one number.
        if full and word.written_start >= reached:
            groups.append([])
        groups[-1].append(word)
        reached = max(reached, word.written_end)
    return groups


def _find_written_ends(segment: Segment) -> list[int]:
    """Return for each word where its written form ends, with the punctuation behind it: at the next written word."""
    ends = [len(segment.written)]
    for word, following in zip(segment.words[-2::-1], segment.words[::-1], strict=False):
        ends.append(following.written_start if following.written_start >= word.written_end else ends[-1])
    return ends[::-1] if segment.words else []


def _split_segment(segment: Segment, rate: int) -> Iterator[Subtitle]:
    """Yield the subtitles of a segment; several have about the same length, so that none shows one word only."""
    groups = _group_words(segment, rate)
    if len(groups) > 1:
        groups = min(_group_words(segment, rate, len(segment.written) / len(groups) - _BALANCE_CHARS), groups, key=len)
    if len(groups) == 1:
        yield _make_subtitle(segment, groups[0], 0, len(segment.written), (segment.begin, segment.end))
        return
    for number, group in enumerate(groups):
        last = number == len(groups) - 1
        start = 0 if not number else group[0].written_start
        end = len(segment.written) if last else groups[number + 1][0].written_start
        begins = segment.begin if not number else group[0].begin
        yield _make_subtitle(segment, group, start, end, (begins, segment.end if last else group[-1].end))


def _make_subtitle(segment: Segment, words: list[TimedWord], start: int, end: int, times: tuple[int, int]) -> Subtitle:
    text = segment.written[start:end].strip()
    lead = segment.written.index(text, start) if text else start
    places: dict[int, int] = {}
    for word in words:
        place = word.written_start - lead
        if 0 < place < len(text):
            # The written form of a unit may begin with the space before it.
            places.setdefault(place + text[place].isspace(), word.begin)
    clean = _join_line(text)
    # Where joining white space moves the places, the words get no times.
    return Subtitle(*times, clean, tuple(sorted(places.items())) if clean == text else ())


def format_vtt(recording: Recording) -> str:
    """Format WebVTT, with a timestamp before each word."""
    cues = ["WEBVTT\n"]
    for line in cut_subtitles(recording):
        pieces, done = [], 0
        for place, sample in line.words:
            if line.begin < sample < line.end:
                pieces.append(f"{_escape_markup(line.text[done:place])}<{_format_clock(recording.seconds(sample))}>")
                done = place
        pieces.append(_escape_markup(line.text[done:]))
        cues.append(f"{_format_span(recording, line)}\n{''.join(pieces)}\n")
    return "\n".join(cues)


_SRT_MARKUP = re.compile(r"<(?=[/!A-Za-z])|(?<=--)>|\{(?=\\|[A-Za-z]:)")
"""What players take for markup in SubRip, which has no escapes: tags, the arrow of a cue, codes in braces (ASS)."""

_LOOKALIKES = {"<": "\u2039", ">": "\u203a", "{": "("}


def format_srt(recording: Recording) -> str:
    """Format SubRip."""
    cues = []
    for number, line in enumerate(cut_subtitles(recording), 1):
        text = _SRT_MARKUP.sub(lambda mark: _LOOKALIKES[mark[0]], line.text)
        cues.append(f"{number}\n{_format_span(recording, line).replace('.', ',')}\n{_fold_line(text)}\n")
    return "\n".join(cues)


_LRC_TAG = re.compile(r"\[[^\]]*:|<[^>]*:")
"""What players take for a tag or a time in LRC, which has no escapes."""

_ROUND_BRACKETS = str.maketrans("[]<>", "()\u2039\u203a")


def format_lrc(recording: Recording) -> str:
    """Format LRC lyrics, which many music players show."""
    facts = {"ti": recording.title, "ar": ", ".join(recording.metadata.authors), "al": recording.metadata.site}
    lines = [f"[{name}:{_join_line(value.translate(_ROUND_BRACKETS))}]\n" for name, value in facts.items() if value]
    for line in cut_subtitles(recording):
        text = line.text.translate(_ROUND_BRACKETS) if _LRC_TAG.search(line.text) else line.text
        lines.append(f"[{_format_minutes(recording.seconds(line.begin))}]{text}\n")
    return "".join(lines)


def format_labels(recording: Recording) -> str:
    """Format an Audacity label track, a label for each sentence."""
    return "".join(
        f"{recording.seconds(segment.begin):.6f}\t{recording.seconds(segment.end):.6f}\t{_join_line(segment.written)}\n"
        for segment in recording.segments
    )


def format_chapters(recording: Recording) -> str:
    """Format JSON chapters of Podcasting 2.0 (application/json+chapters)."""
    entries = [
        {
            "startTime": _round_seconds(recording, mark.begin),
            "title": title,
            "endTime": _round_seconds(recording, mark.end),
        }
        for mark, title in zip(recording.chapters, title_chapters(recording), strict=True)
    ]
    return _format_json({"version": "1.2.0", "title": recording.title, "chapters": entries})


def format_podlove(recording: Recording) -> str:
    """Format Podlove Simple Chapters as JSON."""
    return _format_json(
        [
            {"start": _format_clock(recording.seconds(mark.begin)), "title": title}
            for mark, title in zip(recording.chapters, title_chapters(recording), strict=True)
        ]
    )


def format_transcript(recording: Recording) -> str:
    """Format a JSON transcript of Podcasting 2.0, with roles, anchors and the words added.

    A word is its text, the seconds at which it begins and ends, and the characters of `body` between which it stands.
    No body is empty: AntennaPod would not show the transcript.
    """
    segments = [
        {
            "speaker": segment.speaker,
            "startTime": _round_seconds(recording, segment.begin),
            "endTime": _round_seconds(recording, segment.end),
            "role": segment.role,
            "body": segment.written,
            "anchor": segment.anchor,
            "spoken": segment.spoken,
            "words": [_describe_word(recording, word) for word in segment.words],
        }
        for segment in recording.segments
        if segment.written.strip() and segment.end > segment.begin
    ]
    return _format_json({"version": "1.0.0", "segments": segments})


def _describe_word(recording: Recording, word: TimedWord) -> list[str | float]:
    times = (_round_seconds(recording, sample) for sample in (word.begin, word.end))
    return [word.text, *times, word.written_start, word.written_end]


SUBTITLE_FORMATS: Mapping[str, SubtitleFormat] = MappingProxyType(
    {
        "vtt": SubtitleFormat(".vtt", format_vtt),
        "srt": SubtitleFormat(".srt", format_srt),
        "lrc": SubtitleFormat(".lrc", format_lrc),
        "labels": SubtitleFormat(".labels.txt", format_labels),
        "chapters": SubtitleFormat(".chapters.json", format_chapters),
        "podlove": SubtitleFormat(".podlove.json", format_podlove),
        "json": SubtitleFormat(".transcript.json", format_transcript),
    }
)


def find_format(name: str) -> SubtitleFormat:
    """Return the format of this name; raises `UsageError`, which suggests the nearest name, if it is unknown."""
    if name not in SUBTITLE_FORMATS:
        raise unknown_name("choosing subtitles", name, tuple(SUBTITLE_FORMATS))
    return SUBTITLE_FORMATS[name]


def _format_json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def _round_seconds(recording: Recording, sample: int) -> float:
    return round(recording.seconds(sample), 3)


def _format_span(recording: Recording, line: Subtitle) -> str:
    return f"{_format_clock(recording.seconds(line.begin))} --> {_format_clock(recording.seconds(line.end))}"


def _format_clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _format_minutes(seconds: float) -> str:
    hundredths = round(seconds * 100)
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"


def _escape_markup(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _join_line(text: str) -> str:
    return " ".join(text.split())


def _fold_line(text: str) -> str:
    """Break a line that is too long into two, at the break nearest to its middle."""
    if _count_columns(text) <= MAX_LINE_COLUMNS:
        return text
    breaks = [found.end() for found in _LINE_BREAK.finditer(text, 1, len(text) - 1)] or [len(text) // 2 + 1]
    middle = min(breaks, key=lambda place: abs(place - len(text) / 2))
    return f"{text[:middle].rstrip()}\n{text[middle:]}"


def _is_two_lines(text: str) -> bool:
    """Whether a text fits two lines."""
    return all(_count_columns(line) <= MAX_LINE_COLUMNS for line in _fold_line(_join_line(text)).split("\n"))


def _count_columns(text: str) -> int:
    return len(text) if text.isascii() else sum(1 + (east_asian_width(character) in "WF") for character in text)
