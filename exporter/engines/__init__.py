"""Engines: text becomes sound and word times.

An engine is a module with a class that follows `SpeechEngine`; it is made and used inside a worker process
(`exporter.engines.worker`), where a hang or a crash of native code can be ended without losing the run.
"""

from __future__ import annotations

from typing import Protocol

import msgspec


class Voice(msgspec.Struct, frozen=True):
    """A voice that can speak: `id` is what `--voice` takes, `language` a BCP 47 tag, `gender` may be empty."""

    id: str
    name: str
    language: str
    gender: str = ""


class Utterance(msgspec.Struct, frozen=True):
    """What is to be said and how.

    `voice` is a voice's id, or empty for the best of `language`; `rate` is words a minute; `pitch` is 0 to 100, 50 the
    voice's own; `volume` is 0 to 1.
    """

    text: str
    language: str = "en"
    voice: str = ""
    rate: int = 170
    pitch: int = 50
    volume: float = 1.0


class WordTime(msgspec.Struct, frozen=True, array_like=True):
    """The word `text[start:end]` of an utterance begins at sample `begin`."""

    start: int
    end: int
    begin: int


class Speech(msgspec.Struct, frozen=True):
    """Sound: 16-bit little-endian mono `pcm` at `rate` hertz, with the time of each word."""

    pcm: bytes
    rate: int
    words: tuple[WordTime, ...] = ()


class SpeechEngine(Protocol):
    """What every engine offers."""

    @property
    def identity(self) -> str:
        """Name and version: clips made by another identity are other clips."""
        ...

    def voices(self) -> tuple[Voice, ...]:
        """Every voice it has, sorted by language, then id."""
        ...

    def speak(self, utterance: Utterance) -> Speech:
        """Say it; raises `SpeechError` for an unknown voice, and never returns silence for words."""
        ...
