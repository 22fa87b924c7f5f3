"""ZIP archives, read within limits; one that is not an office document is searched for articles as a folder is."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers.file_signatures import ZIP_START
from exporter.sources import LinkedPage, files
from exporter.sources.candidates import holds_article
from exporter.sources.markup import damaged_error
from exporter.sources.packed_files import PackedFiles

MAX_ENTRIES = 20_000
"""Entries that an archive may have; chosen: far more than any book's."""

_OFFICE_MARKS = (b"[Content_Types].xml", b"mimetypeapplication/")
"""File names in an archive that is one program's document: Office Open XML; OpenDocument and EPUB."""


class Archive:
    """A ZIP archive in memory; at most `max_bytes` of unpacked data are read from it in all."""

    def __init__(self, document: Document, max_bytes: int) -> None:
        """Read the archive's directory; raises `SourceError` if it is damaged or has too many entries."""
        import zipfile  # noqa: PLC0415  6 ms, only archives need it

        # What `zipfile` raises if an archive is damaged, encrypted, or packed in a way that it does not read.
        self._errors = (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, ValueError, EOFError, OSError)
        self._name = document.name
        self._max_bytes = max_bytes
        self._remaining_bytes = max_bytes
        try:
            self._zip = zipfile.ZipFile(BytesIO(document.data))
        except self._errors as error:
            raise damaged_error(document.name, error) from error
        if len(self._zip.NameToInfo) > MAX_ENTRIES:
            raise damaged_error(document.name, f"it has more than {MAX_ENTRIES:,} entries")

    def names(self) -> list[str]:
        """Return the paths of its files, in the order of the archive."""
        return [info.filename for info in self._zip.infolist() if not info.is_dir()]

    def check_size(self) -> None:
        """Raise `SourceError` if its files are over the limit together, or it is a decompression bomb."""
        infos = self._zip.infolist()
        if any(files.is_decompression_bomb(info.compress_size, info.file_size) for info in infos):
            raise files.bomb_error(self._name)
        if sum(info.file_size for info in infos) > self._max_bytes:
            raise files.too_large_error(self._name, self._max_bytes)

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """Read one file.

        Raises `SourceError` if it is damaged, encrypted or missing, or if more than the limit has been read in all.
        """
        try:
            if files.is_decompression_bomb(self._zip.getinfo(name).compress_size, self._zip.getinfo(name).file_size):
                raise files.bomb_error(self._name)
            with self._zip.open(name) as file:
                data = file.read(self._remaining_bytes + 1)
        except self._errors as error:
            raise damaged_error(f"{self._name}:{name}", error) from error
        self._remaining_bytes -= len(data)
        if self._remaining_bytes < 0:
            raise files.too_large_error(self._name, self._max_bytes)
        return data

    def copy(self, path: Path, changed: Mapping[str, bytes], added: Mapping[str, bytes | Path]) -> None:
        """Write the archive to a new file, with some files changed and some added at the end, which are stored.

        The others stay as they are. Raises `OSError`, and `SourceError` for one that cannot be read.
        """
        import zipfile  # noqa: PLC0415  6 ms, only archives need it

        with zipfile.ZipFile(path, "w") as out:
            for info in self._zip.infolist():
                out.writestr(info, changed[info.filename] if info.filename in changed else self.read(info.filename))
            for name, data in added.items():
                info = zipfile.ZipInfo(name, self._zip.infolist()[0].date_time)
                info.external_attr = 0o644 << 16
                out.writestr(info, data if isinstance(data, bytes) else data.read_bytes())


def recognises(document: Document) -> bool:
    """Whether a document is a ZIP archive, but not an office document."""
    data = document.data
    return data.startswith(ZIP_START) and not any(mark in data for mark in _OFFICE_MARKS)


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield each file that may hold an article, sorted by path, with the files of the archive that it refers to."""
    archive = Archive(document, settings.largest)
    names = {_decode_name(name): name for name in archive.names()}
    folders = files.name_resource_folders(map(PurePosixPath, names))
    pages = [path for path in names if files.is_candidate(PurePosixPath(path), folders)]
    packed = _pack_files(Archive(document, settings.largest_pictures), names, pages, settings)
    found = False
    for path in sorted(pages):
        name = f"{document.name}:{path}"
        try:
            data = archive.read(names[path])
        except SourceError as error:
            found = True
            yield error
            if files.is_too_large_error(error):
                return
            continue
        if data.strip():
            page = Document(name, data, location=path)
            if files.has_article_suffix(PurePosixPath(path)) or holds_article(page):
                found = True
                parts, notices = packed.collect_parts(data, path)
                yield msgspec.structs.replace(page, parts=parts, notices=notices)
        elif files.has_article_suffix(PurePosixPath(path)):
            found = True
            yield files.empty_error(name)
    if not found:
        raise SourceError(
            "opening", document.name, "EmptySource: it holds no article", "Name an archive that holds articles."
        )


def _pack_files(archive: Archive, names: dict[str, str], pages: list[str], settings: InputSettings) -> PackedFiles:
    """Return the files of an archive that are no articles."""
    others = set(names).difference(pages)

    def read(path: str) -> tuple[str, bytes] | None:
        try:
            return "", archive.read(names[path])
        except SourceError:
            return None  # the page can be read without it

    return PackedFiles(others if settings.images else (), read, settings.largest_pictures)


def _decode_name(name: str) -> str:
    """Return a path with slashes; letters that `zipfile` took for those of DOS are mostly UTF-8 that is not marked."""
    with contextlib.suppress(UnicodeEncodeError, UnicodeDecodeError):
        name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")
