"""Exporters: an edition becomes files.

An exporter is a module with the two functions of `Exporter`; `exporter.registry` lists them. It asks each work for
what it needs (`article`, `script`, `recording`), which is made once and shared.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import msgspec

from exporter.config import Config
from exporter.edition import Edition
from exporter.errors import Notice
from exporter.recording import Recording


class Written(msgspec.Struct, frozen=True):
    """The files that an exporter wrote, the main one first, and the notices of every stage that it used.

    The notices are in the order of the stages: narration, speaking, then what the exporter itself did. `recording` is
    the timeline of an episode among the files, None without one.
    """

    paths: tuple[Path, ...]
    notices: tuple[Notice, ...] = ()
    recording: Recording | None = None


class Exporter(Protocol):
    """What the pipeline calls of each exporter that a user names."""

    def suffix(self, config: Config) -> str:
        """Return the suffix of its main file under these settings, with the dot."""
        ...

    def export(self, edition: Edition, path: Path) -> Written:
        """Write the edition to `path` (and, where settings ask for more, beside it), each file whole or not at all."""
        ...
