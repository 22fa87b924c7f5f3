"""Readers: a document becomes an article.

A reader is a module with the two functions of `Reader`; `exporter.registry` lists them in the order in which they are
asked. The first that recognises the document, by its content, reads it.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from exporter.article import Article
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice


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
