"""Engines: text becomes sound and word times.

An engine is a class that follows `SpeechEngine`, listed in `exporter.registry`. It is made and used inside a worker
process (`exporter.engines.engine_worker`), where a hang or a crash of native code can be ended without losing the run.
A worker starts for every run that speaks, so what it imports is kept light: the values here are named tuples, which
cost a tenth of what the models' structs cost a fresh process.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

UNKNOWN_NAME = "UnknownName"
"""What the cause of an error begins with where the engine has no such voice: no second try would help."""


class Voice(NamedTuple):
    """A voice that can speak: `id` is what `--voice` takes, `language` a BCP 47 tag, `gender` may be empty."""

    id: str
    name: str
    language: str
    gender: str = ""


class Utterance(NamedTuple):
    """What is to be said and how.

    `voice` is a voice's id, or empty for the best of `language`, a BCP 47 tag or several by preference, separated by
    commas; `rate` is words a minute; `pitch` is 0 to 100, 50 the voice's own; `volume` is 0 to 1.
    """

    text: str
    language: str = "en"
    voice: str = ""
    rate: int = 170
    pitch: int = 50
    volume: float = 1.0


class WordTime(NamedTuple):
    """The word `text[start:end]` of an utterance begins at sample `begin`."""

    start: int
    end: int
    begin: int


class Speech(NamedTuple):
    """Sound: 16-bit little-endian mono `pcm` at `rate` hertz, with the time of each word that the engine tells."""

    pcm: bytes
    rate: int
    words: tuple[WordTime, ...] = ()


class SpeechEngine(Protocol):
    """What every engine offers.

    It is made with its options: the `[speech]` settings and, under them, `[plugin.<its name>]`. Making one is cheap:
    it is also made where only its identity is asked.
    """

    def __init__(self, options: Mapping[str, Any]) -> None: ...

    @property
    def identity(self) -> str:
        """Name and version: clips made by another identity are other clips."""
        ...

    def start(self) -> None:
        """Load what every utterance needs: a worker calls it once, before it is asked anything."""
        ...

    def voices(self) -> tuple[Voice, ...]:
        """Every voice it has, sorted by language, then id."""
        ...

    def speak(self, utterance: Utterance) -> Speech:
        """Say it; raises `SpeechError` for a voice it has not (`UNKNOWN_NAME`), and never returns silence for words."""
        ...
