"""File stems, each for one source, also when several batches write into one folder at once.

The rule: a source has the stem of its title; where another source owns that, the stem and eight hexadecimal digits of
its label. The owner of a stem is whoever first made its marker: a file ``.exporter/names/<2 digits>/<stem>`` that
holds the owner's label; of a stem with folders (`layouts`), it is called by the stem's digest. It appears
whole, by a hard link, which is atomic also on network file systems.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from exporter.output_folder.layouts import digest_text, is_own_place

STATE_FOLDER = ".exporter"
"""The folder within an output folder that holds the markers and the list of files that exporter made."""

_DIGEST_BYTES = (4, 16)
"""Lengths of the digest behind a stem: eight digits, and 32 where two labels agree in those."""


_PUBLISHED_STEM = re.compile(r"index|playlist|feed(?:-\d+)?|opds(?:-.*)?")


def is_reserved(stem: str) -> bool:
    """Whether files of a stem could have the names of what `exporter.publishing` writes into the folder."""
    return bool(_PUBLISHED_STEM.fullmatch(stem))


def list_stems(stem: str, label: str) -> Iterator[str]:
    """Yield the stems that a source may have, in the order in which they are tried."""
    yield stem
    for size in _DIGEST_BYTES:
        yield f"{stem}-{digest_text(label, size)}"


def choose_stem(stem: str, label: str, owners: dict[str, str]) -> str:
    """Return the stem of a source in a run without a manifest; `owners` are the labels by stem, and gets one more."""
    return next(name for name in list_stems(stem, label) if owners.setdefault(name, label) == label)


def claim_free_stem(
    claim: Callable[[str, str], bool], stem: str, label: str, owners: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Make a source the owner of a stem: of the first that it may have, and that no other owns.

    `claim` makes a source the owner of a stem, as `claim_stem` does for a folder, and may raise as it does. `owners`
    are the labels of further owners, by stem.
    """
    stems = (name for name in list_stems(stem, label) if not is_reserved(name))
    free = (name for name in stems if owners.get(name, label) == label)
    return next(name for name in free if claim(name, label))


def name_marker(stem: str) -> str:
    """Return where the marker of a stem lies, relative to the output folder."""
    name = digest_text(stem, 16) if "/" in stem else stem
    return f"{STATE_FOLDER}/names/{digest_text(stem, 1)}/{name}"


def claim_stem(folder: Path, stem: str, label: str) -> bool:
    """Make a source the owner of a stem, unless another is; returns whether it is the owner now. Raises `OSError`."""
    if is_own_place(stem, label):
        return True
    marker = folder / name_marker(stem)
    own = label.encode("utf-8", "surrogateescape")
    with contextlib.suppress(FileNotFoundError):
        return marker.read_bytes() == own
    temporary = marker.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _write_new(temporary, own)
        _link(temporary, marker)
    except FileExistsError:
        return marker.read_bytes() == own
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _write_new(path: Path, data: bytes) -> None:
    """Write a file, and make its folder if that is missing."""
    with contextlib.suppress(FileNotFoundError):
        path.write_bytes(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _link(temporary: Path, marker: Path) -> None:
    """Give a file a second name; raises `FileExistsError`. Without hard links (FAT), create the name exclusively."""
    try:
        os.link(temporary, marker)
    except FileExistsError:
        raise
    except OSError:
        with marker.open("xb") as file:
            file.write(temporary.read_bytes())
