"""Collects the cues of a script: utterances that say something, and one pause between two of them."""

from __future__ import annotations

from exporter.config import Pauses
from exporter.script import Chapter, Cue, Pause, PauseKind, Say, continues_phrase


class Cues:
    """The cues of one script; of the pauses asked for between two utterances only the longest is added."""

    def __init__(self, pauses: Pauses) -> None:
        self.utterance_count = 0
        self._pauses = pauses
        self._pending_kind: PauseKind | None = None
        self._cues: list[Cue] = []

    def say(self, say: Say) -> None:
        """Add an utterance; one without a word to speak is left out."""
        if not say.words:
            return
        last = self._cues[-1] if self._cues else None
        if self._pending_kind == "breath" and isinstance(last, Say) and continues_phrase(last, say):
            self._pending_kind = None
        self._add_pending_pause()
        self._cues.append(say)
        self.utterance_count += 1

    def begin_chapter(self, title: str, anchor: str, level: int) -> None:
        """Add a chapter; `level` is 1 for the article itself."""
        self._add_pending_pause()
        self._cues.append(Chapter(title, anchor, level))

    def pause(self, kind: PauseKind) -> None:
        """Ask for silence before the next cue."""
        if self._pending_kind is None or self._pause_seconds(kind) > self._pause_seconds(self._pending_kind):
            self._pending_kind = kind

    def finish(self) -> tuple[Cue, ...]:
        """Return all cues, the last pause included."""
        self._add_pending_pause()
        return tuple(self._cues)

    def _add_pending_pause(self) -> None:
        if self._pending_kind and (seconds := self._pause_seconds(self._pending_kind)):
            self._cues.append(Pause(self._pending_kind, seconds))
        self._pending_kind = None

    def _pause_seconds(self, kind: PauseKind) -> float:
        return float(getattr(self._pauses, kind))
