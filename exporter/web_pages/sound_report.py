"""The report on an episode: one page with its waveform, loudness, chapters, voices, pauses, and what was not spoken.

It needs no script and requests nothing; every plot is also a table or a sentence. Sound is measured in the file as it
was written, not in what went into the encoder.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from exporter.account import list_dropped
from exporter.article import all_blocks, block_text
from exporter.edition import Edition, Work
from exporter.mastering import loudness
from exporter.recording import Recording, Segment, Silence, title_chapters
from exporter.script_formats.script_timings import format_clock
from exporter.web_pages import sound_plots
from exporter.web_pages.documents import page_asset, render_document

if TYPE_CHECKING:
    from exporter.mastering.sound_analysis import SoundAnalysis

_TOLERANCE_LU = 0.5
"""Distance from the target loudness that is right (EBU R 128, 2014)."""

_PAUSE_BOUNDS_SECONDS = (0.0, 0.3, 0.6, 1.0, 2.0)
"""Lower bounds of the classes of pauses: in a sentence, after one, after a paragraph, around a heading, longer."""

_UNSPACED_LANGUAGES = frozenset({"zh", "ja", "th", "lo", "km", "my"})
"""Languages whose words are not set apart by spaces (BCP 47)."""

_MIN_LABEL_DISTANCE = 4.0  # percent of the width between the numbers of two chapters
_MAX_VOICE_ROWS = 8  # of the plot; the table has them all
_MAX_QUOTED_CHARS = 120  # of a block that was not spoken


def make_sound_report(edition: Edition, recording: Recording, sound: SoundAnalysis, file_name: str) -> str:
    """Return the HTML of the report on an episode: its timeline, and the measurements of its file."""
    audio = edition.config.audio
    facts = {
        "title": edition.title or file_name,
        "language": recording.language,
        "file": file_name,
        "length": format_clock(sound.seconds),
        "format": audio.format + (f", {audio.bitrate} kbit/s" if audio.format not in ("flac", "wav") else ""),
        "rate": sound.rate,
        "unit": _name_unit(recording),
        "measures": [*_list_measures(sound, loudness.parse_target(audio.loudness)), *_list_counts(edition, recording)],
        "plot": _draw_plots(recording, sound, loudness.parse_target(audio.loudness)),
        "chapters": _list_chapters(recording, sound),
        "voices": _list_voices(recording),
        "pauses": _list_pauses(recording),
        "lost": [_show_segment(recording, segment) for segment in recording.segments if segment.lost],
        "works": [_show_work(work) for work in edition.works],
    }
    return render_document("sound-report.html.j2", [page_asset("sound-report.css")], [], {}, facts)


def _list_measures(sound: SoundAnalysis, target: float) -> Iterator[dict[str, str]]:
    """Yield name, value, wanted value and verdict of each measure of the file."""
    off = sound.integrated - target
    yield {
        "name": "Integrated loudness",
        "value": _format_level(sound.integrated, "LUFS"),
        "wanted": f"{_format_level(target, 'LUFS')} ± {_TOLERANCE_LU} LU",
        "verdict": "as wanted"
        if abs(off) <= _TOLERANCE_LU
        else f"{abs(off):.1f} LU too {'loud' if off > 0 else 'soft'}",
    }
    over = sound.true_peak - loudness.CEILING_DBTP
    yield {
        "name": "True peak",
        "value": _format_level(sound.true_peak, "dBTP"),
        "wanted": f"at most {_format_level(loudness.CEILING_DBTP, 'dBTP')}",
        "verdict": "as wanted" if over <= 0 else f"{over:.1f} dB too high",
    }
    highest = float(sound.short_term.max(initial=-math.inf))
    yield {"name": "Highest short-term loudness", "value": _format_level(highest, "LUFS"), "wanted": "", "verdict": ""}
    yield {"name": "Loudness range", "value": f"{sound.loudness_range:.1f} LU", "wanted": "", "verdict": ""}


def _list_counts(edition: Edition, recording: Recording) -> Iterator[dict[str, str]]:
    """Yield name and value of the counts of words and clips."""
    unit = _name_unit(recording)
    words = _count_words(recording, recording.segments)
    clips = len(recording.segments)
    cached = sum(work.recorded.cached_clips for work in edition.works)
    counts = {
        f"{unit}, spoken": f"{words:,}",
        f"{unit} a minute, with pauses": _format_pace(words, recording.seconds(recording.samples)),
        f"{unit} a minute, without pauses": _format_pace(words, _sum_seconds(recording, recording.segments)),
        "Clips from the cache": f"{cached:,} of {clips:,}",
    }
    for name, value in counts.items():
        yield {"name": name, "value": value, "wanted": "", "verdict": ""}


def _draw_plots(recording: Recording, sound: SoundAnalysis, target: float) -> dict[str, Any]:
    return {
        "columns": sound_plots.PLOT_COLUMNS,
        "wave_height": sound_plots.WAVEFORM_HEIGHT,
        "level_height": sound_plots.LEVEL_HEIGHT,
        "waveform": sound_plots.draw_waveform(sound.peaks),
        "short_term": sound_plots.draw_levels(sound.short_term),
        "true_peaks": sound_plots.draw_levels(sound.held_peaks),
        "target": sound_plots.place_level(target),
        "ceiling": sound_plots.place_level(loudness.CEILING_DBTP),
        "target_text": _format_level(target, "LUFS"),
        "ceiling_text": _format_level(loudness.CEILING_DBTP, "dBTP"),
        "levels": list(sound_plots.list_level_ticks()),
        "times": list(sound_plots.list_time_ticks(sound.seconds)),
        "marks": list(_place_marks(recording)),
        "voices": list(_place_voices(recording)),
    }


def _place_marks(recording: Recording) -> Iterator[dict[str, Any]]:
    """Yield number, title and place in percent of each chapter; `label` is empty where another is too near.

    The chapters of articles get theirs before those of headings.
    """
    labelled: set[int] = set()
    places = [_percent(recording, mark.begin) for mark in recording.chapters]
    for number in sorted(range(len(places)), key=lambda number: (recording.chapters[number].level > 1, number)):
        if all(abs(places[number] - places[other]) >= _MIN_LABEL_DISTANCE for other in labelled):
            labelled.add(number)
    for number, (mark, title) in enumerate(zip(recording.chapters, title_chapters(recording), strict=True)):
        label = str(number + 1) if number in labelled else ""
        yield {"place": places[number], "label": label, "title": f"{number + 1}. {title}", "level": mark.level}


def _place_voices(recording: Recording) -> Iterator[dict[str, Any]]:
    """Yield name and spans (begin and width in percent) of each voice, the one that speaks most first."""
    spans: dict[str, list[tuple[float, float]]] = {}
    for name, run in groupby(recording.segments, key=lambda segment: segment.speaker):
        segments = list(run)
        begin, end = _percent(recording, segments[0].begin), _percent(recording, segments[-1].end)
        spans.setdefault(name, []).append((begin, round(end - begin, 3)))
    longest = sorted(spans, key=lambda name: -sum(width for _, width in spans[name]))
    for name in longest[:_MAX_VOICE_ROWS]:
        yield {"name": name or "a voice without a name", "spans": spans[name]}


def _list_chapters(recording: Recording, sound: SoundAnalysis) -> list[dict[str, Any]]:
    """Return what the table shows of each chapter."""
    rows = []
    for number, mark in enumerate(recording.chapters, 1):
        begin, end = recording.seconds(mark.begin), recording.seconds(mark.end)
        segments = [segment for segment in recording.segments if mark.begin <= segment.begin < mark.end]
        words = _count_words(recording, segments)
        part = sound.cut(begin, end)
        rows.append(
            {
                "number": number,
                "title": mark.title,
                "level": mark.level,
                "begin": format_clock(begin),
                "length": format_clock(end - begin),
                "words": words,
                "pace": _format_pace(words, end - begin),
                "loudness": _format_level(part.integrated, ""),
                "peak": _format_level(part.true_peak, ""),
            }
        )
    return rows


def _list_voices(recording: Recording) -> list[dict[str, Any]]:
    """Return what the table shows of each voice, in the order of their first words."""
    rows = []
    whole = _sum_seconds(recording, recording.segments) or 1.0
    for name in dict.fromkeys(segment.speaker for segment in recording.segments):
        segments = [segment for segment in recording.segments if segment.speaker == name]
        seconds = _sum_seconds(recording, segments)
        words = _count_words(recording, segments)
        rows.append(
            {
                "name": name or "a voice without a name",
                "clips": len(segments),
                "length": format_clock(seconds),
                "share": round(100 * seconds / whole),
                "words": words,
                "pace": _format_pace(words, seconds),
            }
        )
    return rows


def _list_pauses(recording: Recording) -> list[dict[str, Any]]:
    """Return what the table shows of each class of pauses that occurs."""
    found: list[tuple[float, float]] = []  # length and begin, in seconds
    position = 0
    for sound in recording.sounds:
        if isinstance(sound, Silence) and sound.samples:
            found.append((recording.seconds(sound.samples), recording.seconds(position)))
        position += sound.samples
    rows = []
    for low, high in zip(_PAUSE_BOUNDS_SECONDS, (*_PAUSE_BOUNDS_SECONDS[1:], math.inf), strict=True):
        if pauses := [pause for pause in found if low <= pause[0] < high]:
            longest, begin = max(pauses)
            rows.append(
                {
                    "name": f"{low:g} s and more" if high == math.inf else f"{low:g} to {high:g} s",
                    "count": len(pauses),
                    "total": f"{sum(length for length, _ in pauses):.1f} s",
                    "longest": f"{longest:.2f} s at {format_clock(begin)}",
                }
            )
    return rows


def _show_work(work: Work) -> dict[str, Any]:
    """Return what was not spoken of an article, and what was left out when it was read."""
    texts = {block.anchor: " ".join(block_text(block).split()) for block in all_blocks(work.article)}
    notes = [entry for entry in work.script.ledger if entry.why]
    return {
        "title": work.script.title,
        "language": work.script.language,
        "blocks": len(work.script.ledger),
        "skipped": [
            {
                "anchor": entry.anchor,
                "fate": entry.fate,
                "why": entry.why,
                "text": _shorten(texts.get(entry.anchor, "")),
            }
            for entry in notes
        ],
        "dropped": [{"why": part.why, "text": _shorten(part.text)} for part in list_dropped(work.account)],
        "notices": [{"subject": notice.subject, "text": notice.text} for notice in work.recorded.notices],
    }


def _show_segment(recording: Recording, segment: Segment) -> dict[str, str]:
    return {"begin": format_clock(recording.seconds(segment.begin)), "text": _shorten(segment.written)}


def _percent(recording: Recording, position: int) -> float:
    return round(100 * position / max(1, recording.samples), 3)


def _name_unit(recording: Recording) -> str:
    is_unspaced = recording.language.partition("-")[0].lower() in _UNSPACED_LANGUAGES
    return "Characters" if is_unspaced else "Words"


def _count_words(recording: Recording, segments: Iterable[Segment]) -> int:
    """Count the spoken words, or the characters of a language that is written without spaces."""
    if _name_unit(recording) == "Characters":
        return sum(sum(map(str.isalnum, segment.spoken)) for segment in segments)
    return sum(len(segment.words) for segment in segments)


def _sum_seconds(recording: Recording, segments: Iterable[Segment]) -> float:
    return recording.seconds(sum(segment.end - segment.begin for segment in segments))


def _format_pace(words: int, seconds: float) -> str:
    return f"{60 * words / seconds:.0f}" if words and seconds > 0 else "–"


def _format_level(decibels: float, unit: str) -> str:
    """Return a level with a minus sign; silence in words."""
    return f"{decibels:.1f} {unit}".strip().replace("-", "−") if math.isfinite(decibels) else "silence"


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_QUOTED_CHARS else f"{text[: _MAX_QUOTED_CHARS - 1]}…"
