"""The user's music, mixed with pydub: an intro, an outro, and a bed (music under the speech) that is ducked.

An intro and an outro become clips of the recording. A bed is mixed under each passage separately, so that memory holds
one passage and the piece of music at most.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from exporter import clip_cache
from exporter.audio_input import decode_audio
from exporter.cache import Cache, make_key
from exporter.engines import Speech
from exporter.errors import UsageError, describe_error
from exporter.recording import Clip, Recording, Silence, Sound

MUSIC_LEVEL_DBFS = -20.0
"""RMS level of music before mastering: about that of eSpeak NG's speech."""

BED_UNDER_SPEECH_DB, BED_IN_PAUSES_DB = -22.0, -12.0
"""Gain of a bed, relative to `MUSIC_LEVEL_DBFS`; WCAG 2.2 (1.4.7) asks for 20 dB between speech and background."""

# Chosen by ear, no measurement:
_FADE_MILLISECONDS = 1500  # at the ends of the music
_ATTACK_MILLISECONDS = 20  # fade-in of an intro, against a click
_DUCK_MILLISECONDS = 250  # in which the level of a bed changes
_REST_SECONDS = 0.5  # between music and speech
_MIN_PAUSE_SECONDS = 0.6  # of a pause in which a bed becomes louder


def add_intro_outro(recording: Recording, intro: str, outro: str, cache: Cache) -> tuple[Recording, ...]:
    """Return the recording after its intro and before its outro (an empty name: none); raises `UsageError`."""
    before = (_make_music_recording(intro, recording, cache, is_intro=True),) if intro else ()
    after = (_make_music_recording(outro, recording, cache, is_intro=False),) if outro else ()
    return (*before, recording, *after)


def cache_bed(name: str, rate: int, cache: Cache) -> str:
    """Put a piece of music, at the standard level, into the cache; returns its key. Raises `UsageError`."""
    return _cache_music(_load_levelled(name, rate), rate, cache)


def mix_bed(pcm: bytes, sounds: tuple[Sound, ...], music: bytes, begin: int, rate: int) -> bytes:
    """Mix a bed under a passage that begins at sample `begin` of the episode; the music is repeated as needed."""
    offset = 2 * begin % len(music)
    repeated = (music[offset:] + music * (len(pcm) // len(music) + 1))[: len(pcm)]
    under = _make_segment(repeated, rate)
    level = BED_UNDER_SPEECH_DB
    parts = []
    for start, end, target in list_bed_levels(sounds, rate):
        part = under.get_sample_slice(start, end)
        parts.append(_cut_to_size(_fade_to_level(part, level, target), 2 * (end - start)))
        level = target
    return _cut_to_size(_make_segment(pcm, rate).overlay(_make_segment(b"".join(parts), rate)), len(pcm))


def _cut_to_size(segment: Any, size: int) -> bytes:
    """Return the PCM of a segment, `size` bytes long: pydub counts in milliseconds, and may be one off at the end."""
    return bytes(segment.raw_data[:size]).ljust(size, b"\0")


def list_bed_levels(sounds: Sequence[Sound], rate: int) -> Iterator[tuple[int, int, float]]:
    """Yield start and end (samples) and level (dB) of each part of the bed.

    It is louder in long pauses, until `_DUCK_MILLISECONDS` before the speech goes on.
    """
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


def _fade_to_level(part: Any, level: float, target: float) -> Any:
    """Fade the music from one level to another at the start of a part; `len(part)` is in milliseconds."""
    if level == target:
        return part.apply_gain(target)
    return part.fade(to_gain=target, from_gain=level, start=0, end=min(_DUCK_MILLISECONDS, max(1, len(part))))


def _make_music_recording(name: str, recording: Recording, cache: Cache, *, is_intro: bool) -> Recording:
    rate = recording.rate
    sound = (
        _load_levelled(name, rate)
        .fade_in(_ATTACK_MILLISECONDS if is_intro else _FADE_MILLISECONDS)
        .fade_out(_FADE_MILLISECONDS)
    )
    clip = Clip(_cache_music(sound, rate, cache), int(sound.frame_count()))
    rest = Silence(round(_REST_SECONDS * rate))
    return Recording(
        rate,
        (clip, rest) if is_intro else (rest, clip),
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
            "mixing", name, describe_error(error, "BadSound"), "Name a sound file that can be read."
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
        # It warns if the program ffmpeg, which is not needed here, is missing, and of its own regular expressions.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415  20 ms, only music needs it
    return AudioSegment
