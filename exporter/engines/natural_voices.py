"""The voices of hibari: which there are, where their models lie, and fetching one more when it is asked for.

`heart` is inside the package. The others are fetched once, checked by their SHA-256, into the user's data folder.
Nothing here imports hibari: its list of voices is a JSON file of the package.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from exporter.engines.alphabets import Alphabet
from exporter.engines.distributions import find_package_folder, find_version

if TYPE_CHECKING:
    from pathlib import Path

DISTRIBUTION = "hibari-tts"
"""The distribution's name; its package is called `hibari`."""

SUPPORTED_VERSION = "0.2.1"
"""The one version whose inner parts `exporter.engines.natural_model` uses."""

MODEL_ADDRESS = "https://huggingface.co/maureesewilliams/hibari/resolve/main/voices/"
"""Where the authors publish the models, as the package's own `hibari/voices.py` says."""

MODEL_LICENSE = "Apache-2.0"
"""That of every model, as the package's README says: they learned from Kokoro-82M, which has the same."""

_BRITISH_REGIONS = frozenset({"gb", "ie", "au", "nz", "za", "in"})
_FETCH_TIMEOUT_SECONDS = 60.0
_FETCH_BLOCK_BYTES = 1 << 16


class NaturalVoice(NamedTuple):
    """One voice: `language` is a BCP 47 tag, `size` the bytes of its model, `path` where that is or would be."""

    name: str
    language: str
    gender: str
    british: bool
    size: int
    sha256: str
    path: str
    file: str

    @property
    def alphabet(self) -> Alphabet:
        """The alphabet of its phonemes."""
        return "misaki-gb" if self.british else "misaki"

    @property
    def is_installed(self) -> bool:
        """Whether its model is on this machine."""
        return os.path.isfile(self.path)  # noqa: PTH113  pathlib costs a worker 8 ms


def is_available() -> bool:
    """Whether the package is installed, in the version that is supported."""
    return find_version(DISTRIBUTION) == SUPPORTED_VERSION and find_package_folder("hibari") is not None


@cache
def list_natural_voices() -> tuple[NaturalVoice, ...]:
    """Return every voice, those of the package first; none if the package is not installed."""
    folder = find_package_folder("hibari") if is_available() else None
    if folder is None:
        return ()
    with open(f"{folder}/assets/voices.json", encoding="utf-8") as file:  # noqa: PTH123  as above
        table: dict[str, Any] = json.load(file)
    data = find_data_folder()
    voices = [
        NaturalVoice(
            name,
            facts["language"].lower(),
            facts["gender"],
            facts["british"],
            facts["bytes"],
            facts["sha256"],
            f"{folder}/assets/{facts['file']}" if facts.get("bundled") else f"{data}/{facts['file']}",
            facts["file"],
        )
        for name, facts in table.items()
    ]
    return tuple(sorted(voices, key=lambda voice: not voice.path.startswith(folder)))


def list_installed() -> tuple[NaturalVoice, ...]:
    """Return the voices whose models are on this machine."""
    return tuple(voice for voice in list_natural_voices() if voice.is_installed)


def choose_natural_voice(name: str, language: str) -> NaturalVoice | None:
    """Return the voice of that name, or without one the best installed for an English tag; None if there is none."""
    installed = list_installed()
    if name:
        return next((voice for voice in installed if voice.name == name.lower()), None)
    primary, _, region = language.partition(",")[0].lower().replace("_", "-").partition("-")
    if primary != "en" or not installed:
        return None
    wants_british = region in _BRITISH_REGIONS
    return next((voice for voice in installed if voice.british == wants_british), installed[0])


def find_dictionaries() -> list[str]:
    """Return the files that hold the words of which hibari has the reading; none if the package is not installed."""
    folder = find_package_folder("hibari") if is_available() else None
    return [f"{folder}/assets/lexicon_us_{part}.json.gz" for part in ("gold", "silver")] if folder else []


def find_data_folder() -> str:
    """Return the folder of fetched models: `EXPORTER_DATA_FOLDER`, or the user's data folder."""
    given = os.environ.get("EXPORTER_DATA_FOLDER")
    if given:
        return os.path.join(given, "voices")  # noqa: PTH118  as above
    from platformdirs import user_data_dir  # noqa: PLC0415  5 ms

    return os.path.join(user_data_dir("exporter", appauthor=False), "voices")  # noqa: PTH118  as above


def fetch_voice(name: str) -> NaturalVoice:
    """Fetch the model of a voice and check it; returns the voice. A fetch that was interrupted goes on.

    Raises `UsageError` for an unknown name or a missing package, `SpeechError` if it cannot be fetched or is not the
    file that the package's list describes.
    """
    import hashlib  # noqa: PLC0415  only a fetch needs it
    from http.client import HTTPException  # noqa: PLC0415  as above
    from pathlib import Path  # noqa: PLC0415  8 ms, as above

    from exporter.errors import SpeechError, UsageError, describe_error  # noqa: PLC0415  15 ms, as above
    from exporter.registry import unknown_name  # noqa: PLC0415  as above

    voices = {voice.name: voice for voice in list_natural_voices()}
    if not voices:
        raise UsageError(
            "fetching a voice", name, "NotInstalled: natural voices need hibari-tts", "pip install 'exporter[natural]'"
        )
    if name not in voices:
        raise unknown_name("fetching a voice", name, tuple(voices))
    voice = voices[name]
    if voice.is_installed:
        return voice
    path = Path(voice.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.part")
    remedy = f"Fetch it again, which goes on where it ended, or copy {MODEL_ADDRESS}{voice.file} to {voice.path}."
    try:
        _download(MODEL_ADDRESS + voice.file, partial, voice.size)
    except (OSError, HTTPException) as error:
        raise SpeechError("fetching a voice", name, describe_error(error, "NetworkFailure"), remedy) from error
    data = partial.read_bytes()
    if len(data) < voice.size:
        cause = f"Interrupted: {len(data):,} of {voice.size:,} bytes came"
        raise SpeechError("fetching a voice", name, cause, remedy)
    if hashlib.sha256(data).hexdigest() != voice.sha256:
        partial.unlink()
        raise SpeechError("fetching a voice", name, "BadChecksum: the file is not the one that was published", remedy)
    partial.replace(path)
    return voice


def _download(address: str, partial: Path, size: int) -> None:
    """Add to a partial file what is missing of an address, up to one byte more than `size`; raises `OSError`."""
    import urllib.request  # noqa: PLC0415  as above
    from http import HTTPStatus  # noqa: PLC0415  as above

    have = partial.stat().st_size if partial.is_file() else 0
    if have >= size:
        return
    request = urllib.request.Request(address, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310  the constant https address
    with urllib.request.urlopen(request, timeout=_FETCH_TIMEOUT_SECONDS) as reply:  # noqa: S310  as above
        is_rest = reply.status == HTTPStatus.PARTIAL_CONTENT
        with partial.open("ab" if is_rest else "wb") as file:
            while (part := reply.read(_FETCH_BLOCK_BYTES)) and file.tell() <= size:
                file.write(part)
