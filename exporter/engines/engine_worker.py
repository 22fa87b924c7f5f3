"""The program of a worker process that speaks: an engine that answers requests (`exporter.processes`).

Frames are marshalled tuples: both ends run the same Python, only the parent can write to the pipe, and the module is
built in, where any other encoding would have to be imported into every fresh process::

    (module, attribute, options)                                 once; the answer is () when the engine is loaded
    [utterance as a tuple, ...]                                  a group to speak; [] asks for the voices
    ("speech", pcm, rate, words, voice) | ("voices", ...) | ("error", problem, subject, cause, remedy)      for each
"""

from __future__ import annotations

import marshal
import re
from array import array
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from exporter.engines import MAX_SUBJECT_CHARS, PhonemeSpan, Speech, SpeechEngine, Utterance
from exporter.processes import FramePipe

_MAX_SILENT_AMPLITUDE = 32
"""Samples up to it are silence: of 32,767, that is -60 dBFS, the highest noise floor of audiobooks (ACX)."""

_SILENT_RUN = re.compile(rb"(?:[\x00-%c]\x00|[%c-\xff]\xff)*+" % (_MAX_SILENT_AMPLITUDE, 256 - _MAX_SILENT_AMPLITUDE))
"""A run of silent samples, as little-endian bytes."""

_TRIM_MARGIN_SECONDS = 0.005
"""Silence that stays before and after the speech: a soft consonant may begin below the threshold."""

_FADE_SECONDS = 0.0025
"""Fade at both ends of a clip, so that a cut in the middle of a sound does not click: 2 to 3 ms are customary."""

_REMEDY = "Try again, or another voice with --voice."


def serve(pipe: FramePipe) -> None:
    """Answer requests until the parent closes the pipe."""
    module, attribute, options = marshal.loads(pipe.receive())  # noqa: S302  only the parent writes to the pipe
    engine = _EngineHost(module, attribute, options)
    pipe.send(marshal.dumps(()))
    while True:
        for fields in marshal.loads(pipe.receive()) or [()]:  # noqa: S302  as above
            pipe.send(marshal.dumps(engine.answer(fields)))


class _EngineHost:
    """An engine, or the error that its start ended with."""

    def __init__(self, module: str, attribute: str, options: Mapping[str, Any]) -> None:
        self._engine: SpeechEngine | None = None
        self._failure: tuple[Any, ...] = ()
        try:
            engine: SpeechEngine = getattr(import_module(module), attribute)(options)
            engine.start()
            self._engine = engine
        except Exception as error:  # noqa: BLE001  any error of an engine is reported to the parent
            self._failure = _make_error_reply(error, "the engine")

    def answer(self, fields: tuple[Any, ...]) -> tuple[Any, ...]:
        """Speak the utterance of these fields, or list the voices if there are none; an error is an answer too."""
        if self._engine is None:
            return self._failure
        subject = fields[0][:MAX_SUBJECT_CHARS] if fields else "the engine"
        try:
            if not fields:
                return ("voices", [tuple(voice) for voice in self._engine.voices()])
            utterance = Utterance(*fields)
            utterance = utterance._replace(phonemes=tuple(PhonemeSpan(*span) for span in utterance.phonemes))
            speech = trim_silence(self._engine.speak(utterance))
        except Exception as error:  # noqa: BLE001  as above
            return _make_error_reply(error, subject)
        if not speech.pcm and any(map(str.isalnum, utterance.text)):
            return ("error", "speaking", subject, "Silence: the engine returned no sound", _REMEDY)
        return ("speech", speech.pcm, speech.rate, [tuple(word) for word in speech.words], speech.voice)


def _make_error_reply(error: Exception, subject: str) -> tuple[Any, ...]:
    from exporter.errors import ExporterError, describe_error  # noqa: PLC0415  15 ms, only a failure needs it

    if isinstance(error, ExporterError):
        return ("error", error.problem, error.subject, error.cause, error.remedy)
    return ("error", "speaking", subject, describe_error(error, "EngineFailure"), _REMEDY)


def trim_silence(speech: Speech) -> Speech:
    """Cut the silence before and after the speech, so that the script alone decides how long a pause is.

    A word that begins with a stop (p, t, k) begins with up to 50 ms of silence: the closure, which phonetics counts
    to the word and a listener to the pause before it. The word's time is set to the middle of that silence.
    """
    pcm, rate = speech.pcm, speech.rate
    first = _count_silent_samples(pcm, 0)
    if first == len(pcm) // 2:
        return Speech(b"", rate)
    samples = memoryview(pcm).cast("h")
    last = next(index for index in range(len(samples) - 1, -1, -1) if abs(samples[index]) > _MAX_SILENT_AMPLITUDE)
    margin = int(_TRIM_MARGIN_SECONDS * rate)
    begin, end = max(0, first - margin), min(len(samples), last + 1 + margin)
    middles = (word.begin + _count_silent_samples(pcm, word.begin) // 2 for word in speech.words)
    words = tuple(
        word._replace(begin=min(max(0, middle - begin), end - begin))
        for word, middle in zip(speech.words, middles, strict=True)
    )
    return Speech(fade_edges(pcm[2 * begin : 2 * end], rate), rate, words, speech.voice)


def fade_edges(pcm: bytes, rate: int) -> bytes:
    """Fade the first and the last `_FADE_SECONDS` of a clip in and out."""
    samples = array("h", pcm)
    count = min(int(_FADE_SECONDS * rate), len(samples) // 2)
    for index in range(count):
        samples[index] = samples[index] * index // count
        samples[-1 - index] = samples[-1 - index] * index // count
    return samples.tobytes()


def _count_silent_samples(pcm: bytes, begin: int) -> int:
    """Count the silent samples from sample `begin` up to the first that is not."""
    found = _SILENT_RUN.match(pcm, 2 * begin)
    return len(found.group()) // 2 if found else 0
