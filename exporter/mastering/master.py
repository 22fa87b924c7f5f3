"""The master of an episode: the PCM of each passage at the target loudness, which the encoders read."""

from __future__ import annotations

import msgspec

from exporter import clip_cache
from exporter.cache import Cache, make_key
from exporter.errors import SpeechError
from exporter.mastering.mixing import mix_bed
from exporter.mastering.passages import Passage
from exporter.recording import Clip, Recording


class Master(msgspec.Struct, frozen=True):
    """A recording cut into passages, with the `gain` and the limiter's `ceiling`, both factors.

    `jobs` is how many threads may encode it.
    """

    recording: Recording
    passages: tuple[Passage, ...]
    cache: Cache
    gain: float = 1.0
    ceiling: float = 1.0
    jobs: int = 1

    def make_passage_key(self, passage: Passage) -> str:
        """Return a cache key of everything that the PCM of a passage depends on."""
        return make_key(passage.encode_content(), msgspec.msgpack.encode((self.gain, self.ceiling)))

    def render_pcm(self, passage: Passage) -> bytes:
        """Return the mastered passage: 16-bit little-endian mono PCM, `passage.samples` long."""
        from exporter.mastering.limiter import limit_peaks  # noqa: PLC0415  50 ms (numpy), not needed by MP3 if it is cached

        return limit_peaks(join_sounds(passage, self.recording.rate, self.cache), self.gain, self.ceiling)


def join_sounds(passage: Passage, rate: int, cache: Cache) -> bytes:
    """Join the clips and pauses of a passage, at the engine's level, and mix the bed under them."""
    pcm = b"".join(
        _read_clip(sound.key, cache) if isinstance(sound, Clip) else bytes(2 * sound.samples)
        for sound in passage.sounds
    )
    if not passage.bed:
        return pcm
    return mix_bed(pcm, passage.sounds, _read_clip(passage.bed, cache), passage.begin, rate)


def _read_clip(name: str, cache: Cache) -> bytes:
    data = clip_cache.read_pcm(cache, name)
    if data is None:
        raise make_lost_clip_error(name)
    return data


def make_lost_clip_error(name: str) -> SpeechError:
    """Make the error for a clip that was removed from the cache after it had been found there."""
    return SpeechError(
        "joining the sound",
        name,
        "LostClip: another process has removed it from the cache",
        "Run again; if that does not help, raise cache.largest.",
    )
