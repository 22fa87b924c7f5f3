"""The line of cues as it grows: utterances that say something, and the silence between them."""

from __future__ import annotations

from exporter.config import Pauses
from exporter.script import Chapter, Cue, Pause, PauseKind, Say


class Cues:
    """Collects cues; between two utterances stands one pause, the longest that was asked for."""

    def __init__(self, pauses: Pauses) -> None:
        self.said = 0
        self._pauses = pauses
        self._waiting: PauseKind | None = None
        self._line: list[Cue] = []

    def say(self, say: Say) -> None:
        """Add an utterance; one without a word to speak is left out."""
        if not say.words:
            return
        self._rest()
        self._line.append(say)
        self.said += 1

    def chapter(self, title: str, anchor: str, level: int) -> None:
        """Begin a chapter."""
        self._rest()
        self._line.append(Chapter(title, anchor, level))

    def pause(self, kind: PauseKind) -> None:
        """Ask for silence before what comes next."""
        if self._waiting is None or self._seconds(kind) > self._seconds(self._waiting):
            self._waiting = kind

    def end(self) -> tuple[Cue, ...]:
        """Return the whole line, its last pause included."""
        self._rest()
        return tuple(self._line)

    def _rest(self) -> None:
        if self._waiting and (seconds := self._seconds(self._waiting)):
            self._line.append(Pause(self._waiting, seconds))
        self._waiting = None

    def _seconds(self, kind: PauseKind) -> float:
        return float(getattr(self._pauses, kind))
