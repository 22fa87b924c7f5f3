"""An episode: recordings joined and mastered, to be written in the format of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from exporter.cache import Cache
from exporter.concurrency import count_processors
from exporter.config import AudioSettings, Config
from exporter.mastering import containers, loudness, mixing, mp3, mpeg_frames, passages
from exporter.mastering.master import Master
from exporter.mastering.passages import Passage
from exporter.mastering.tags import CoverLoader, Tags, collect_tags, load_no_cover
from exporter.recording import Recording, join_recordings

_LIMITER_HEADROOM_DB = 0.2
"""Room below the ceiling, since eightfold oversampling measures true peaks too low.

At a fraction f of the sample rate by at most -20 log10(cos(pi f / 8)) dB (ITU-R BS.1770-4, attachment 1 to annex 2):
0.17 dB at f = 0.5, the highest frequency.
"""


class Episode(msgspec.Struct, frozen=True):
    """A mastered recording that can be written whole or in parts.

    Files hold whole frames of `frame_samples` samples. `shortfall_lu` is by how many LU the target loudness is missed.
    """

    master: Master
    title: str
    config: Config
    cover: CoverLoader = load_no_cover
    frame_samples: int = 1
    shortfall_lu: float = 0.0

    @property
    def recording(self) -> Recording:
        """The recording as it is written: its pauses may differ by half a frame from what was spoken."""
        return self.master.recording

    def write(self, path: Path) -> None:
        """Write the whole episode."""
        self._write(path, self.master.passages, collect_tags(self.recording, self.title, self.cover))

    def write_part(self, path: Path, part: Sequence[Passage], title: str) -> None:
        """Write consecutive passages as a file of their own, without chapters."""
        alone = msgspec.structs.replace(self.recording, segments=(), chapters=())
        tags = msgspec.structs.replace(collect_tags(alone, title, self.cover), album=self.title)
        self._write(path, tuple(part), tags)

    def _write(self, path: Path, part: tuple[Passage, ...], tags: Tags) -> None:
        master = msgspec.structs.replace(self.master, passages=part)
        settings = self.config.audio
        samples = sum(passage.samples for passage in part)
        tags = msgspec.structs.replace(tags, seconds=self.recording.seconds(samples))
        if settings.format == "mp3":
            mp3.write_mp3(path, master, tags, settings.bitrate)
        else:
            containers.write_container(path, settings.format, master, tags, settings.bitrate)


def check_settings(config: Config) -> None:
    """Raise `UsageError` for a wrong loudness, before any work; that files exist is checked with the settings."""
    loudness.parse_target(config.audio.loudness)


def build_episode(
    recordings: Sequence[Recording], title: str, config: Config, cover: CoverLoader = load_no_cover
) -> Episode:
    """Join, cut and measure recordings, ready to be written; raises `UsageError` for unreadable music."""
    settings = config.audio
    target = loudness.parse_target(settings.loudness)
    cache = Cache(config.cache)
    whole = join_recordings(recordings)
    if settings.intro or settings.outro:
        whole = join_recordings(mixing.add_intro_outro(whole, settings.intro, settings.outro, cache))
    coding = _choose_coding(settings, whole.rate, target)
    recording, parts = passages.cut_passages(whole, coding.frame_samples)
    bed = mixing.cache_bed(settings.bed, whole.rate, cache) if settings.bed else ""
    if bed:
        parts = tuple(msgspec.structs.replace(part, bed=bed) for part in parts)
    level = loudness.Level(target, loudness.CEILING_DBTP - coding.headroom_db)
    gain = loudness.find_gain(whole, bed, level, cache)
    factor, ceiling = 10 ** (gain.decibels / 20) / coding.scale, 10 ** (level.ceiling / 20) / coding.scale
    jobs = config.jobs or count_processors()
    master = Master(_extend_chapters(recording), parts, cache, factor, ceiling, jobs)
    return Episode(master, title, config, cover, coding.frame_samples, gain.shortfall_lu)


class _Coding(NamedTuple):
    """How a format codes PCM.

    `scale` is the factor by which the encoder changes the level, `headroom_db` the room below the ceiling for what it
    adds to true peaks.
    """

    frame_samples: int
    scale: float
    headroom_db: float


def _choose_coding(settings: AudioSettings, rate: int, target: float) -> _Coding:
    """Return the coding of the format in the settings, for a sample rate in hertz and a target in LUFS."""
    if settings.format == "mp3":
        shape = mpeg_frames.find_shape(rate, settings.bitrate)
        headroom = loudness.estimate_headroom(shape.bitrate, target)
        return _Coding(shape.frame_samples, mp3.find_lame_scale(shape.bitrate), headroom)
    form = containers.CONTAINER_FORMATS[settings.format]
    headroom = loudness.estimate_headroom(settings.bitrate, target) if form.is_lossy else _LIMITER_HEADROOM_DB
    return _Coding(form.frame_samples, 1.0, headroom + form.overshoot_db)


def _extend_chapters(recording: Recording) -> Recording:
    """Let the first chapter begin with the intro, since players expect one at 0, and the last end with the outro."""
    if not recording.chapters:
        return recording
    *before, last = recording.chapters
    chapters = [*before, msgspec.structs.replace(last, end=recording.samples)]
    chapters[0] = msgspec.structs.replace(chapters[0], begin=0)
    return msgspec.structs.replace(recording, chapters=tuple(chapters))
