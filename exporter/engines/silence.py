"""An engine of exactly known sound: no voice, but a soft hum for each word, of a length that can be reckoned.

A word of any length takes `60 / rate` seconds, of which the first two thirds hum and the rest is silent; what is silent
after the last word is trimmed like any engine's. So tests know every sample beforehand.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from typing import Any

from exporter.engines import Speech, Utterance, Voice, WordTime

SAMPLE_RATE_HERTZ = 22_050
"""Hertz, as eSpeak's."""

HUM_AMPLITUDE = 3000
"""The hum's amplitude, of 32,767."""


class SilenceEngine:
    """Hums."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        """It takes no options."""

    @property
    def identity(self) -> str:
        """It never changes."""
        return "silence/1"

    def start(self) -> None:
        """Nothing is to be loaded."""

    def voices(self) -> tuple[Voice, ...]:
        """One, for every language."""
        return (Voice("hum", "Hum", "en"),)

    def speak(self, utterance: Utterance) -> Speech:
        """Hum once for each word."""
        word = count_word_samples(utterance.rate)
        hum = word * 2 // 3
        tone = array("h", (HUM_AMPLITUDE if index // 50 % 2 else -HUM_AMPLITUDE for index in range(hum))).tobytes()
        one = tone + bytes(2 * (word - hum))
        spans = [found.span() for found in re.finditer(r"\w+", utterance.text)]
        words = tuple(WordTime(start, end, index * word) for index, (start, end) in enumerate(spans))
        return Speech(one * len(spans), SAMPLE_RATE_HERTZ, words)


def count_word_samples(rate: int) -> int:
    """Samples of one word at `rate` words a minute."""
    return SAMPLE_RATE_HERTZ * 60 // rate
