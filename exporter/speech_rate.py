"""Speaking rates of voices: measured whenever a voice speaks, kept in the cache, used with `script.calibrated`.

A script's running time is estimated from its text alone (`exporter.narration.timing`), so that an article has the same
script on every machine. `calibrate_script` corrects the estimate by how long the same voices have taken before; its
result depends on the cache.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict

import msgspec
from msgspec.structs import replace

from exporter.cache import Cache, make_key
from exporter.config import Config
from exporter.engines import Utterance
from exporter.errors import OutputError
from exporter.narration.timing import estimate_speech_seconds
from exporter.recording import Recording
from exporter.script import Pause, Say, Script
from exporter.speech import identify_engine, make_utterance

_PACES_KIND = "paces"

_MIN_LEARNED_SECONDS = 20.0
"""Speech that a voice must have spoken before its pace is used: a few sentences; chosen, no measurement."""

_MAX_REMEMBERED_SECONDS = 3600.0
"""Speech beyond which the earlier measurements count half, so that a changed voice is learned anew; chosen."""


class _Pace(msgspec.Struct, frozen=True, array_like=True):
    """How many seconds of speech were estimated, and how many the voice took for them."""

    estimated: float = 0.0
    measured: float = 0.0

    @property
    def factor(self) -> float:
        """The factor that corrects an estimate; 1 until enough has been measured."""
        return self.measured / self.estimated if self.estimated >= _MIN_LEARNED_SECONDS else 1.0


def learn_rates(script: Script, recording: Recording, config: Config) -> None:
    """Keep how long the voices of a recording took for its script."""
    cache, identity = Cache(config.cache), identify_engine(config)
    spoken: dict[str, _Pace] = defaultdict(_Pace)
    says = (cue for cue in script.cues if isinstance(cue, Say))
    for say, segment in zip(says, recording.segments, strict=True):
        if segment.lost:
            continue
        name = _make_pace_key(identity, make_utterance(say, script, config), config.speech.rate)
        estimated = estimate_speech_seconds(say, config.speech.rate, script.language)
        measured = recording.seconds(segment.end - segment.begin)
        before = spoken[name]
        spoken[name] = _Pace(before.estimated + estimated, before.measured + measured)
    for name, now in spoken.items():
        before = _read_pace(cache, name)
        share = 0.5 if before.estimated + now.estimated > _MAX_REMEMBERED_SECONDS else 1.0
        pace = _Pace(before.estimated * share + now.estimated, before.measured * share + now.measured)
        with contextlib.suppress(OutputError):  # without it the estimate stays uncorrected
            cache.put(_PACES_KIND, name, msgspec.json.encode(pace))


def calibrate_script(script: Script, config: Config) -> Script:
    """Return a script with its running time corrected by the measured pace of its voices."""
    cache, identity = Cache(config.cache), identify_engine(config)
    factors: dict[str, float] = {}
    total = 0.0
    for cue in script.cues:
        if isinstance(cue, Pause):
            total += cue.seconds
        elif isinstance(cue, Say):
            name = _make_pace_key(identity, make_utterance(cue, script, config), config.speech.rate)
            if name not in factors:
                factors[name] = _read_pace(cache, name).factor
            total += estimate_speech_seconds(cue, config.speech.rate, script.language) * factors[name]
    return replace(script, seconds=round(total, 1))


def _make_pace_key(identity: str, utterance: Utterance, rate: int) -> str:
    """Return the cache key of a pace: of an engine, a voice (or the language that chooses it) and the narrator's rate.

    Quotations, which may be a little slower, count with the rest: few articles hold enough of them to learn from.
    """
    parts = (identity, utterance.voice, utterance.language, str(rate))
    return make_key(*(part.encode() for part in parts))


def _read_pace(cache: Cache, name: str) -> _Pace:
    data = cache.get(_PACES_KIND, name)
    with contextlib.suppress(msgspec.DecodeError):
        return msgspec.json.decode(data or b"[]", type=_Pace)
    return _Pace()
