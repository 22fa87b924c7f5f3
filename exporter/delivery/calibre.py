"""A Calibre library as destination, by Calibre's program ``calibredb``."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from exporter.delivery import Delivery, DestinationSettings, OutgoingFile, choose_formats
from exporter.errors import OutputError, UsageError
from exporter.publishing.shelf import ShelvedFile, ShelvedWork

PROGRAM = "calibredb"

ADD_TIMEOUT_SECONDS = 300
"""Seconds that adding one book may take; chosen: it takes one or two, more in a library on a slow disk."""


class CalibreSettings(DestinationSettings, frozen=True):
    """The folder of the library."""

    library: str


SETTINGS = CalibreSettings


def choose_files(work: ShelvedWork, settings: CalibreSettings) -> tuple[ShelvedFile, ...]:  # noqa: ARG001  as all
    """Return the book of a work."""
    return choose_formats(work, ("epub",))


def deliver(files: Sequence[OutgoingFile], settings: CalibreSettings) -> Iterator[Delivery]:
    """Add books to the library; one that has the title and the authors of a book there replaces its file.

    See `Destination`.
    """
    program = shutil.which(PROGRAM)
    if not program:
        cause = "NotInstalled: Calibre's program for libraries was not found"
        raise UsageError("delivering", PROGRAM, cause, "Install Calibre: sudo apt-get install calibre")
    library = Path(settings.library).expanduser()
    if not (library / "metadata.db").is_file():  # calibredb would make a new, empty library
        cause = "NotFound: it is not the folder of a Calibre library"
        raise OutputError("delivering", str(library), cause, "Name the folder that holds the file metadata.db.")
    for file in files:
        yield Delivery(file, _add_book(program, library, file.path))


def _add_book(program: str, library: Path, path: Path) -> OutputError | None:
    """Add a book; returns the error if that failed."""
    # Without --automerge, Calibre drops a book that it has.
    command = [program, "add", "--automerge", "overwrite", "--with-library", str(library), str(path.absolute())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=ADD_TIMEOUT_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        return _make_error(path, f"NotAdded: {PROGRAM} did not run to its end ({type(error).__name__})")
    if done.returncode == 0:
        return None
    lines = done.stderr.decode(errors="replace").split("\n")
    reason = next((line.strip() for line in reversed(lines) if line.strip()), f"it ended with {done.returncode}")
    return _make_error(path, f"NotAdded: {PROGRAM} says: {reason}")


def _make_error(path: Path, cause: str) -> OutputError:
    return OutputError("delivering", path.name, cause, "Close Calibre if it is open, and deliver again.")
