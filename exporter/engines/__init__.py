"""Engines: text becomes PCM and word times.

An engine is a class that follows `SpeechEngine`, listed in `exporter.registry`. It runs inside a worker process
(`exporter.engines.engine_worker`), so that a hang or a crash of native code can be ended without losing the run.
A fresh worker starts in every run that speaks, so its imports are kept few: the values here are named tuples, because
the structs of the models would cost it 15 ms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

UNKNOWN_NAME = "UnknownName"
"""First word of the cause of a `SpeechError` when the engine has no such voice or language: a retry cannot help."""

MAX_SUBJECT_CHARS = 80
"""Characters of an utterance that an error quotes: they fit a line of a terminal."""


class Voice(NamedTuple):
    """A voice: `id` is the value of `--voice`, `language` a BCP 47 tag; `gender` is empty when unknown."""

    id: str
    name: str
    language: str
    gender: str = ""


class PhonemeSpan(NamedTuple):
    """The characters `text[start:end]` of an utterance are said as `ipa` (exporter.engines.alphabets)."""

    start: int
    end: int
    ipa: str


class Utterance(NamedTuple):
    """A text and how to speak it.

    `voice` is a voice's id, or empty for the best voice of `language`: a BCP 47 tag, or several separated by commas,
    the preferred first. `rate` is in words a minute, `pitch` from 0 to 100 (50 is the voice's own), `volume` from 0
    to 1. `phonemes` are the spans whose reading is given: they rise and do not overlap.
    """

    text: str
    language: str = "en"
    voice: str = ""
    rate: int = 170
    pitch: int = 50
    volume: float = 1.0
    phonemes: tuple[PhonemeSpan, ...] = ()


class WordTime(NamedTuple):
    """The word `text[start:end]` of an utterance begins at sample `begin`."""

    start: int
    end: int
    begin: int


class Speech(NamedTuple):
    """16-bit little-endian mono `pcm` at `rate` hertz, and the words that the engine gives a time for (maybe none).

    `voice` names the voice that spoke, or is empty.
    """

    pcm: bytes
    rate: int
    words: tuple[WordTime, ...] = ()
    voice: str = ""


class SpeechEngine(Protocol):
    """The protocol of every engine.

    The constructor takes the `[speech]` settings; those of an engine of another package are updated with
    `[plugin.<its name>]`. It must be cheap: the parent process too makes an engine, only to read its `identity`.
    """

    def __init__(self, options: Mapping[str, Any]) -> None: ...

    @property
    def identity(self) -> str:
        """Name and version, part of the cache key of every clip: another identity speaks everything anew."""
        ...

    def start(self) -> None:
        """Load what every utterance needs; called once in the worker, before `voices` and `speak`."""
        ...

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice, sorted by language, then id."""
        ...

    def speak(self, utterance: Utterance) -> Speech:
        """Speak an utterance, never as silence when it has words; raises `SpeechError` (`UNKNOWN_NAME`: no voice)."""
        ...
