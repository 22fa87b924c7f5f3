"""How fast voices really speak: learned whenever they do, kept in the cache, used where it is asked for.

A script's running time is reckoned from its words alone (`exporter.narration.timing`), so that an article has the same
script on every machine. A voice that speaks faster or slower than reckoned is known once it has spoken: `calibrate_script`
takes that into account, and its result depends on the cache.
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
from exporter.registry import load
from exporter.script import Pause, Say, Script
from exporter.speech import collect_options, make_utterance

_PACES_KIND = "paces"
_MIN_LEARNED_SECONDS = 20.0  # seconds of speech that tell a voice's pace
_MAX_REMEMBERED_SECONDS = 3600.0  # seconds that are remembered: beyond them the older half fades


class _Pace(msgspec.Struct, frozen=True, array_like=True):
    """Seconds of speech as they were reckoned, and as they turned out."""

    expected: float = 0.0
    real: float = 0.0

    @property
    def factor(self) -> float:
        """By what a reckoned time is to be multiplied."""
        return self.real / self.expected if self.expected >= _MIN_LEARNED_SECONDS else 1.0


def learn_rates(script: Script, recording: Recording, config: Config) -> None:
    """Remember how long the voices of a recording took for its script."""
    cache, identity = Cache(config.cache), _identify_engine(config)
    spoken: dict[str, _Pace] = defaultdict(_Pace)
    says = (cue for cue in script.cues if isinstance(cue, Say))
    for say, segment in zip(says, recording.segments, strict=True):
        if segment.lost:
            continue
        name = _make_pace_key(identity, make_utterance(say, script, config))
        expected = estimate_speech_seconds(say, config.speech.rate, script.language)
        before = spoken[name]
        real = recording.seconds(segment.end - segment.begin)
        spoken[name] = _Pace(before.expected + expected, before.real + real)
    for name, now in spoken.items():
        before = _read_pace(cache, name)
        share = 0.5 if before.expected + now.expected > _MAX_REMEMBERED_SECONDS else 1.0
        pace = _Pace(before.expected * share + now.expected, before.real * share + now.real)
        with contextlib.suppress(OutputError):  # what is not remembered is reckoned
            cache.put(_PACES_KIND, name, msgspec.json.encode(pace))


def calibrate_script(script: Script, config: Config) -> Script:
    """Return a script with the running time that its voices are known to need."""
    cache, identity = Cache(config.cache), _identify_engine(config)
    factors: dict[str, float] = {}
    total = 0.0
    for cue in script.cues:
        if isinstance(cue, Pause):
            total += cue.seconds
        elif isinstance(cue, Say):
            name = _make_pace_key(identity, make_utterance(cue, script, config))
            if name not in factors:
                factors[name] = _read_pace(cache, name).factor
            total += estimate_speech_seconds(cue, config.speech.rate, script.language) * factors[name]
    return replace(script, seconds=round(total, 1))


def _identify_engine(config: Config) -> str:
    identity: str = load("engines", config.speech.engine)(collect_options(config)).identity
    return identity


def _make_pace_key(identity: str, said: Utterance) -> str:
    """The name of a pace: that of an engine, a voice (or the language that chooses it) and a rate."""
    return make_key(*(part.encode() for part in (identity, said.voice, said.language, str(said.rate))))


def _read_pace(cache: Cache, name: str) -> _Pace:
    data = cache.get(_PACES_KIND, name)
    with contextlib.suppress(msgspec.DecodeError):
        return msgspec.json.decode(data or b"[]", type=_Pace)
    return _Pace()
