"""Sources: what the user named becomes the documents it means.

A name is a file, a folder, ``-`` or ``@FILE`` (`files`). What was opened may hold others: a feed, a book, an archive,
an export of a reading list. Such a *container* is a module with the two functions of `Container`; `exporter.registry`
lists them in the order in which they are asked, and each knows its own by content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import files

LISTS = 8
"""Lists of sources within lists that are followed."""


def documents(
    names: Iterable[str], settings: InputSettings, stdin: BinaryIO | None = None
) -> Iterator[Document | SourceError]:
    """Yield every document that the names mean, in order; what cannot be read is yielded as its error."""
    opener = _Opener(settings, stdin)
    for name in names:
        yield from opener.name(name, Path(), 0)


class _Opener:
    """Opens names, one after the other."""

    def __init__(self, settings: InputSettings, stdin: BinaryIO | None) -> None:
        self._settings = settings
        self._stdin = stdin

    def name(self, name: str, folder: Path, lists: int) -> Iterator[Document | SourceError]:
        """Yield what one name means; relative paths start from `folder`, `lists` lists led to it."""
        try:
            if name == "-":
                yield files.read_stream(self._stdin, self._settings)
            elif name.startswith("@"):
                yield from self._list(name, folder, lists)
            else:
                yield from self._path(folder / Path(name).expanduser())
        except SourceError as error:
            yield error

    def _list(self, name: str, folder: Path, lists: int) -> Iterator[Document | SourceError]:
        if lists == LISTS:
            raise SourceError(
                "reading a list", name, "NestingError: lists name lists without end", "Name the sources in one list."
            )
        path = folder / Path(name[1:]).expanduser()
        for line in files.lines(path, self._settings):
            yield from self.name(line, path.parent, lists + 1)

    def _path(self, path: Path) -> Iterator[Document | SourceError]:
        if not path.is_dir():
            yield files.read(path, self._settings)
            return
        empty = True
        for file in files.articles(path):
            empty = False
            try:
                yield files.read(file, self._settings)
            except SourceError as error:
                yield error
        if empty:
            raise SourceError(
                "reading a folder", str(path), "EmptySource: it holds no article", "Name a folder that holds articles."
            )
