"""The master of an episode, which encoders read: passages of PCM, at the loudness that was asked for."""

from __future__ import annotations

import msgspec

from exporter import clip_cache
from exporter.cache import Cache, make_key
from exporter.errors import SpeechError
from exporter.mastering.passages import Passage
from exporter.recording import Clip, Recording


class Master(msgspec.Struct, frozen=True):
    """A recording cut into passages, the gain that brings it to its loudness and the ceiling, as factors.

    `jobs` threads may work on it.
    """

    recording: Recording
    passages: tuple[Passage, ...]
    cache: Cache
    gain: float = 1.0
    ceiling: float = 1.0
    jobs: int = 1

    def content(self, passage: Passage) -> str:
        """A key of everything that a passage's sound is made from."""
        return make_key(passage.content(), msgspec.msgpack.encode((self.gain, self.ceiling)))

    def pcm(self, passage: Passage) -> bytes:
        """The mastered sound: 16-bit little-endian mono PCM, `passage.samples` long."""
        from exporter.mastering.limiter import limit_peaks  # noqa: PLC0415  numpy, which passages made before don't need

        return limit_peaks(join_sounds(passage, self.recording.rate, self.cache), self.gain, self.ceiling)


def join_sounds(passage: Passage, rate: int, cache: Cache) -> bytes:
    """Join a passage's clips and pauses, as the engine spoke them, with the music under them."""
    pcm = b"".join(
        _read_clip(sound.key, cache) if isinstance(sound, Clip) else bytes(2 * sound.samples)
        for sound in passage.sounds
    )
    if not passage.bed:
        return pcm
    from exporter.mastering.mixing import mix_bed  # noqa: PLC0415  only a bed needs it

    return mix_bed(pcm, passage.sounds, _read_clip(passage.bed, cache), passage.begin, rate)


def _read_clip(name: str, cache: Cache) -> bytes:
    data = clip_cache.read_pcm(cache, name)
    if data is None:
        raise make_lost_clip_error(name)
    return data


def make_lost_clip_error(name: str) -> SpeechError:
    """Make the error for a clip that another process has removed from the cache."""
    return SpeechError(
        "joining the sound",
        name,
        "LostClip: it has gone from the cache since it was spoken",
        "Run again; if it goes again, raise cache.largest.",
    )
