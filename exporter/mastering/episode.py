"""An episode: recordings in a row, mastered in the format of the settings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from exporter.cache import Cache
from exporter.config import Config
from exporter.mastering import loudness, mp3, passages
from exporter.mastering.sound import Sound
from exporter.mastering.tags import Picture, describe
from exporter.recording import Recording, joined


class Episode(msgspec.Struct, frozen=True):
    """What is written, whole or in parts, in one format; `sound.recording` is the timeline of what is written."""

    sound: Sound
    title: str
    config: Config
    cover: Picture | None = None

    def write(self, path: Path) -> None:
        """Write the whole."""
        tags = describe(self.sound.recording, self.title, self.cover)
        mp3.write(path, self.sound, tags, self.config.audio.bitrate)


def episode(recordings: Sequence[Recording], title: str, config: Config, cover: Picture | None = None) -> Episode:
    """Cut, measure and level recordings, ready to be written."""
    whole = joined(recordings)
    recording, parts = passages.cut(whole, mp3.frame(whole.rate))
    cache = Cache(config.cache)
    jobs = config.jobs or os.cpu_count() or 1
    level = loudness.Level(loudness.target(config.audio.loudness), loudness.CEILING - mp3.headroom(config.audio.bitrate))
    scale = mp3.scale(config.audio.bitrate)
    gain = loudness.gain(parts, whole.rate, level, cache, jobs)
    sound = Sound(recording, parts, cache, 10 ** (gain / 20) / scale, 10 ** (level.ceiling / 20) / scale, jobs)
    return Episode(sound, title, config, cover)
