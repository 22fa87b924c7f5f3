"""An engine for tests, of exactly predictable sound: a soft hum for each word instead of a voice.

A word of any length takes `60 / rate` seconds: two thirds hum, one third silence. The silence after the last word is
trimmed as with every engine.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from typing import Any

from exporter.engines import Speech, Utterance, Voice, WordTime

SAMPLE_RATE_HERTZ = 22_050
"""That of eSpeak NG."""

HUM_AMPLITUDE = 3000
"""Amplitude of the hum, of 32,767."""

_HALF_PERIOD_SAMPLES = 50


class SilenceEngine:
    """An engine that hums."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        """It takes no options."""

    @property
    def identity(self) -> str:
        """A constant."""
        return "silence/1"

    def start(self) -> None:
        """Do nothing: there is nothing to load."""

    def voices(self) -> tuple[Voice, ...]:
        """Return the one voice, for every language."""
        return (Voice("hum", "Hum", "en"),)

    def speak(self, utterance: Utterance) -> Speech:
        """Hum once for each word."""
        word = count_word_samples(utterance.rate)
        hum = word * 2 // 3
        square = (HUM_AMPLITUDE if index // _HALF_PERIOD_SAMPLES % 2 else -HUM_AMPLITUDE for index in range(hum))
        pcm = array("h", square).tobytes() + bytes(2 * (word - hum))
        spans = [found.span() for found in re.finditer(r"\w+", utterance.text)]
        words = tuple(WordTime(start, end, index * word) for index, (start, end) in enumerate(spans))
        return Speech(pcm * len(spans), SAMPLE_RATE_HERTZ, words)


def count_word_samples(words_per_minute: int) -> int:
    """Count the samples of one word."""
    return SAMPLE_RATE_HERTZ * 60 // words_per_minute
