"""Delivery: files of a shelf are sent to a destination: a folder, a WebDAV server, a mailbox, a Calibre library.

A destination is a module with the members of `Destination`; `exporter.registry` lists them. Its settings are those of
``[destinations.NAME]`` whose `kind` is its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from exporter.errors import ExporterError
from exporter.publishing.shelf import BOOK_SUFFIXES, ShelvedFile, ShelvedWork


class DestinationSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the settings of all destinations have: the `kind`."""

    kind: str


class OutgoingFile(msgspec.Struct, frozen=True):
    """A file to deliver: its `name`, perhaps with folders, in the `folder` of its shelf, and the title of its work.

    `may_replace` says whether a different file of that name may be replaced at the destination: one that was delivered
    there before.
    """

    folder: Path
    name: str
    title: str
    may_replace: bool = False

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / self.name


class Delivery(msgspec.Struct, frozen=True):
    """What became of one file: `error` is None if it is at the destination."""

    file: OutgoingFile
    error: ExporterError | None = None


class Destination(Protocol):
    """What `exporter.delivery.deliver_works` asks of each destination."""

    SETTINGS: type[DestinationSettings]
    """The type of its settings."""

    def choose_files(self, work: ShelvedWork, settings: Any) -> tuple[ShelvedFile, ...]:
        """Return the files of a work that this destination takes."""
        ...

    def deliver(self, files: Sequence[OutgoingFile], settings: Any) -> Iterator[Delivery]:
        """Deliver files, and yield what became of each as soon as that is certain.

        Raises `OutputError` if the destination cannot be reached, and `UsageError` for wrong settings: the files that
        were not yielded are not delivered.
        """
        ...


def choose_formats(work: ShelvedWork, formats: Sequence[str], prefers_kepub: bool = False) -> tuple[ShelvedFile, ...]:
    """Return the files of a work in some formats, named by their suffixes without the first dot.

    For ``epub`` the plain book is taken, else the one for Kobo; `prefers_kepub` turns that round.
    """
    plain, kepub = BOOK_SUFFIXES[:2]
    order = (kepub, plain) if prefers_kepub else (plain, kepub)
    found: dict[str, ShelvedFile] = {}
    for name in formats:
        suffixes = order if name == "epub" else (f".{name}",)
        if file := next((work.files[suffix] for suffix in suffixes if suffix in work.files), None):
            found[file.name] = file
    return tuple(found.values())
