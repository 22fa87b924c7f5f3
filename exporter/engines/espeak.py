"""A pyttsx3 driver: eSpeak NG in synchronous retrieval mode, in memory.

pyttsx3's own driver speaks asynchronously into a file: it returns before the file exists, loses all saves but the
last, overflows at 13 kB of text, and grows its buffer quadratically. This driver follows the same interface and
inherits its properties and voices, but `say` returns when all is spoken, and the PCM comes as one notification::

    engine.connect("spoken", lambda name, pcm, rate, words: ...)

Importing this module loads the library; `exporter.engines.system` chooses the embedded one first.
"""

from __future__ import annotations

import ctypes
import marshal
import os
from collections.abc import Callable
from typing import Any

from pyttsx3.drivers import _espeak
from pyttsx3.drivers.espeak import EspeakDriver

_CALLBACK_MILLISECONDS = 1000
"""Sound in each callback of the library: few callbacks, each a Python call; chosen, no measurement."""

_BYTES_PER_SAMPLE = ctypes.sizeof(ctypes.c_short)

_PHONEMES_FLAG = 0x100
"""`espeakPHONEMES`: phonemes in `[[` and `]]` are said as such."""

_IPA_MODE = 0x02
"""`espeakPHONEMES_IPA` of `espeak_TextToPhonemes`."""

CAN_FORK = hasattr(os, "fork")
"""Whether utterances are spoken in forks of the process (Linux, macOS).

The samples of an utterance depend on what the process has spoken before: the library keeps static state. In a fork of a
process that has never spoken, the same utterance is the same bytes. Elsewhere they may differ by some samples.
"""

_Answer = tuple[bytes, tuple[tuple[int, int, int], ...]]
"""PCM and word times."""


class RetrievalDriver(EspeakDriver):  # type: ignore[misc]  # pyttsx3 has no types
    """eSpeak NG that notifies with PCM and word times."""

    _rate = 0  # hertz; the library is initialised once in a process

    def __init__(self, proxy: Any) -> None:
        if not RetrievalDriver._rate:
            rate = _espeak.Initialize(_espeak.AUDIO_OUTPUT_SYNCHRONOUS, _CALLBACK_MILLISECONDS)
            if rate <= 0:
                raise RuntimeError("eSpeak NG could not be initialised")
            RetrievalDriver._rate = rate
            # The values that the initialisation of the inherited driver would set.
            EspeakDriver._moduleInitialized = True  # noqa: SLF001
            EspeakDriver._defaultVoice = "gmw/en"  # noqa: SLF001
        self._pcm = bytearray()
        self._words: list[tuple[int, int, int]] = []
        super().__init__(proxy)

    def startLoop(self) -> None:  # noqa: N802  the name pyttsx3 calls
        """Run the queue: nothing is left to wait for, since every command returns when it is done."""
        self._proxy.setBusy(False)

    def say(self, text: str) -> None:
        """Speak a text, then notify `spoken` with its PCM and word times."""
        pcm, words = _run_in_fork(lambda: self._synthesize(text)) if CAN_FORK else self._synthesize(text)
        self._proxy.notify("spoken", pcm=pcm, rate=self._rate, words=words)

    def _synthesize(self, text: str) -> _Answer:
        self._pcm = bytearray()
        self._words = []
        # A null character would end the C string, and so the speech.
        data = text.replace("\0", " ").encode("utf-8", "replace")
        flags = _espeak.CHARS_UTF8 | _PHONEMES_FLAG
        result = _espeak.cSynth(data, len(data) + 1, 0, _espeak.POS_CHARACTER, 0, flags, None, None)
        if result != _espeak.EE_OK:
            raise RuntimeError(f"eSpeak NG answered {result}")
        return bytes(self._pcm), tuple(self._words)

    def stop(self) -> None:
        """Do nothing: no command is running when this is called."""

    def _onSynth(self, wav: Any, numsamples: int, events: Any) -> int:  # noqa: N802  the name pyttsx3 registers
        if numsamples > 0:
            self._pcm += ctypes.string_at(wav, numsamples * _BYTES_PER_SAMPLE)
        index = 0
        while (event := events[index]).type != _espeak.EVENT_LIST_TERMINATED:
            if event.type == _espeak.EVENT_WORD:
                start = event.text_position - 1
                self._words.append((start, start + event.length, event.sample))
            index += 1
        return 0


def transcribe(text: str) -> str:
    """Return the phonemes of a text in IPA, in the language of the voice that is set."""
    function = _espeak.dll.espeak_TextToPhonemes
    function.restype = ctypes.c_char_p
    function.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
    rest = ctypes.c_char_p(text.replace("\0", " ").encode("utf-8", "replace"))
    clauses = []
    while rest.value:
        clauses.append(function(ctypes.byref(rest), _espeak.CHARS_UTF8, _IPA_MODE).decode())
    return " ".join(clauses)


def _run_in_fork(synthesize: Callable[[], _Answer]) -> _Answer:
    """Run a function in a fork of this process; raises `RuntimeError` if the fork ends without an answer."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(reading)  # held here too, it would keep this process writing for ever once its parent is killed
            with os.fdopen(writing, "wb") as pipe:
                marshal.dump(synthesize(), pipe)
        finally:
            os._exit(0)  # nothing of the parent's may be cleaned up twice
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(process, 0)
    if not data:
        raise RuntimeError("eSpeak NG ended without an answer")
    answer: _Answer = marshal.loads(data)  # noqa: S302  from our own fork
    return answer


def buildDriver(proxy: Any) -> RetrievalDriver:  # noqa: N802  the name pyttsx3 calls
    """Make the driver: pyttsx3 calls this function of every driver's module."""
    return RetrievalDriver(proxy)
