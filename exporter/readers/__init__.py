"""Readers: a document becomes an article.

A reader is a module with the two functions of `Reader`. `exporter.registry` lists them in the order in which they are
asked; the first that recognises the document reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Protocol

import msgspec

from exporter import registry
from exporter.account import Account
from exporter.article import Article, block_text
from exporter.config import InputSettings
from exporter.control_characters import clean_article
from exporter.document import Document, take_fallback
from exporter.errors import Notice, SourceError
from exporter.readers import file_signatures
from exporter.readers.language_detection import find_contradiction

_MAX_CHECKED_BLOCKS = 40
"""Blocks at the beginning of an article whose language is compared with the stated one."""


class Read(msgspec.Struct, frozen=True):
    """The article read, and the notices of what was joined or is doubtful.

    `account` says what became of every visible text of the source; it is empty if the reader keeps all of it.
    `language_detected`: the article's language is that of its text, not one that the source states.
    """

    article: Article
    notices: tuple[Notice, ...] = ()
    account: Account = ()
    language_detected: bool = False


class Reader(Protocol):
    """The two functions of every reader module.

    `read` below asks `recognises` of each reader in turn, and calls `read` of the first that says yes; its notices
    reach the user.
    """

    def recognises(self, document: Document) -> bool:
        """Whether this reader fits the document: judged by content first, then by media type and suffix."""
        ...

    def read(self, document: Document, settings: InputSettings) -> Read | Document:
        """Turn the document into an article; raises `SourceError` if it holds none.

        A reader of a format around another one (a mail, a notebook) returns the document in it, which is read in turn.
        """
        ...


def read(document: Document, settings: InputSettings) -> Read:
    """Read a document with the reader named in the settings, else with the first that recognises it.

    Metadata from the document's carrier (a feed, a mail, an export) fills what the article itself leaves empty. If the
    document holds no article, its fallback is read, with a notice. Raises `SourceError` if no reader takes the
    document, `UsageError` for an unknown reader name.
    """
    try:
        found = _read_converted(document, settings)
    except SourceError as error:
        if document.fallback is None:
            raise
        return read(take_fallback(document.fallback, error.cause), settings)
    return found if settings.language or found.language_detected else _check_language(found)


def _read_converted(document: Document, settings: InputSettings) -> Read:
    """Read a document, and complete its metadata by what its carrier states."""
    reader = registry.load("readers", settings.reader) if settings.reader else _choose_reader(document)
    found: Read | Document = reader.read(document, settings)
    if isinstance(found, Document):
        return _read_converted(found, msgspec.structs.replace(settings, reader=""))
    stated = found.article.metadata
    metadata = msgspec.structs.replace(
        stated,
        title=stated.title or document.title or _derive_title(document),
        authors=stated.authors or document.authors,
        source=stated.source or document.url or (None if document.name == "-" else document.name),
        published=stated.published or document.published,
        tags=stated.tags or document.tags,
        language=settings.language or stated.language,
    )
    article = msgspec.structs.replace(found.article, metadata=metadata)
    return msgspec.structs.replace(
        found,
        article=clean_article(article),
        notices=(*document.notices, *found.notices),
        account=(*found.account, *document.dropped),
    )


def _check_language(found: Read) -> Read:
    """Correct a stated language that the article's text plainly contradicts, with a notice."""
    stated = found.article.metadata.language
    tag = find_contradiction(stated, [block_text(block) for block in found.article.blocks[:_MAX_CHECKED_BLOCKS]])
    if not tag:
        return found
    metadata = msgspec.structs.replace(found.article.metadata, language=tag)
    notice = Notice(
        "language",
        f"the source states {stated!r}, but the text is in {tag!r}: --language {stated} keeps what it states",
    )
    article = msgspec.structs.replace(found.article, metadata=metadata)
    return msgspec.structs.replace(found, article=article, notices=(notice, *found.notices))


def _derive_title(document: Document) -> str:
    """Make a title of the file's name, for an article without one."""
    name = document.name
    if document.url:
        from urllib.parse import unquote, urlsplit  # noqa: PLC0415  4 ms, for pages without a title

        name = unquote(urlsplit(document.url).path)
    words = " ".join(re.split(r"[\s_-]+", PurePath(name).stem)).strip()
    return words[:1].upper() + words[1:] if any(map(str.isalpha, words)) else "Untitled"


def _choose_reader(document: Document) -> Any:
    """Return the first reader module that recognises the document."""
    for name in _reader_candidates(document):
        reader = registry.load("readers", name)
        if reader.recognises(document):
            return reader
    raise file_signatures.unreadable_error(document)


def _reader_candidates(document: Document) -> Iterator[str]:
    """Yield names of readers in the order in which they are asked: plain text, which takes any text, comes last."""
    *ours, last = registry.TABLE["readers"]
    yield from ours
    # Looking for other packages' readers costs more than reading plain text.
    if document.suffix not in (".txt", ".text"):
        yield from registry.names("readers")[len(ours) + 1 :]
    yield last
