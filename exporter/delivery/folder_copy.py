"""A folder as destination: an e-reader by USB, a folder that Syncthing or Dropbox synchronises."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from exporter.delivery import Delivery, DestinationSettings, OutgoingFile, choose_formats
from exporter.errors import OutputError, describe_error
from exporter.output import whole_file
from exporter.output_folder.file_stamps import compute_file_digest
from exporter.publishing.shelf import ShelvedFile, ShelvedWork


class FolderSettings(DestinationSettings, frozen=True):
    """The folder, and the formats to copy; for the profile ``kobo`` the book for Kobo where there is one."""

    folder: str
    formats: tuple[str, ...] = ("epub",)
    profile: Literal["generic", "kobo"] = "generic"


SETTINGS = FolderSettings


def choose_files(work: ShelvedWork, settings: FolderSettings) -> tuple[ShelvedFile, ...]:
    """Return the files of a work in the formats of the settings."""
    return choose_formats(work, settings.formats, settings.profile == "kobo")


def deliver(files: Sequence[OutgoingFile], settings: FolderSettings) -> Iterator[Delivery]:
    """Copy files into the folder, each whole or not at all; see `Destination`.

    A folder that is missing is not made: the device may not be connected.
    """
    folder = Path(settings.folder).expanduser()
    if not folder.is_dir():
        cause = "NotFound: there is no such folder"
        raise OutputError("delivering", str(folder), cause, "Connect the device, or make the folder.")
    for file in files:
        try:
            _copy_file(file, folder / file.name)
        except OutputError as error:
            yield Delivery(file, error)
        else:
            yield Delivery(file)


def _copy_file(file: OutgoingFile, target: Path) -> None:
    """Copy a file unless its content is there; raises `OutputError`."""
    try:
        if target.exists():
            if _has_same_content(file.path, target):
                return
            if not file.may_replace:
                cause = "Exists: another file of that name, which was not delivered from here, is there"
                raise OutputError("delivering", str(target), cause, "Move it away, or allow it with --overwrite.")
        with whole_file(target) as temporary:
            shutil.copyfile(file.path, temporary)
    except OSError as error:
        raise OutputError(
            "delivering", str(target), describe_error(error, "SystemError"), "Look at the folder's permissions."
        ) from error


def _has_same_content(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and compute_file_digest(one) == compute_file_digest(other)
