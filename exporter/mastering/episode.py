"""An episode: recordings in a row, mastered in the format of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from exporter.cache import Cache
from exporter.concurrency import count_processors
from exporter.config import Config
from exporter.mastering import loudness, mp3, mpeg_frames, passages
from exporter.mastering.master import Master
from exporter.mastering.passages import Passage
from exporter.mastering.tags import CoverLoader, Tags, collect_tags, load_no_cover
from exporter.recording import Recording, join_recordings

_LIMITER_HEADROOM_DB = 0.2  # decibels by which a true peak may be higher than the limiter reckons


class Episode(msgspec.Struct, frozen=True):
    """What is written, whole or in parts, in one format; `master.recording` is the timeline of what is written.

    `frame` is the format's, in samples: what is written has to be whole frames. `short` is by how many LU it misses
    its loudness.
    """

    master: Master
    title: str
    config: Config
    cover: CoverLoader = load_no_cover
    frame: int = 1
    short: float = 0.0

    @property
    def recording(self) -> Recording:
        """The timeline of the whole."""
        return self.master.recording

    def write(self, path: Path) -> None:
        """Write the whole."""
        self._write(path, self.master.passages, collect_tags(self.recording, self.title, self.cover))

    def write_part(self, path: Path, part: Sequence[Passage], title: str) -> None:
        """Write some passages in a row as a file of their own."""
        alone = msgspec.structs.replace(self.recording, segments=(), chapters=())
        tags = msgspec.structs.replace(collect_tags(alone, title, self.cover), album=self.title)
        self._write(path, tuple(part), tags)

    def _write(self, path: Path, part: tuple[Passage, ...], tags: Tags) -> None:
        master = msgspec.structs.replace(self.master, passages=part)
        settings = self.config.audio
        if settings.format == "mp3":
            mp3.write_mp3(path, master, tags, settings.bitrate)
        else:
            from exporter.mastering import containers  # noqa: PLC0415  the usual format doesn't need it

            containers.write_container(path, settings.format, master, tags, settings.bitrate)


def check_settings(config: Config) -> None:
    """Raise `UsageError` for a loudness that does not exist, before any work; files are checked with the settings."""
    loudness.parse_target(config.audio.loudness)


def build_episode(
    recordings: Sequence[Recording], title: str, config: Config, cover: CoverLoader = load_no_cover
) -> Episode:
    """Cut and level recordings, ready to be written; raises `UsageError` for a wrong loudness or unreadable music."""
    settings = config.audio
    target = loudness.parse_target(settings.loudness)
    cache = Cache(config.cache)
    whole = join_recordings(recordings)
    if settings.intro or settings.outro:
        from exporter.mastering import mixing  # noqa: PLC0415  only music needs it

        whole = join_recordings(mixing.add_intro_outro(whole, settings.intro, settings.outro, cache))
    if settings.format == "mp3":
        shape = mpeg_frames.find_shape(whole.rate, settings.bitrate)
        frame, scale, headroom = (
            shape.frame,
            mp3.find_lame_scale(shape.bitrate),
            loudness.estimate_headroom(shape.bitrate, target),
        )
    else:
        from exporter.mastering import containers  # noqa: PLC0415  the usual format doesn't need it

        form = containers.CONTAINER_FORMATS[settings.format]
        frame, scale = form.frame, 1.0
        headroom = loudness.estimate_headroom(settings.bitrate, target) if form.lossy else _LIMITER_HEADROOM_DB
    recording, parts = passages.cut_passages(whole, frame)
    if settings.bed:
        from exporter.mastering import mixing  # noqa: PLC0415  as above

        music = mixing.cache_bed(settings.bed, whole.rate, cache)
        parts = tuple(msgspec.structs.replace(part, bed=music) for part in parts)
    level = loudness.Level(target, loudness.CEILING_DBTP - headroom)
    jobs = config.jobs or count_processors()
    gain = loudness.find_gain(whole, level, cache)
    factor = 10 ** (gain.decibels / 20)
    master = Master(
        _extend_first_chapter(recording), parts, cache, factor / scale, 10 ** (level.ceiling / 20) / scale, jobs
    )
    return Episode(master, title, config, cover, frame, gain.short)


def _extend_first_chapter(recording: Recording) -> Recording:
    """Let the first chapter begin with the music before it: players expect one at the beginning."""
    chapters = tuple(
        mark if number else msgspec.structs.replace(mark, begin=0) for number, mark in enumerate(recording.chapters)
    )
    return msgspec.structs.replace(recording, chapters=chapters)
