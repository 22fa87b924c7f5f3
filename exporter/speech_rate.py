"""How fast voices really speak: learned whenever they do, kept in the cache, used where it is asked for.

A script's running time is reckoned from its words alone (`exporter.narration.timing`), so that an article has the same
script on every machine. A voice that speaks faster or slower than reckoned is known once it has spoken: `calibrated`
takes that into account, and its result depends on the cache.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict

import msgspec
from msgspec.structs import replace

from exporter.cache import Cache, key
from exporter.config import Config
from exporter.engines import Utterance
from exporter.errors import OutputError
from exporter.narration.timing import speech_seconds
from exporter.recording import Recording
from exporter.registry import load
from exporter.script import Pause, Say, Script
from exporter.speech import options, utterance

_KIND = "paces"
_ENOUGH = 20.0  # seconds of speech that tell a voice's pace
_LONGEST = 3600.0  # seconds that are remembered: beyond them the older half fades


class _Pace(msgspec.Struct, frozen=True, array_like=True):
    """Seconds of speech as they were reckoned, and as they turned out."""

    expected: float = 0.0
    real: float = 0.0

    @property
    def factor(self) -> float:
        """By what a reckoned time is to be multiplied."""
        return self.real / self.expected if self.expected >= _ENOUGH else 1.0


def learn(script: Script, recording: Recording, config: Config) -> None:
    """Remember how long the voices of a recording took for its script."""
    cache, identity = Cache(config.cache), _identity(config)
    spoken: dict[str, _Pace] = defaultdict(_Pace)
    says = (cue for cue in script.cues if isinstance(cue, Say))
    for say, segment in zip(says, recording.segments, strict=True):
        if segment.lost:
            continue
        name = _name(identity, utterance(say, script, config))
        expected = speech_seconds(say, config.speech.rate, script.language)
        before = spoken[name]
        real = recording.seconds(segment.end - segment.begin)
        spoken[name] = _Pace(before.expected + expected, before.real + real)
    for name, now in spoken.items():
        before = _known(cache, name)
        share = 0.5 if before.expected + now.expected > _LONGEST else 1.0
        pace = _Pace(before.expected * share + now.expected, before.real * share + now.real)
        with contextlib.suppress(OutputError):  # what is not remembered is reckoned
            cache.put(_KIND, name, msgspec.json.encode(pace))


def calibrated(script: Script, config: Config) -> Script:
    """Return a script with the running time that its voices are known to need."""
    cache, identity = Cache(config.cache), _identity(config)
    factors: dict[str, float] = {}
    total = 0.0
    for cue in script.cues:
        if isinstance(cue, Pause):
            total += cue.seconds
        elif isinstance(cue, Say):
            name = _name(identity, utterance(cue, script, config))
            if name not in factors:
                factors[name] = _known(cache, name).factor
            total += speech_seconds(cue, config.speech.rate, script.language) * factors[name]
    return replace(script, seconds=round(total, 1))


def _identity(config: Config) -> str:
    identity: str = load("engines", config.speech.engine)(options(config)).identity
    return identity


def _name(identity: str, said: Utterance) -> str:
    """The name of a pace: that of an engine, a voice (or the language that chooses it) and a rate."""
    return key(*(part.encode() for part in (identity, said.voice, said.language, str(said.rate))))


def _known(cache: Cache, name: str) -> _Pace:
    data = cache.get(_KIND, name)
    with contextlib.suppress(msgspec.DecodeError):
        return msgspec.json.decode(data or b"[]", type=_Pace)
    return _Pace()
