"""The clock of a working script: when each cue begins."""

from __future__ import annotations

from itertools import accumulate

from exporter.narration.timing import FITTED_WORDS_PER_MINUTE, estimate_speech_seconds
from exporter.script import Pause, Say, Script


def time_cues(script: Script) -> list[float]:
    """Return the second at which each cue begins, and last the running time of the script.

    Estimates of speech are scaled so that they add up to it.
    """
    speech = [
        estimate_speech_seconds(cue, FITTED_WORDS_PER_MINUTE, script.language) if isinstance(cue, Say) else 0.0
        for cue in script.cues
    ]
    silence = [cue.seconds if isinstance(cue, Pause) else 0.0 for cue in script.cues]
    spoken = sum(speech)
    scale = (script.seconds - sum(silence)) / spoken if spoken > 0 else 1.0
    lengths = (length * scale + quiet for length, quiet in zip(speech, silence, strict=True))
    return list(accumulate(lengths, initial=0.0))


def format_clock(seconds: float) -> str:
    """Format seconds as "1:57", or "1:02:03" from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
