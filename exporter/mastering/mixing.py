"""Music by the user, mixed with pydub: an intro, an outro, and a bed under the speech that makes way for it.

An intro and an outro become clips like any other, so the rest of the program need not know of them. A bed is mixed in
passage by passage: nothing here ever holds more than one passage and the piece of music.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from exporter import clip_cache
from exporter.audio_input import decode_audio
from exporter.cache import Cache, make_key
from exporter.engines import Speech
from exporter.errors import UsageError
from exporter.recording import Clip, Recording, Silence, Sound

MUSIC_LEVEL_DBFS = -20.0
"""dBFS to which music is brought: about where speech is before its loudness is set."""

BED_UNDER_SPEECH_DB, BED_IN_PAUSES_DB = -22.0, -12.0
"""Decibels of a bed below the speech, and in the pauses."""

_FADE_MILLISECONDS = 1500  # milliseconds at the ends of the music
_DUCK_MILLISECONDS = 250  # milliseconds in which a bed makes way
_REST_SECONDS = 0.5  # seconds between the music and the speech
_MIN_PAUSE_SECONDS = 0.6  # seconds of a pause in which a bed comes up


def add_intro_outro(recording: Recording, intro: str, outro: str, cache: Cache) -> tuple[Recording, ...]:
    """Put an intro before and an outro after a recording, where there are any; raises `UsageError`."""
    before = (_make_music_recording(intro, recording, cache, ending=True),) if intro else ()
    after = (_make_music_recording(outro, recording, cache, ending=False),) if outro else ()
    return (*before, recording, *after)


def cache_bed(name: str, rate: int, cache: Cache) -> str:
    """Put a piece of music into the cache, levelled; returns its key. Raises `UsageError`."""
    return _cache_music(_load_levelled(name, rate), rate, cache)


def mix_bed(pcm: bytes, sounds: tuple[Sound, ...], music: bytes, begin: int, rate: int) -> bytes:
    """Lay a bed under a passage that begins at sample `begin` of the episode; the music repeats as long as it takes."""
    offset = 2 * begin % len(music)
    repeated = (music[offset:] + music * (len(pcm) // len(music) + 1))[: len(pcm)]
    under = _make_segment(repeated, rate)
    level = BED_UNDER_SPEECH_DB
    parts = []
    for start, end, wanted in _list_bed_levels(sounds, rate):
        part = under.get_sample_slice(start, end)
        parts.append(_cut_to_size(_fade_to_level(part, level, wanted), 2 * (end - start)))
        level = wanted
    return _cut_to_size(_make_segment(pcm, rate).overlay(_make_segment(b"".join(parts), rate)), len(pcm))


def _cut_to_size(segment: Any, size: int) -> bytes:
    """The sound of a segment, so many bytes long: pydub works in milliseconds, and may be one out at the end."""
    return bytes(segment.raw_data[:size]).ljust(size, b"\0")


def _list_bed_levels(sounds: tuple[Sound, ...], rate: int) -> Iterator[tuple[int, int, float]]:
    """How loud the bed is in each part; it is down again before the speech goes on, and at the end of a passage."""
    position = 0
    duck = _DUCK_MILLISECONDS * rate // 1000
    for sound in sounds:
        end = position + sound.samples
        if isinstance(sound, Silence) and sound.samples >= max(_MIN_PAUSE_SECONDS * rate, 3 * duck):
            yield position, end - duck, BED_IN_PAUSES_DB
            yield end - duck, end, BED_UNDER_SPEECH_DB
        else:
            yield position, end, BED_UNDER_SPEECH_DB
        position = end


def _fade_to_level(part: Any, level: float, wanted: float) -> Any:
    """Turn the music from one level to another at the start of a part."""
    if level == wanted or len(part) <= _DUCK_MILLISECONDS:
        return part.apply_gain(wanted) if level == wanted else part.fade(wanted, level, start=0, end=max(1, len(part)))
    return part.fade(to_gain=wanted, from_gain=level, start=0, end=_DUCK_MILLISECONDS)


def _make_music_recording(name: str, recording: Recording, cache: Cache, ending: bool) -> Recording:
    rate = recording.rate
    sound = _load_levelled(name, rate).fade_in(_FADE_MILLISECONDS if not ending else 20).fade_out(_FADE_MILLISECONDS)
    clip = Clip(_cache_music(sound, rate, cache), int(sound.frame_count()))
    rest = Silence(round(_REST_SECONDS * rate))
    return Recording(
        rate,
        (clip, rest) if ending else (rest, clip),
        (),
        (),
        recording.title,
        recording.language,
        recording.metadata,
    )


def _load_levelled(name: str, rate: int) -> Any:
    try:
        pcm, _ = decode_audio(Path(name), rate)
    except (OSError, ValueError) as error:
        raise UsageError(
            "mixing", name, f"{type(error).__name__}: {error}", "Name a sound file that can be read."
        ) from error
    sound = _make_segment(pcm, rate)
    return sound if sound.dBFS == float("-inf") else sound.apply_gain(MUSIC_LEVEL_DBFS - sound.dBFS)


def _cache_music(sound: Any, rate: int, cache: Cache) -> str:
    pcm = bytes(sound.raw_data)
    clip = make_key(b"music", str(rate).encode(), pcm)
    if clip_cache.find_clip(cache, clip) is None:
        clip_cache.store_clip(cache, clip, Speech(pcm, rate))
    return clip


def _make_segment(pcm: bytes, rate: int) -> Any:
    return _import_pydub()(data=pcm, sample_width=2, frame_rate=rate, channels=1)


@lru_cache(maxsize=1)
def _import_pydub() -> Any:
    with warnings.catch_warnings():
        # It warns where there is no ffmpeg program, which we don't need, and of its own regular expressions.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415  20 ms that only music pays
    return AudioSegment
