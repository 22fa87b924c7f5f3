"""For each utterance the best voice that is installed: the natural one where it fits, else the system's.

The natural voice says English. A few foreign words inside an English sentence are said by it too, in the phonemes of
their language; a longer passage is spoken by a voice of its language. What the natural voice cannot say (letters of
another script, symbols without a name) is spoken by a system voice of the script's language, and nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby, islice
from typing import Any, NamedTuple

from exporter.engines import PhonemeSpan, Speech, Utterance, Voice, WordTime
from exporter.engines.engine_worker import trim_silence
from exporter.engines.natural import NaturalEngine, can_say
from exporter.engines.natural_voices import choose_natural_voice
from exporter.engines.system import SystemEngine

MAX_FOREIGN_WORDS = 4
"""Foreign words that the natural voice says itself; chosen: a name or a title, not a sentence."""

_JOIN_SECONDS = 0.06
"""Silence between the parts of an utterance that two voices share.

With the margins of the clips some 75 to 95 ms at 8 joins, about a stop's closure (the measure counts pauses within
words too); the steps of the waveform there are at most 12 % of the largest in speech, since both clips are faded. Not
judged by listeners.
"""

_WORD = re.compile(r"\w[\w'’-]*")
_LAST_LATIN_LETTER = "\u024f"

_SCRIPTS = (
    # first and last letter, language of the script
    ("\u3040", "\u30ff", "ja"),  # before the Han letters, which Japanese has too
    ("\u0370", "\u03ff", "el"),
    ("\u0400", "\u052f", "ru"),
    ("\u0530", "\u058f", "hy"),
    ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0900", "\u097f", "hi"),
    ("\u0980", "\u09ff", "bn"),
    ("\u0a00", "\u0a7f", "pa"),
    ("\u0a80", "\u0aff", "gu"),
    ("\u0b80", "\u0bff", "ta"),
    ("\u0c00", "\u0c7f", "te"),
    ("\u0c80", "\u0cff", "kn"),
    ("\u0d00", "\u0d7f", "ml"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u10a0", "\u10ff", "ka"),
    ("\u1200", "\u137f", "am"),
    ("\u3400", "\u9fff", "cmn"),
    ("\uac00", "\ud7af", "ko"),
)
"""Scripts of Unicode and the most widely spoken language that is written in each."""


class _Run(NamedTuple):
    """A stretch of an utterance that one voice speaks; an empty language is the natural voice's."""

    start: int
    end: int
    language: str


class AutoEngine:
    """The natural voice and the system's voices together."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._narrator: str = options.get("voice") or ""
        self._natural = NaturalEngine(options)
        self._system = SystemEngine(options)
        self._has_started_system = False

    @property
    def identity(self) -> str:
        """Both engines', and which natural voices are here: with them the choice changes."""
        names = " ".join(voice.id for voice in self._natural.voices())
        return f"auto/2 {self._natural.identity} ({names}) {self._system.identity}"

    def start(self) -> None:
        """Load the natural voice if there is one; the system's engine starts when an utterance needs it."""
        if self._natural.voices():
            self._natural.start()
        else:
            self._find_system()

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices of both engines."""
        found = (*self._natural.voices(), *self._find_system().voices())
        return tuple(sorted(found, key=lambda voice: (voice.language, voice.id)))

    def speak(self, utterance: Utterance) -> Speech:
        """Speak by the voice that fits; raises `SpeechError` as the two engines do."""
        voice = self._choose_voice(utterance)
        if not voice:
            return self._find_system().speak(utterance)
        natural = utterance._replace(voice=voice)
        if _is_foreign(utterance):
            natural = natural._replace(language="en", phonemes=self._transcribe(utterance))
        if can_say(natural):
            return self._natural.speak(natural)
        return self._speak_in_runs(natural)

    def _find_system(self) -> SystemEngine:
        """Return the system's engine, which takes 50 ms to start."""
        if not self._has_started_system:
            self._system.start()
            self._has_started_system = True
        return self._system

    def _choose_voice(self, utterance: Utterance) -> str:
        """Return the name of the natural voice for an utterance, or an empty text for the system's."""
        if utterance.voice:
            found = choose_natural_voice(utterance.voice, "en")
            return found.name if found else ""
        narrator = choose_natural_voice(self._narrator, utterance.language.rpartition(",")[2])
        if narrator is None or (_is_foreign(utterance) and not self._is_short(utterance)):
            return ""
        return narrator.name

    def _is_short(self, utterance: Utterance) -> bool:
        """Whether foreign words are few, in Latin letters, and their phonemes can be had."""
        words = _WORD.findall(utterance.text)
        return (
            0 < len(words) <= MAX_FOREIGN_WORDS
            and all(char <= _LAST_LATIN_LETTER for word in words for char in word if char.isalpha())
            and bool(self._find_system().transcribe(words[0], utterance.language))
        )

    def _transcribe(self, utterance: Utterance) -> tuple[PhonemeSpan, ...]:
        """Return the phonemes of each word in the utterance's first language."""
        return tuple(
            PhonemeSpan(*found.span(), self._find_system().transcribe(found.group(), utterance.language))
            for found in _WORD.finditer(utterance.text)
        )

    def _speak_in_runs(self, utterance: Utterance) -> Speech:
        """Speak an utterance in parts, each by the engine that can say it, at the sample rate of the first."""
        from exporter.audio_input import resample_pcm  # noqa: PLC0415  8 ms, few utterances need it

        pcm, rate, words, voice = b"", 0, [], ""
        for run in _divide_by_script(utterance):
            part = _cut_utterance(utterance, run)
            speech = trim_silence(self._find_system().speak(part) if run.language else self._natural.speak(part))
            rate, voice = rate or speech.rate, voice or speech.voice
            if pcm:
                pcm += bytes(2 * int(_JOIN_SECONDS * rate))
            at = len(pcm) // 2
            words += [
                WordTime(word.start + run.start, word.end + run.start, at + word.begin * rate // speech.rate)
                for word in speech.words
            ]
            pcm += speech.pcm if speech.rate == rate else resample_pcm(speech.pcm, speech.rate, rate)
        return Speech(pcm, rate, tuple(words), voice)


def _is_foreign(utterance: Utterance) -> bool:
    """Whether the utterance is in another language than the text around it, which is English."""
    first, _, others = utterance.language.partition(",")
    return bool(others) and not first.lower().startswith("en")


def _divide_by_script(utterance: Utterance) -> Iterator[_Run]:
    """Yield the runs of an utterance, which tile it: words that the natural voice can say, and the others."""
    found = [
        (match.start(), match.end(), _find_language(utterance, *match.span()))
        for match in re.finditer(r"\S+\s*", utterance.text)
    ]
    for language, same in groupby(found, key=lambda word: word[2]):
        words = list(same)
        yield _Run(words[0][0], words[-1][1], language)


def _find_language(utterance: Utterance, start: int, end: int) -> str:
    """Return the language of a word's script, the utterance's if it has none; empty if the natural voice can say it."""
    if can_say(_cut_utterance(utterance, _Run(start, end, ""))):
        return ""
    language = utterance.language.partition(",")[0]
    word = utterance.text[start:end]
    scripts = (tag for first, last, tag in _SCRIPTS if any(first <= char <= last for char in word))
    return ",".join((*islice(scripts, 1), language))


def _cut_utterance(utterance: Utterance, run: _Run) -> Utterance:
    """Return the part of an utterance that is a run; the system's voice has its own phonemes."""
    spans = tuple(
        PhonemeSpan(span.start - run.start, span.end - run.start, span.ipa)
        for span in utterance.phonemes
        if run.start <= span.start and span.end <= run.end
    )
    part = utterance._replace(text=utterance.text[run.start : run.end], phonemes=spans)
    return part._replace(voice="", language=run.language) if run.language else part
