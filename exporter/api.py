"""The Python API: what `exporter.read`, `narrate`, `speak` and `export` do. Import them from `exporter`.

Settings are an `exporter.config.Config`; `exporter.config_loading.load` makes one as the command line does. All four
raise `exporter.errors.ExporterError`, which says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath
from pathlib import Path

from exporter import registry
from exporter.config import Config
from exporter.edition import Edition, Work
from exporter.exporters import Written
from exporter.pipeline import read_work
from exporter.recording import Recording
from exporter.script import Script
from exporter.sources import open_documents

_DEFAULTS = Config()


def read(source: str | PathLike[str], config: Config = _DEFAULTS) -> tuple[Work, ...]:
    """Read every article of a source: a file, a folder, a URL or ``@FILE``.

    The article of a `Work` is its `article`, its notices are `source_notices`. Raises `SourceError` for the first
    article that cannot be read.
    """
    documents = open_documents([fspath(source)], config.input, cache=config.cache)
    return tuple(read_work(document, config, ("epub",)) for document in documents)


def narrate(work: Work) -> Script:
    """Return the script of a work: its text as it is spoken, and the pauses. It is made once, then kept."""
    return work.script


def speak(work: Work) -> Recording:
    """Return the recording of a work, made once, then kept. Its clips are in the cache; raises `SpeechError`."""
    return work.recording


def export(works: Iterable[Work], exporter: str, path: str | PathLike[str]) -> Written:
    """Write works into one file by the exporter of that name: epub, script, audio, readaloud or a plug-in's.

    The settings are those of the first work. Returns the paths of the files and the notices.
    """
    works = tuple(works)
    config = works[0].config if works else _DEFAULTS
    written: Written = registry.load("exporters", exporter).export(Edition(works, config), Path(path))
    return written
