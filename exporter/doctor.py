"""What works here and what is missing, with the line that installs it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec

from exporter.config import Config
from exporter.errors import ExporterError

_PACKAGES = (
    # import name, package, what it is for
    ("ebooklib", "ebooklib", "books"),
    ("lxml", "lxml", "HTML and books"),
    ("trafilatura", "trafilatura", "finding the article in a page"),
    ("dateparser", "dateparser", "dates in any form"),
    ("ftfy", "ftfy", "mending broken characters"),
    ("charset_normalizer", "charset-normalizer", "text in any encoding"),
    ("markdown_it", "markdown-it-py", "Markdown"),
    ("mdit_py_plugins", "mdit-py-plugins", "notes, formulas and attributes in Markdown"),
    ("yaml", "pyyaml", "front matter"),
    ("urllib3", "urllib3", "pages on the web"),
    ("certifi", "certifi", "whom to trust on the web"),
    ("warcio", "warcio", "archives of the web"),
    ("num2words", "num2words", "numbers in Spanish, French and German"),
    ("babel", "babel", "units in Spanish, French and German"),
    ("PIL", "pillow", "pictures and covers"),
    ("resvg_py", "resvg-py", "drawings"),
    ("math_core", "math-core", "formulas"),
    ("pygments", "pygments", "code in colours"),
    ("jinja2", "jinja2", "templates of narrations"),
    ("pyttsx3", "pyttsx3", "speech"),
    ("espeakng_loader", "espeakng-loader", "speech without a system package"),
    ("pydub", "pydub", "intro, outro and music"),
    ("numpy", "numpy", "levels of sound"),
    ("lameenc", "lameenc", "MP3"),
    ("av", "av", "M4B, Opus and FLAC"),
    ("mutagen", "mutagen", "tags and chapters"),
)


class Finding(msgspec.Struct, frozen=True):
    """One part: whether it is `good`, whether work `needed` it, what was found, and what cures it."""

    part: str
    good: bool
    text: str
    cure: str = ""
    needed: bool = True


def examine(config: Config) -> tuple[Finding, ...]:
    """Look at every part that the work may need: packages, voices, folders."""
    return (*_check_packages(), _check_speech(config), *_check_folders(config))


def _check_packages() -> Iterator[Finding]:
    for module, package, purpose in _PACKAGES:
        if find_spec(module):
            yield Finding(package, True, purpose)
        else:
            yield Finding(package, False, f"not installed: {purpose}", f"pip install {package}")


def _check_speech(config: Config) -> Finding:
    from exporter.speech import voices  # noqa: PLC0415  whatever it needs may be what is missing

    part = f"engine {config.speech.engine}"
    try:
        found = voices(config)
    except ExporterError as error:
        return Finding(part, False, error.cause, error.remedy)
    except ImportError as error:
        return Finding(part, False, str(error), "pip install --force-reinstall exporter")
    return Finding(part, bool(found), f"{len(found)} voices", "Choose another engine with --engine.")


def _check_folders(config: Config) -> Iterator[Finding]:
    from exporter.cache import Cache  # noqa: PLC0415

    for part, folder in (
        ("cache folder", Path(Cache(config.cache).folder)),
        ("temporary folder", Path(tempfile.gettempdir())),
    ):
        nearest = _nearest_existing(folder)
        good = nearest.is_dir() and os.access(nearest, os.W_OK)
        yield Finding(part, good, str(folder), "Choose another with EXPORTER_CACHE_FOLDER or TMPDIR.")


def _nearest_existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.exists())
