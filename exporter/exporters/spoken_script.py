"""Scripts: what is said, as text to read, as a working script, in two columns for a desk, as SSML or as JSON."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from exporter import script_formats
from exporter.config import Config
from exporter.edition import Edition, load_lexicon
from exporter.exporters import Written
from exporter.output import write_whole


def suffix(config: Config) -> str:
    """Return the suffix of a script: its format's name."""
    return f".{config.script.format}"


def export(edition: Edition, path: Path) -> Written:
    """Write the scripts of an edition, joined in one file."""
    narrated = [work.narrated for work in edition.works]
    script = script_formats.join_scripts(edition.title, [each.script for each in narrated])
    script = replace(script, slug=edition.config.script.slug or script.slug)
    data = script_formats.render(script, edition.config.script.format, load_lexicon(edition.config))
    notices = tuple(notice for each in narrated for notice in each.notices)
    return Written((write_whole(path, data),), notices)
