"""Scripts: what is said, as text to read, as a producer's working script, as SSML or as JSON."""

from __future__ import annotations

from pathlib import Path

from exporter import script_formats
from exporter.config import Config
from exporter.edition import Edition, lexicon
from exporter.exporters import Written
from exporter.output import write_whole


def suffix(config: Config) -> str:
    """The suffix of a script: its format's name."""
    return f".{config.script.format}"


def export(edition: Edition, path: Path) -> Written:
    """Write the scripts of an edition, joined in one file."""
    script = script_formats.join_scripts(edition.title, [piece.script for piece in edition.pieces])
    data = script_formats.render(script, edition.config.script.format, lexicon(edition.config))
    return Written((write_whole(path, data),))
