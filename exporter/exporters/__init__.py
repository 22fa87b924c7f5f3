"""Exporters: an edition becomes files.

An exporter is a module with the two functions of `Exporter`; `exporter.registry` lists them. It asks each piece for
what it needs (`article`, `script`, `recording`), which is made once and shared.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import msgspec

from exporter.config import Config
from exporter.edition import Edition
from exporter.errors import Notice


class Written(msgspec.Struct, frozen=True):
    """The files that an exporter wrote, the main one first, and what is worth a remark."""

    paths: tuple[Path, ...]
    notices: tuple[Notice, ...] = ()


class Exporter(Protocol):
    """What every exporter offers."""

    def suffix(self, config: Config) -> str:
        """The suffix of its main file under these settings, with the dot."""
        ...

    def export(self, edition: Edition, path: Path) -> Written:
        """Write the edition to `path` (and, where settings ask for more, beside it), each file whole or not at all."""
        ...
