"""An edition becomes an episode: one sound file with chapters and tags, and what the settings ask for beside it."""

from __future__ import annotations

from pathlib import Path

from exporter.config import Config
from exporter.edition import Edition
from exporter.errors import Notice
from exporter.exporters import Written
from exporter.mastering.episode import episode
from exporter.output import whole_file


def suffix(config: Config) -> str:
    """The suffix of the format."""
    return f".{config.audio.format}"


def export(edition: Edition, path: Path) -> Written:
    """Write the episode, then its clips, its timeline and its playlist where they are wanted."""
    made = episode([piece.recording for piece in edition.pieces], edition.title, edition.config)
    with whole_file(path) as temporary:
        made.write(temporary)
    lost = (segment for segment in made.sound.recording.segments if segment.lost)
    return Written((path,), tuple(Notice(segment.written[:80], "a gap: it could not be spoken") for segment in lost))
