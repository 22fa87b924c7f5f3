"""Files, folders, lists of sources, and standard input.

A folder's articles are its files with an article's suffix, sorted, recursively; files whose suffix says little (JSON,
CSV, XML, ZIP, or none) are looked into. Hidden files and folders are skipped, and so is the folder ``NAME_files`` that
browsers save beside ``NAME.html``.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import BinaryIO

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError, describe_error

ARTICLE_SUFFIXES = frozenset(
    (
        ".txt .text .md .mkd .markdown .mdown .html .htm .xhtml .xht .shtml .mhtml .mht .epub .rss .atom .opml "
        ".warc .warc.gz .wacz .pdf .eml .mbox .docx .odt .rtf .ipynb .webloc .url"
    ).split()
)
"""Suffixes of files that hold articles."""

_MIXED_SUFFIXES = frozenset({".json", ".csv", ".tsv", ".xml", ".zip", ".desktop", ".website", ""})
"""Suffixes of files that may hold articles or anything else: their content decides."""

_IGNORED_SUFFIXES = frozenset(
    (
        ".jpg .jpeg .png .gif .webp .svg .avif .bmp .tif .tiff .ico .heic .css .js .mjs .map .woff .woff2 .ttf .otf "
        ".eot .mp3 .m4a .m4b .ogg .opus .oga .flac .wav .aac .mp4 .m4v .webm .mov .avi .mkv .vtt .srt .lrc .ssml .cue "
        ".m3u .m3u8 .ini .db .lnk .toml .lock .tmp .part .bak .log .py .pyc .sh .bat .exe .dll .so .class"
    ).split()
)
"""Suffixes of files that stand beside articles without holding any: nobody asks why they were not read."""

_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})

_SINGLE_SUFFIXES = frozenset(".txt .text .md .mkd .markdown .mdown .pdf .docx .odt .rtf .eml .ipynb".split())
"""Suffixes of files that hold one article each."""

_OBJECT_ADDRESS = re.compile("(?:s3a?|gs|az|adl|azure|abfss?)://")

_RESOURCE_FOLDER_ENDINGS = ("_files", "-Dateien", "_fichiers", "_archivos", "_file", "_bestanden")
"""What browsers append to a saved page's name for the folder of its pictures, in English and five other languages."""

GZIP_START = b"\x1f\x8b"
"""The first bytes of gzip data (RFC 1952)."""

_MIN_BOMB_BYTES = 10_000_000
"""Bytes of unpacked data from which the ratio is checked; chosen: a file this large is read in a moment."""

_MAX_UNPACKED_RATIO = 200
"""Unpacked bytes for each packed byte: text has about 10, logs about 50, and deflate's limit is 1032."""


def resolve_name(name: str, folder: Path) -> Path:
    """Return the path of a name, relative to a folder; ``~/`` is the home folder, since no shell expands lists.

    Raises `SourceError` for an empty name.
    """
    if not name:  # probably an unset variable of a shell script; as a path it would mean the folder
        raise SourceError("reading", name, "NoName: the name is empty", "Name a file, a folder or a URL.")
    return folder / (Path(name).expanduser() if name.startswith("~/") else name)


def is_object_address(name: str) -> bool:
    """Whether a name is an address of object storage (`object_storage`)."""
    return bool(_OBJECT_ADDRESS.match(name))


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; False for a name that no file can have."""
    with contextlib.suppress(OSError, ValueError):
        return path.is_dir()
    return False


def read_file(path: Path, settings: InputSettings) -> Document:
    """Read one file; raises `SourceError` if it is missing, unreadable, empty or too large."""
    name = str(path)
    try:
        with path.open("rb") as file:
            data = read_all(file, name, settings)
    except FileNotFoundError as error:
        raise _read_error(name, error, "Check the spelling of the name.") from error
    except (OSError, ValueError) as error:
        raise _read_error(name, error, "Name a file that you may read.") from error
    return Document(name, data, folder=str(path.parent.resolve()))


def read_stream(stream: BinaryIO | None, settings: InputSettings) -> Document:
    """Read standard input as a document called ``-``; raises `SourceError` if it is closed, empty or too large."""
    remedy = "Pipe an article in, or name a file."
    if stream is None:
        raise SourceError("reading", "-", "EmptySource: standard input is closed", remedy)
    try:
        return Document("-", read_all(stream, "-", settings))
    except OSError as error:
        raise _read_error("-", error, remedy) from error


def read_all(stream: BinaryIO, name: str, settings: InputSettings, size: int | None = None) -> bytes:
    """Read so many bytes of a stream, or all; raises `SourceError` if it is empty or over the settings' size limit."""
    data = stream.read(settings.largest + 1 if size is None else min(size, settings.largest + 1))
    if len(data) > settings.largest:
        raise too_large_error(name, settings.largest)
    if not data.strip():
        raise empty_error(name)
    return data


def empty_error(name: str, reason: str = "there is nothing in it") -> SourceError:
    """Make the error for a source without an article; `reason` says what it lacks."""
    return SourceError("reading", name, f"EmptySource: {reason}", "Name a source that holds an article.")


def too_large_error(name: str, max_bytes: int) -> SourceError:
    """Make the error for a source over the size limit."""
    return SourceError(
        "reading",
        name,
        f"TooLarge: it is over {max_bytes:,} bytes",
        "Raise 'largest' under [input] in exporter.toml if it is meant to be that large.",
    )


def is_too_large_error(error: SourceError) -> bool:
    """Whether an error says that a source is over the size limit; nothing more of it can be read then."""
    return error.cause.startswith("TooLarge")


def is_decompression_bomb(packed: int, unpacked: int) -> bool:
    """Whether data is a decompression bomb, by the bytes before and after unpacking."""
    return unpacked > _MIN_BOMB_BYTES and unpacked > _MAX_UNPACKED_RATIO * packed


def bomb_error(name: str) -> SourceError:
    """Make the error for a decompression bomb."""
    return SourceError(
        "opening",
        name,
        f"TooLarge: it unpacks to over {_MAX_UNPACKED_RATIO} times its size",
        "Unpack it, and name what you need.",
    )


def find_candidates(folder: Path) -> Iterator[Path | SourceError]:
    """Yield the files of a folder and its subfolders, sorted by path, but those that stand beside articles.

    A folder that cannot be read is yielded as its error, after all files.
    """
    unreadable: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        resource_folders = name_resource_folders(map(PurePath, names))
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in resource_folders)
        for name in sorted(names):
            path = Path(parent, name)
            if not is_ignored(path) and path.is_file():
                yield path
    for error in unreadable:
        yield _read_error(str(error.filename), error, "Name a folder that you may read.")


def name_resource_folders(pages: Iterable[PurePath]) -> set[str]:
    """Return what browsers call the folders that they save beside pages."""
    stems = [str(path.with_suffix("")) for path in pages if path.suffix.lower() in _PAGE_SUFFIXES]
    return {stem + ending for stem in stems for ending in _RESOURCE_FOLDER_ENDINGS}


def is_ignored(path: PurePath) -> bool:
    """Whether a file is hidden, or has a suffix of files that stand beside articles."""
    return path.name.startswith((".", "~$")) or (path.suffix.lower() in _IGNORED_SUFFIXES)


def has_article_suffix(path: PurePath) -> bool:
    """Whether a file has a suffix of files that hold articles."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    return "".join(suffixes) in ARTICLE_SUFFIXES or "".join(suffixes[-1:]) in ARTICLE_SUFFIXES


def is_web_archive(name: str) -> bool:
    """Whether a name has a suffix of web archives: their pages are sources by their own addresses."""
    return name.lower().endswith((".warc", ".warc.gz", ".wacz"))


def holds_one_article(path: PurePath, is_named: bool) -> bool:
    """Whether a file holds one article, by its suffix. A page that the user named may be a list of bookmarks."""
    suffix = path.suffix.lower()
    return suffix in _SINGLE_SUFFIXES or (not is_named and suffix in _PAGE_SUFFIXES)


def is_candidate(path: PurePath, resource_folders: set[str]) -> bool:
    """Whether a file of an archive may hold an article: by its suffix, unless it is hidden or beside a saved page."""
    if any(part.startswith((".", "__MACOSX")) for part in path.parts) or is_ignored(path):
        return False
    if not resource_folders.isdisjoint(map(str, path.parents)):
        return False
    return has_article_suffix(path) or has_mixed_suffix(path)


def has_mixed_suffix(path: PurePath) -> bool:
    """Whether the content of a file must say whether it holds an article."""
    return path.suffix.lower() in _MIXED_SUFFIXES


def read_list(path: Path, settings: InputSettings) -> list[str]:
    """Read a list of sources, one on each line; empty lines and lines that begin with ``#`` are ignored."""
    return parse_list(read_file(path, settings).data)


def parse_list(data: bytes) -> list[str]:
    """Return the names in a list of sources, as `read_list` does."""
    text = data.decode("utf-8-sig", "surrogateescape")
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]


def _read_error(name: str, error: Exception, remedy: str) -> SourceError:
    return SourceError("reading", name, describe_error(error, "NotReadable"), remedy)
