"""How long a script will take."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.script import Chapter, Cue, Pause, Say

# Seconds at 170 words a minute, fitted to eSpeak NG 1.52: a sentence's time is close to linear in these counts.
_PER_LETTER = 0.068
_PER_WORD = 0.03
_PER_UTTERANCE = 0.1
_FITTED_RATE = 170


def seconds(cues: Iterable[Cue], rate: int) -> float:
    """Expected running time of cues at `rate` words a minute."""
    return round(sum(_seconds(cue, rate) for cue in cues), 1)


def _seconds(cue: Cue, rate: int) -> float:
    match cue:
        case Pause():
            return cue.seconds
        case Say():
            letters = sum(map(str.isalpha, cue.spoken))
            spoken = letters * _PER_LETTER + len(cue.words) * _PER_WORD + _PER_UTTERANCE
            return spoken * _FITTED_RATE / rate
        case Chapter():
            return 0.0
