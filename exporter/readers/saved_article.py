"""Saved articles: JSON that this program wrote, by `exporter show --json` or in the model's own form.

`exporter.article_json` documents the first form; the full model in each ``content`` is read, so nothing is lost. Such a
file is untrusted input like any other: a picture's path is kept only inside the document's own folder.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from exporter.account import Dropped
from exporter.article import SCHEMA, Article, Block, Metadata, Note, Resource
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError, describe_error
from exporter.readers import Read

MAX_NESTING_LEVELS = 100
"""Nesting levels of blocks and inlines; articles written by this program have far fewer."""


_OWN_START = re.compile(rb'\s*\{\s*"schema"\s*:\s*\d+\s*,\s*"metadata"\s*:')


class _AnyForm(msgspec.Struct):
    """The keys that both forms have; their values are left undecoded."""

    schema: int
    metadata: msgspec.Raw
    blocks: list[msgspec.Raw]
    notices: tuple[Notice, ...] | None = None


class _ViewedBlock(msgspec.Struct):
    content: Block


class _ViewedNote(msgspec.Struct):
    content: Note


class _View(msgspec.Struct):
    """The form of `exporter.article_json`."""

    metadata: Metadata
    blocks: tuple[_ViewedBlock, ...]
    notes: tuple[_ViewedNote, ...]
    resources: tuple[Resource, ...]
    notices: tuple[Notice, ...]
    dropped: tuple[Dropped, ...] = ()


def recognises(document: Document) -> bool:
    """Whether it is JSON with the keys of an article; a file called JSON may be damaged behind its first ones."""
    if document.suffix == ".json" and _OWN_START.match(document.data):
        return True
    if document.data[:64].lstrip()[:1] != b"{":
        return False
    try:
        msgspec.json.decode(document.data, type=_AnyForm)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def read(document: Document, settings: InputSettings) -> Read:  # noqa: ARG001  the article is read as it is
    """Read the article back; raises `SourceError` if it is damaged, of a newer schema, or nested too deeply."""
    try:
        shape = msgspec.json.decode(document.data, type=_AnyForm)
        if shape.schema > SCHEMA:
            raise _source_error(document, f"SchemaError: its schema {shape.schema} is newer than {SCHEMA}")
        found = _decode_view(document.data) if shape.notices is not None else Read(_decode_model(document.data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _source_error(document, describe_error(error, "BadJson")) from error
    if not _is_nested_within(found.article, MAX_NESTING_LEVELS):
        raise _source_error(document, f"NestingError: it nests more than {MAX_NESTING_LEVELS} levels")
    resources, outside = _drop_outside_paths(found.article.resources, document)
    article = msgspec.structs.replace(found.article, resources=resources)
    return msgspec.structs.replace(found, article=article, notices=(*found.notices, *outside))


def _decode_model(data: bytes) -> Article:
    return msgspec.json.decode(data, type=Article)


def _decode_view(data: bytes) -> Read:
    view = msgspec.json.decode(data, type=_View)
    blocks = tuple(block.content for block in view.blocks)
    notes = tuple(note.content for note in view.notes)
    return Read(Article(view.metadata, blocks, notes, view.resources), view.notices, view.dropped)


def _is_nested_within(value: object, levels: int) -> bool:
    """Whether a value has at most so many nested levels."""
    if levels < 0:
        return False
    if isinstance(value, tuple):
        return all(_is_nested_within(part, levels) for part in value)
    if isinstance(value, msgspec.Struct):
        return all(_is_nested_within(getattr(value, field), levels - 1) for field in value.__struct_fields__)
    return True


def _drop_outside_paths(
    resources: tuple[Resource, ...], document: Document
) -> tuple[tuple[Resource, ...], list[Notice]]:
    """Remove every resource path outside the document's folder, with a notice for each."""
    kept, notices = [], []
    for resource in resources:
        if resource.path and not _is_inside(resource.path, document.folder):
            notices.append(Notice(resource.name, f"its file {resource.path!r} is outside the article's folder"))
            resource = msgspec.structs.replace(resource, path="")  # noqa: PLW2901  the same picture, less its path
        kept.append(resource)
    return tuple(kept), notices


def _is_inside(path: str, folder: str | None) -> bool:
    return folder is not None and Path(folder, path).resolve().is_relative_to(Path(folder).resolve())


def _source_error(document: Document, cause: str) -> SourceError:
    return SourceError("reading JSON", document.name, cause, "Write it again with 'exporter show --json'.")
