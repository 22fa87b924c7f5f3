"""The system's own voices, through pyttsx3.

Where pyttsx3 would speak with eSpeak, the library and its data come embedded (`espeakng-loader`), and a driver of ours
(`exporter.engines.espeak`) answers in memory. macOS and Windows have voices of their own: their drivers save to a
file, one utterance a run, and the file is checked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from exporter.engines import UNKNOWN_NAME, Speech, Utterance, Voice, WordTime
from exporter.engines.distributions import find_package_folder, find_version

REVISION = 2
"""Counted up when this module speaks differently, so that clips made before are not taken for its own."""

_DRIVERS = {"darwin": "nsss", "win32": "sapi5"}
_LIBRARIES = {"darwin": "libespeak-ng.dylib", "win32": "espeak-ng.dll"}
_SILENT_RATE_HERTZ = 22_050  # of no sound
_MIN_SECONDS_PER_WORD = 0.02  # seconds a spoken word takes at least, at the highest rate


class SystemEngine:
    """pyttsx3 on this system."""

    def __init__(self, options: Mapping[str, Any]) -> None:  # noqa: ARG002  it has none of its own
        self._driver = _DRIVERS.get(sys.platform, "")
        self._engine: Any = None
        self._voices: dict[str, Voice] = {}
        self._set: dict[str, object] = {}
        self._answers: list[Speech] = []
        self._errors: list[Exception] = []

    @property
    def identity(self) -> str:
        """The driver and the version of what speaks behind it."""
        if not self._driver:
            return f"system/{REVISION} {find_version('espeakng_loader')}"
        import platform  # noqa: PLC0415  macOS and Windows

        return f"system/{REVISION} {self._driver} {platform.version()}"

    def start(self) -> None:
        """Start pyttsx3 with its driver; voices that need a program beside the library (MBROLA) are left out."""
        name = self._driver or _register_espeak_driver()
        from pyttsx3.engine import Engine  # noqa: PLC0415  only a worker pays for it

        self._engine = Engine(name)
        self._engine.connect("spoken", self._spoken)
        self._engine.connect("error", lambda name, exception: self._errors.append(exception))  # noqa: ARG005
        for found in self._engine.getProperty("voices"):
            if not found.id.startswith("mb/"):
                language = found.languages[0] if found.languages else ""
                self._voices[found.id] = Voice(
                    found.id, found.name, _normalize_tag(language), (found.gender or "").lower()
                )

    def voices(self) -> tuple[Voice, ...]:
        """Every voice of the system."""
        return tuple(sorted(self._voices.values(), key=lambda voice: (voice.language, voice.id)))

    def speak(self, utterance: Utterance) -> Speech:
        """Say it. Raises `SpeechError` for an unknown voice or language, or where the driver fails."""
        if not utterance.text.strip():
            return Speech(b"", _SILENT_RATE_HERTZ)  # pyttsx3 asserts that there is text
        self._settle(utterance)
        self._answers.clear()
        self._errors.clear()
        if self._driver:
            return self._saved(utterance.text)
        self._engine.say(utterance.text)
        self._engine.runAndWait()
        if self._errors or not self._answers:
            raise _make_error(utterance.text, self._errors[0] if self._errors else "the driver gave no answer")
        return self._answers[0]

    def _spoken(self, name: str | None, pcm: bytes, rate: int, words: tuple[tuple[int, int, int], ...]) -> None:  # noqa: ARG002
        self._answers.append(Speech(pcm, rate, tuple(WordTime(*word) for word in words)))

    def _settle(self, utterance: Utterance) -> None:
        """Set what differs from the last utterance; a voice takes everything anew."""
        voice = self._voice(utterance)
        if self._set.get("voice") != voice:
            self._set.clear()
        wanted = {"voice": voice, "rate": utterance.rate, "volume": utterance.volume, "pitch": utterance.pitch}
        if self._driver:
            del wanted["pitch"]  # neither driver has it, and each complains on stdout
        for name, value in wanted.items():
            if self._set.get(name) != value:
                self._engine.setProperty(name, value)
                self._set[name] = value

    def _voice(self, utterance: Utterance) -> str:
        """The voice's id: the one that is asked for (a variant after "+" is eSpeak's), or the language's best."""
        if not utterance.voice:
            return self._speaker_of(utterance.language)
        asked, plus, variant = utterance.voice.partition("+")
        for voice in self._voices.values():
            if asked.lower() in map(str.lower, _list_voice_names(voice)):
                if plus and (self._driver or variant not in _list_variants()):
                    raise _make_voice_error("voice", variant, () if self._driver else _list_variants())
                return voice.id + plus + variant
        known = {name for voice in self._voices.values() for name in _list_voice_names(voice)}
        raise _make_voice_error("voice", utterance.voice, tuple(sorted(known)))

    def _speaker_of(self, language: str) -> str:
        """The voice of the first language that has one: as asked, of a wider tag, or of any region of it."""
        for wanted in language.split(","):
            tag = _normalize_tag(wanted)
            while tag:
                exact = [voice.id for voice in self._voices.values() if voice.language == _ESPEAK_TAGS.get(tag, tag)]
                within = [voice.id for voice in self._voices.values() if voice.language.startswith(f"{tag}-")]
                if exact or within:
                    return min(exact or within)
                tag = tag.rpartition("-")[0]
        raise _make_language_error(language)

    def _saved(self, text: str) -> Speech:
        """Speak through a file; raises `SpeechError` where it is missing, empty or too short for its words."""
        import tempfile  # noqa: PLC0415  this path is that of macOS and Windows
        from pathlib import Path  # noqa: PLC0415

        from exporter.audio_input import decode_audio  # noqa: PLC0415

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / ("speech.aiff" if self._driver == "nsss" else "speech.wav")
            self._engine.save_to_file(text, str(path))
            self._engine.runAndWait()
            if self._errors or not path.is_file():
                raise _make_error(text, self._errors[0] if self._errors else "the driver wrote no file")
            pcm, rate = decode_audio(path)
        if len(pcm) / 2 / rate < _MIN_SECONDS_PER_WORD * len(text.split()):
            raise _make_error(text, "the driver's file is too short for its words")
        return Speech(pcm, rate)


# Tags that articles use and eSpeak does not.
_ESPEAK_TAGS = {"en": "en-us", "zh": "cmn", "no": "nb", "iw": "he", "tl": "fil", "sh": "hr"}


def _register_espeak_driver() -> str:
    """Put the embedded library where pyttsx3's driver will find it; returns the name of the driver to use."""
    import ctypes  # noqa: PLC0415  only a worker pays for it
    import importlib  # noqa: PLC0415

    folder = _find_espeak_folder()
    os.environ["ESPEAK_DATA_PATH"] = f"{folder}/espeak-ng-data"
    ctypes.CDLL(f"{folder}/{_LIBRARIES.get(sys.platform, 'libespeak-ng.so')}", mode=ctypes.RTLD_GLOBAL)
    # pyttsx3 takes drivers from its own package by name: ours gets a name there.
    name = "exporter_retrieval"
    sys.modules[f"pyttsx3.drivers.{name}"] = importlib.import_module("exporter.engines.espeak")
    return name


def _find_espeak_folder() -> str:
    place = find_package_folder("espeakng_loader")  # its own import costs 10 ms
    if place is None:
        raise _make_error("espeakng_loader", "the package is not installed")
    return place


def _list_variants() -> tuple[str, ...]:
    with os.scandir(f"{_find_espeak_folder()}/espeak-ng-data/voices/!v") as entries:
        return tuple(sorted(entry.name for entry in entries))


def _list_voice_names(voice: Voice) -> tuple[str, ...]:
    """What a user may call a voice."""
    return voice.id, voice.id.rpartition("/")[2], voice.name, voice.language


def _normalize_tag(language: str) -> str:
    return language.replace("_", "-").lower()


def _make_language_error(language: str) -> Exception:
    from exporter.errors import SpeechError  # noqa: PLC0415  a worker that speaks doesn't pay for it

    return SpeechError(
        "choosing a voice",
        language,
        f"{UNKNOWN_NAME}: the engine has no voice of that language",
        "Choose one of `exporter voices` with --voice, or say with --language what language the text is in.",
    )


def _make_voice_error(what: str, name: str, known: tuple[str, ...]) -> Exception:
    from exporter.errors import SpeechError  # noqa: PLC0415  a worker that speaks doesn't pay for it
    from exporter.registry import unknown_name  # noqa: PLC0415

    error = unknown_name(f"choosing a {what}", name, known)
    remedy = error.remedy if "Did you mean" in error.remedy else "See what there is with `exporter voices`."
    return SpeechError(error.problem, name, f"{UNKNOWN_NAME}: the engine has no {what} of that name", remedy)


def _make_error(subject: str, cause: object) -> Exception:
    from exporter.errors import SpeechError  # noqa: PLC0415  as above

    words = f"{type(cause).__name__}: {cause}" if isinstance(cause, Exception) else f"EngineFailure: {cause}"
    return SpeechError("speaking", subject[:80], words, "Try again, or another voice with --voice.")
