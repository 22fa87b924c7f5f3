"""ZIP archives: opened within limits, and, where one is nothing more, searched for articles as a folder is."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage, files
from exporter.sources.markup import damaged_error

MAX_ENTRIES = 20_000
"""Entries that an archive may have."""

ZIP_MAGIC = b"PK\x03\x04"

_OFFICE_MARKS = (b"[Content_Types].xml", b"mimetypeapplication/")  # Office Open XML; OpenDocument and EPUB


class Archive:
    """A ZIP archive in memory. What is read of it in all stays below `largest` bytes, whatever it claims."""

    def __init__(self, document: Document, largest: int) -> None:
        import zipfile  # noqa: PLC0415  10 ms, for archives only

        self._damage = (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, ValueError, EOFError, OSError)
        self._name = document.name
        self._largest = largest
        self._left = largest
        try:
            self._zip = zipfile.ZipFile(BytesIO(document.data))
        except self._damage as error:
            raise damaged_error(document.name, error) from error
        if len(self._zip.NameToInfo) > MAX_ENTRIES:
            raise damaged_error(document.name, ValueError(f"it has more than {MAX_ENTRIES} entries"))

    def names(self) -> list[str]:
        """The files in it, in its own order."""
        return [info.filename for info in self._zip.infolist() if not info.is_dir()]

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """Read one file; raises `SourceError` where it is damaged, encrypted or not there, or all of them too large."""
        try:
            if files.is_bomb(self._zip.getinfo(name).compress_size, self._zip.getinfo(name).file_size):
                raise files.bomb_error(self._name)
            with self._zip.open(name) as file:
                data = file.read(self._left + 1)
        except self._damage as error:
            raise damaged_error(f"{self._name}:{name}", error) from error
        self._left -= len(data)
        if self._left < 0:
            raise files.too_large_error(self._name, self._largest)
        return data


def recognises(document: Document) -> bool:
    """Whether it is a ZIP archive, and not one program's document, which says so in a file of a fixed name."""
    data = document.data
    return data.startswith(ZIP_MAGIC) and not any(mark in data for mark in _OFFICE_MARKS)


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield each file in it that may hold an article, sorted by path."""
    archive = Archive(document, settings.largest)
    names = [name for name in archive.names() if _is_candidate(PurePosixPath(name))]
    if not names:
        raise SourceError(
            "opening", document.name, "EmptySource: it holds no article", "Name an archive that holds articles."
        )
    for name in sorted(names):
        try:
            data = archive.read(name)
        except SourceError as error:
            yield error
            if files.is_too_large_error(error):
                return
            continue
        yield (
            Document(f"{document.name}:{name}", data) if data.strip() else files.empty_error(f"{document.name}:{name}")
        )


def _is_candidate(path: PurePosixPath) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and (files.has_article_suffix(path) or path.suffix.lower() in (".json", ".csv"))
