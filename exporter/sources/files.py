"""Files, folders, lists of sources, and standard input.

A folder's articles are its files of a kind that holds articles, sorted, recursively; JSON, CSV, XML and ZIP count where
their content is known. Hidden files and folders are
passed over, and so is the folder ``NAME_files`` that browsers save beside ``NAME.html``.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import BinaryIO

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError

ARTICLE_SUFFIXES = frozenset(
    (
        ".txt .text .md .mkd .markdown .mdown .html .htm .xhtml .xht .shtml .mhtml .mht .epub .rss .atom .opml "
        ".warc .warc.gz .wacz"
    ).split()
)
"""Suffixes of files that hold articles: in a folder, other files are somebody else's."""

_MIN_BOMB_BYTES = 10_000_000  # bytes from which it matters how densely they were packed
_MAX_UNPACKED_RATIO = 200  # times its size

_MIXED_SUFFIXES = frozenset({".json", ".csv", ".xml", ".zip"})  # only where a container or reader knows the content
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
_RESOURCE_FOLDER_ENDINGS = (
    "_files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_file",
    "_bestanden",
)  # browsers, by their own language


def resolve_name(name: str, folder: Path) -> Path:
    """Where a name leads from a folder; ``~/`` is the user's own folder, for lists are not read by a shell."""
    if not name:  # an unset variable in a script, and not the folder that it would mean
        raise SourceError("reading", name, "NoName: the name is empty", "Name a file, a folder or a URL.")
    return folder / (Path(name).expanduser() if name.startswith("~/") else name)


def is_folder(path: Path) -> bool:
    """Whether it is a folder; a name that no file can have is none."""
    with contextlib.suppress(OSError, ValueError):
        return path.is_dir()
    return False


def read_file(path: Path, settings: InputSettings) -> Document:
    """Read one file; raises `SourceError` where it is missing, unreadable, empty or too large."""
    name = str(path)
    try:
        with path.open("rb") as file:
            data = read_all(file, name, settings)
    except FileNotFoundError as error:
        raise _read_error(name, error, "Check the spelling: there is no file or folder of that name.") from error
    except (OSError, ValueError) as error:
        raise _read_error(name, error, "Name a file that you may read.") from error
    return Document(name, data, folder=str(path.parent.resolve()))


def read_stream(stream: BinaryIO | None, settings: InputSettings) -> Document:
    """Read standard input as a document called ``-``; raises `SourceError` where there is nothing in it."""
    if stream is None:
        raise SourceError(
            "reading", "-", "EmptySource: there is no standard input", "Pipe an article in, or name a file."
        )
    try:
        return Document("-", read_all(stream, "-", settings))
    except OSError as error:
        raise _read_error("-", error, "Pipe an article in, or name a file.") from error


def read_all(stream: BinaryIO, name: str, settings: InputSettings) -> bytes:
    """Read a stream to its end, but never more than the settings allow; raises `SourceError` beyond, or for nothing."""
    data = stream.read(settings.largest + 1)
    if len(data) > settings.largest:
        raise too_large_error(name, settings.largest)
    if not data.strip():
        raise empty_error(name)
    return data


def empty_error(name: str) -> SourceError:
    """Make the error for a source of no bytes."""
    return SourceError("reading", name, "EmptySource: there is nothing in it", "Name a source that holds an article.")


def too_large_error(name: str, largest: int) -> SourceError:
    """Make the error for a source beyond the limit."""
    return SourceError(
        "reading",
        name,
        f"TooLarge: it is over {largest:,} bytes",
        "Raise 'largest' under [input] in exporter.toml if it is meant to be that large.",
    )


def is_too_large_error(error: SourceError) -> bool:
    """Whether it is the error for a source beyond the limit, after which nothing more of it is read."""
    return error.cause.startswith("TooLarge")


def is_bomb(packed: int, unpacked: int) -> bool:
    """Whether so many bytes were packed into so few that nobody wrote them: text shrinks to a tenth, logs to a 50th."""
    return unpacked > _MIN_BOMB_BYTES and unpacked > _MAX_UNPACKED_RATIO * packed


def bomb_error(name: str) -> SourceError:
    """Make the error for a source that is packed to do harm."""
    return SourceError(
        "opening",
        name,
        f"TooLarge: it unpacks to over {_MAX_UNPACKED_RATIO} times its size",
        "Unpack it, and name what you need.",
    )


def find_candidates(folder: Path) -> Iterator[Path | SourceError]:
    """Yield the files of a folder that may hold articles, sorted by path, folders within it included.

    A folder that cannot be read is yielded as its error, after the others.
    """
    locked: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=locked.append):
        pages = (Path(name).stem for name in names if Path(name).suffix.lower() in _PAGE_SUFFIXES)
        beside = {stem + mark for stem in pages for mark in _RESOURCE_FOLDER_ENDINGS}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in beside)
        for name in sorted(names):
            path = Path(place, name)
            if (
                not name.startswith(".")
                and (has_article_suffix(path) or path.suffix.lower() in _MIXED_SUFFIXES)
                and path.is_file()
            ):
                yield path
    for error in locked:
        yield _read_error(str(error.filename), error, "Name a folder that you may read.")


def has_article_suffix(path: PurePath) -> bool:
    """Whether a file's suffix says that it holds articles."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    return "".join(suffixes) in ARTICLE_SUFFIXES or "".join(suffixes[-1:]) in ARTICLE_SUFFIXES


def read_list(path: Path, settings: InputSettings) -> list[str]:
    """Read a list of sources: one a line, lines that begin with ``#`` and empty ones left out."""
    text = read_file(path, settings).data.decode("utf-8-sig", "surrogateescape")
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]


def _read_error(name: str, error: Exception, remedy: str) -> SourceError:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SourceError("reading", name, f"{type(error).__name__}: {words}", remedy)
