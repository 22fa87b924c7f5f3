"""Working scripts: what a producer reads and edits, as headings, lines of text and written pauses.

The formats that people edit (md, docx) write these items and read them back, each in its own layout. What the items
leave out is implied, and the same rules say so on both ways: most pauses (`implied_pauses`), and the anchors of the
sentences that follow one another in a block. An utterance is a stretch of a line between two breath marks (" / ").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from exporter.config import Pauses
from exporter.script import Chapter, Cue, Pause, PauseKind, Role, Say, Script
from exporter.script_formats import pronouncers
from exporter.script_formats.implied_pauses import Relation, imply_pause, relate_anchors
from exporter.script_formats.script_timings import time_cues

_LAST_NUMBER = re.compile(r"\.(\d+)$")


class Style(msgspec.Struct, frozen=True):
    """Who says a line and how; the fields are those of `Say`."""

    role: Role = "narrator"
    speaker: str | None = None
    voice: str | None = None
    language: str | None = None


NARRATOR = Style()


class ChapterItem(msgspec.Struct, frozen=True):
    """A heading that begins a chapter; an empty `anchor` is that of the line before; times are in seconds."""

    title: str
    anchor: str = ""
    level: int = 2
    start: float = 0.0
    length: float = 0.0


class PauseItem(msgspec.Struct, frozen=True):
    """A pause that stands in place of the implied one; 0 seconds without a kind mean that there is none."""

    seconds: float
    kind: PauseKind | Literal[""] = ""


class LineItem(msgspec.Struct, frozen=True):
    """A line: utterances with pronouncers, between breath marks.

    `link` says how it continues the line before: it begins a "new" row, is the next "sentence" of the row, or is the
    rest of the "same" sentence by somebody else. An empty `anchor` follows from that. `start` is in seconds.
    """

    text: str
    style: Style = NARRATOR
    anchor: str = ""
    link: Literal["new", "sentence", "same"] = "new"
    start: float = 0.0


Item = ChapterItem | PauseItem | LineItem


def list_pauses(script: Script) -> dict[str, float]:
    """Return the seconds of each kind of pause of a script, the first of its kind."""
    return {cue.kind: cue.seconds for cue in reversed(script.cues) if isinstance(cue, Pause)}


def write_items(script: Script) -> list[Item]:
    """Return the items of a script."""
    return list(_ItemWriter(script).write())


def read_items(items: Iterable[Item], language: str, pauses: Mapping[str, float] | None) -> tuple[Cue, ...]:
    """Return the cues of items; `pauses` are the seconds of implied ones, None for a script that implies none."""
    return tuple(_ItemReader(language, pauses).read(items))


def group_rows(items: Iterable[Item]) -> Iterator[ChapterItem | PauseItem | tuple[LineItem, ...]]:
    """Yield the rows of a table: the sentences of a block that one person says are together."""
    lines: list[LineItem] = []
    for item in items:
        if lines and not (isinstance(item, LineItem) and item.link == "sentence"):
            yield tuple(lines)
            lines = []
        if isinstance(item, LineItem):
            lines.append(item)
        else:
            yield item
    if lines:
        yield tuple(lines)


def _find_seconds(pauses: Mapping[str, float], kind: PauseKind) -> float:
    return float(pauses.get(kind, getattr(Pauses(), kind)))


def _increment_anchor(anchor: str) -> str:
    """Return the anchor of the next sentence of a block; the same for an anchor without a number."""
    return _LAST_NUMBER.sub(lambda found: f".{int(found[1]) + 1}", anchor)


class _ItemWriter:
    """Writes the items of one script."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._seconds = list_pauses(script)
        self._cues: list[Cue] = []  # without pauses
        self._gaps: list[list[Pause]] = [[]]  # the pauses before each of them, and after the last one
        self._starts: list[float] = []
        for cue, start in zip(script.cues, time_cues(script), strict=False):
            if isinstance(cue, Pause):
                self._gaps[-1].append(cue)
            else:
                self._cues.append(cue)
                self._starts.append(start)
                self._gaps.append([])

    def write(self) -> Iterator[Item]:
        """Yield the items; utterances of one person in one sentence are one line."""
        line: LineItem | None = None
        for place in range(len(self._cues) + 1):
            explicit = list(self._list_explicit(place))
            cue = self._cues[place] if place < len(self._cues) else None
            relation = None if explicit or not line else self._find_relation(place)
            if line and isinstance(cue, Say) and relation == "sentence" and _find_style(cue) == line.style:
                line = replace(line, text=f"{line.text}{pronouncers.BREATH_MARK}{self._write_text(cue)}")
                continue
            if line:
                yield line
            yield from explicit
            line = self._write_line(place, cue, relation) if isinstance(cue, Say) else None
            if isinstance(cue, Chapter):
                yield self._write_chapter(place, cue)

    def _list_explicit(self, place: int) -> Iterator[PauseItem]:
        """Yield the pauses before a cue if they are not the implied one."""
        kind = imply_pause(self._cues, place)
        implied = [Pause(kind, _find_seconds(self._seconds, kind))] if kind else []
        gap = self._gaps[place]
        if gap != [pause for pause in implied if pause.seconds]:
            yield from (PauseItem(pause.seconds, pause.kind) for pause in gap)
            if not gap:
                yield PauseItem(0.0)

    def _find_relation(self, place: int) -> Relation | None:
        """Return how an utterance is related to the one before it; None where there are not two."""
        before, after = self._cues[place - 1], self._cues[place] if place < len(self._cues) else None
        return (
            relate_anchors(before.anchor, after.anchor) if isinstance(before, Say) and isinstance(after, Say) else None
        )

    def _write_text(self, say: Say) -> str:
        return pronouncers.write_spans(pronouncers.split_utterance(say, self._script.language))

    def _write_line(self, place: int, say: Say, relation: Relation | None) -> LineItem:
        text, style, start = self._write_text(say), _find_style(say), self._starts[place]
        before = self._cues[place - 1] if place else None
        if relation == "sentence":
            return LineItem(text, style, say.anchor, "same", start)
        if relation == "block" and isinstance(before, Say) and _find_style(before) == style:
            is_next = say.anchor == _increment_anchor(before.anchor)
            return LineItem(text, style, "" if is_next else say.anchor, "sentence", start)
        return LineItem(text, style, say.anchor, "new", start)

    def _write_chapter(self, place: int, chapter: Chapter) -> ChapterItem:
        start = self._starts[place]
        later = zip(self._cues[place + 1 :], self._starts[place + 1 :], strict=True)
        end = next((begin for cue, begin in later if isinstance(cue, Chapter)), self._script.seconds)
        return ChapterItem(chapter.title, chapter.anchor, max(1, min(chapter.level, 6)), start, end - start)


def _find_style(say: Say) -> Style:
    return Style(say.role, say.speaker, say.voice, say.language)


class _ItemReader:
    """Reads the cues of items in one language."""

    def __init__(self, language: str, pauses: Mapping[str, float] | None) -> None:
        self._language = language
        self._pauses = pauses
        self._anchor = "title"
        self._cues: list[Cue] = []  # without pauses
        self._relations: list[Relation | None] = []  # of each to the one before it; None where their anchors tell it
        self._explicit: dict[int, list[Pause]] = {}  # the pauses that stand before a cue, by its place

    def read(self, items: Iterable[Item]) -> Iterator[Cue]:
        """Yield the cues."""
        for item in items:
            match item:
                case ChapterItem():
                    self._anchor = item.anchor or self._anchor
                    self._add(Chapter(item.title, self._anchor, item.level), None)
                case PauseItem():
                    pauses = self._explicit.setdefault(len(self._cues), [])
                    if item.seconds or item.kind:
                        pauses.append(Pause(item.kind or "sentence", item.seconds))
                case LineItem():
                    self._read_line(item)
        for place in range(len(self._cues) + 1):
            yield from self._list_pauses(place)
            yield from self._cues[place : place + 1]

    def _add(self, cue: Cue, relation: Relation | None) -> None:
        self._cues.append(cue)
        self._relations.append(relation)

    def _read_line(self, line: LineItem) -> None:
        relation: Relation | None = None
        if line.anchor:
            self._anchor = line.anchor
        elif line.link == "sentence":
            self._anchor, relation = _increment_anchor(self._anchor), "block"
        elif line.link == "new":
            relation = "apart"
        for text in pronouncers.split_breaths(line.text):
            say = self._read_text(text, line.style)
            if say.words:  # nothing is left to say of words that were taken out
                self._add(say, relation)
                relation = None

    def _read_text(self, text: str, style: Style) -> Say:
        spans = pronouncers.parse_spans(text)
        spoken = pronouncers.read_spans(spans, style.language or self._language)
        written = "".join(span.written for span in spans)
        return Say(
            *(self._anchor, style.role, written, spoken.text, spoken.words),
            *(style.voice, style.language, style.speaker),
        )

    def _list_pauses(self, place: int) -> Iterator[Pause]:
        """Yield the pauses before a cue: those that are written, else the implied one."""
        if place in self._explicit:
            yield from self._explicit[place]
        elif self._pauses is not None:
            relation = self._relations[place] if place < len(self._relations) else None
            kind = imply_pause(self._cues, place, relation)
            if kind and (seconds := _find_seconds(self._pauses, kind)):
                yield Pause(kind, seconds)
