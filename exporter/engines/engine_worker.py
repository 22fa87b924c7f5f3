"""What runs inside a worker process: an engine that is asked through pipes.

Messages are marshalled tuples: both ends are the same Python, nothing but the parent can write to the pipe, and the
module is built in, where any other encoding would have to be imported into every fresh process::

    sys.path, then (module, attribute, options)          once
    [(utterance as a tuple, seconds it may take), ...]   a group to speak; () asks for the voices
    ("speech", pcm, rate, words) | ("voices", ...) | ("error", problem, subject, cause, remedy)      for each

An utterance that takes longer than it may ends the process, even where native code hangs.
"""

from __future__ import annotations

import faulthandler
import marshal
import os
import re
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from exporter.engines import Speech, SpeechEngine, Utterance

WORKER_PROGRAM = (
    "import marshal, sys; sys.path[:] = marshal.load(sys.stdin.buffer); "
    "from exporter.engines.engine_worker import serve; serve()"
)
"""The program of a worker: started without site packages' start-up, it takes the parent's path."""

START_TIMEOUT_SECONDS = 60.0
"""Seconds in which an engine has to be loaded."""

_QUIET = 33  # of 32,767: 60 dB below full scale, what nobody hears
# Samples softer than that, in little-endian bytes.
_SILENT_RUN = re.compile(rb"(?:[\x00-\x20]\x00|[\xe0-\xff]\xff)*+")
_TRIM_MARGIN_SECONDS = 0.005  # seconds kept around what is heard


def serve() -> None:
    """Answer until the parent closes the pipe."""
    requests = sys.stdin.buffer
    replies = os.fdopen(os.dup(1), "wb")
    # What an engine prints must not fall among the replies.
    os.dup2(2, 1)
    module, attribute, options = marshal.load(requests)  # noqa: S302  see the module's head
    faulthandler.dump_traceback_later(START_TIMEOUT_SECONDS, exit=True)
    engine = _EngineHost(module, attribute, options)
    faulthandler.cancel_dump_traceback_later()
    while True:
        try:
            group = marshal.load(requests)  # noqa: S302
        except EOFError:
            return
        for fields, limit in group or [((), START_TIMEOUT_SECONDS)]:
            faulthandler.dump_traceback_later(limit, exit=True)
            reply = engine.answer(fields)
            faulthandler.cancel_dump_traceback_later()
            marshal.dump(reply, replies)
            replies.flush()


class _EngineHost:
    """An engine, or the reason why there is none."""

    def __init__(self, module: str, attribute: str, options: Mapping[str, Any]) -> None:
        self._engine: SpeechEngine | None = None
        self._failure: tuple[Any, ...] = ()
        try:
            engine: SpeechEngine = getattr(import_module(module), attribute)(options)
            engine.start()
            self._engine = engine
        except Exception as error:  # noqa: BLE001  whatever an engine does wrong is told to the parent
            self._failure = _make_error_reply(error, ())

    def answer(self, fields: tuple[Any, ...]) -> tuple[Any, ...]:
        """Speak, or list the voices; every failure is an answer too."""
        if self._engine is None:
            return self._failure
        try:
            if not fields:
                return ("voices", [tuple(voice) for voice in self._engine.voices()])
            utterance = Utterance(*fields)
            speech = trim_silence(self._engine.speak(utterance))
        except Exception as error:  # noqa: BLE001  as above
            return _make_error_reply(error, fields)
        if not speech.pcm and any(map(str.isalnum, utterance.text)):
            return ("error", "speaking", utterance.text[:80], "Silence: the engine said nothing", _REMEDY)
        return ("speech", speech.pcm, speech.rate, [tuple(word) for word in speech.words])


_REMEDY = "Try again, or another voice with --voice."


def _make_error_reply(error: Exception, fields: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(error.args) == 4 and all(isinstance(part, str) for part in error.args):  # an error of ours
        return ("error", *error.args)
    subject = fields[0][:80] if fields else "the engine"
    return ("error", "speaking", subject, f"{type(error).__name__}: {error}", _REMEDY)


def trim_silence(speech: Speech) -> Speech:
    """Cut the silence before and after what is heard, so that only the script decides how long a pause is.

    A word that begins with a stop (p, t, k) begins with up to 50 ms of silence, which phoneticians give to the word
    and listeners to the pause before it. Its time is put in the middle, near enough for both.
    """
    pcm, rate = speech.pcm, speech.rate
    first = _count_silent_samples(pcm, 0)
    if first == len(pcm) // 2:
        return Speech(b"", rate)
    samples = memoryview(pcm).cast("h")
    last = next(index for index in range(len(samples) - 1, -1, -1) if not -_QUIET < samples[index] < _QUIET)
    margin = int(_TRIM_MARGIN_SECONDS * rate)
    begin, end = max(0, first - margin), min(len(samples), last + 1 + margin)
    middles = (word.begin + _count_silent_samples(pcm, word.begin) // 2 for word in speech.words)
    words = tuple(
        word._replace(begin=min(max(0, middle - begin), end - begin))
        for word, middle in zip(speech.words, middles, strict=True)
    )
    return Speech(pcm[2 * begin : 2 * end], rate, words)


def _count_silent_samples(pcm: bytes, begin: int) -> int:
    """How many samples from `begin` on nobody hears."""
    found = _SILENT_RUN.match(pcm, 2 * begin)
    return len(found.group()) // 2 if found else 0
