"""Estimates how long a script will take, from its text alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from exporter.script import Chapter, Cue, Pause, Say


class SpeechLength(msgspec.Struct, frozen=True):
    """What decides how long an utterance takes: counts in its text, or the seconds that one of each takes."""

    letters: float
    syllables: float
    spelled_letters: float
    pause_marks: float
    utterances: float


FITTED_WORDS_PER_MINUTE = 170
"""The speaking rate at which the numbers below were fitted."""

# Seconds at that rate and the factors of other languages: least squares over utterances that eSpeak NG 1.52 spoke
# (5,000 English ones; 3 French and 15 German articles; Spanish needs no factor). `python -m tests.training.fit_timing`
# fits them again and says how close they come: 1 to 2 % on average, 7 % at most, at 130 to 220 words a minute.
_FITTED_SECONDS = SpeechLength(
    letters=0.0563, syllables=0.0184, spelled_letters=0.1569, pause_marks=0.2653, utterances=0.1476
)
_LANGUAGE_FACTORS = {"fr": 0.845, "de": 0.975}

_NOT_LETTERS = re.compile(r"[\W\d_]+")
_VOWEL_GROUP = re.compile(r"[aeiouyàáâäåæèéêëìíîïòóôöøœùúûü]+")
_SPELLED_LETTER = re.compile(r"\b[B-HJ-Z]\b")  # A and I are words
_PAUSE_MARK = re.compile(r"[,;:—–()…](?=.)")


def estimate_seconds(cues: Iterable[Cue], rate: int, language: str) -> float:
    """Return the running time of cues in a language (a BCP 47 tag) at `rate` words a minute."""
    return round(sum(_estimate_cue_seconds(cue, rate, language) for cue in cues), 1)


def _estimate_cue_seconds(cue: Cue, rate: int, language: str) -> float:
    match cue:
        case Pause():
            return cue.seconds
        case Say():
            return estimate_speech_seconds(cue, rate, language)
        case Chapter():
            return 0.0


def estimate_speech_seconds(say: Say, rate: int, language: str) -> float:
    """Return the seconds of one utterance of a script in a language (a BCP 47 tag) at `rate` words a minute."""
    length = measure_length(say.spoken)
    seconds = (
        length.letters * _FITTED_SECONDS.letters
        + length.syllables * _FITTED_SECONDS.syllables
        + length.spelled_letters * _FITTED_SECONDS.spelled_letters
        + length.pause_marks * _FITTED_SECONDS.pause_marks
        + length.utterances * _FITTED_SECONDS.utterances
    )
    primary = (say.language or language).partition("-")[0].lower()
    return seconds * FITTED_WORDS_PER_MINUTE / rate * _LANGUAGE_FACTORS.get(primary, 1.0)


def measure_length(spoken: str) -> SpeechLength:
    """Return the counts in the spoken text of one utterance."""
    return SpeechLength(
        letters=len(_NOT_LETTERS.sub("", spoken)),
        syllables=len(_VOWEL_GROUP.findall(spoken.lower())),
        spelled_letters=len(_SPELLED_LETTER.findall(spoken)),
        pause_marks=len(_PAUSE_MARK.findall(spoken)),
        utterances=1,
    )
