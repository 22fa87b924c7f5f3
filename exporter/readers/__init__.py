"""Readers: a document becomes an article.

A reader is a module with the two functions of `Reader`; `exporter.registry` lists them in the order in which they are
asked. The first that recognises the document, by its content, reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Protocol

import msgspec

from exporter import registry
from exporter.article import Article
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice
from exporter.readers import file_signatures


class Read(msgspec.Struct, frozen=True):
    """An article as understood, and what was dropped, joined or doubtful on the way."""

    article: Article
    notices: tuple[Notice, ...] = ()


class Reader(Protocol):
    """What every reader offers."""

    def recognises(self, document: Document) -> bool:
        """Whether this reader is the right one, judged by content first, then by media type and suffix."""
        ...

    def read(self, document: Document, settings: InputSettings) -> Read:
        """Turn the document into an article; raises `SourceError` where there is none in it."""
        ...


def read(document: Document, settings: InputSettings) -> Read:
    """Read a document with the reader that recognises it, or the one that the settings name.

    What the document's carrier says of it (a feed, an export) fills in what the article does not say itself. Raises
    `SourceError` where nobody can read it, `UsageError` for a reader that nobody has.
    """
    reader = registry.load("readers", settings.reader) if settings.reader else _choose_reader(document)
    found: Read = reader.read(document, settings)
    said = found.article.metadata
    metadata = msgspec.structs.replace(
        said,
        title=said.title or document.title or _derive_title(document),
        source=said.source or document.url or (None if document.name == "-" else document.name),
        published=said.published or document.published,
        tags=said.tags or document.tags,
        language=settings.language or said.language,
    )
    return msgspec.structs.replace(found, article=msgspec.structs.replace(found.article, metadata=metadata))


def _derive_title(document: Document) -> str:
    """A title for an article that has none: the words of its file's name."""
    name = document.name
    if document.url:
        from urllib.parse import unquote, urlsplit  # noqa: PLC0415  4 ms, for pages without a title

        name = unquote(urlsplit(document.url).path)
    words = " ".join(re.split(r"[\s_-]+", PurePath(name).stem)).strip()
    return words[:1].upper() + words[1:] if any(map(str.isalpha, words)) else "Untitled"


def _choose_reader(document: Document) -> Any:
    for name in _reader_candidates(document):
        reader = registry.load("readers", name)
        if reader.recognises(document):
            return reader
    raise file_signatures.unreadable_error(document)


def _reader_candidates(document: Document) -> Iterator[str]:
    """Yield names of readers in the order in which they are asked: the one that takes any text comes last."""
    *ours, last = registry.TABLE["readers"]
    yield from ours
    # Looking for other packages' readers costs more than reading plain text.
    if document.suffix not in (".txt", ".text"):
        yield from registry.names("readers")[len(ours) + 1 :]
    if not file_signatures.is_binary(document.data):
        yield last
