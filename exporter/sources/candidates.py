"""Which files of a folder or an archive are read, and what is said of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from exporter import registry
from exporter.document import Document
from exporter.errors import Notice
from exporter.readers import pdf
from exporter.sources import Container, files

# How containers begin: markup, JSON, ZIP, gzip, WARC, mail, a shortcut, or a table with a column of addresses. Most
# articles do not.
_CONTAINER_SIGNS = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff\0)?\s*(?:[<\[{]|PK\x03\x04|\x1f\x8b|WARC/|From |bplist|[A-Za-z][\w-]*:\s"
    rb"|[^\n]{0,300}\b(?:url|link|href)\b)",
    re.IGNORECASE,
)

_MAX_NAMED_FILES = 20
"""Files that a notice names; the others are counted."""


def find_container(document: Document) -> Container | None:
    """Return the module for the container that a document is, or None for a single article."""
    names: Iterable[str] = registry.TABLE["sources"] if _CONTAINER_SIGNS.match(document.data) else ()
    # Other packages' containers are searched only for unknown files: the search takes longer than reading a text.
    if document.suffix not in files.ARTICLE_SUFFIXES and document.name != "-" and document.url is None:
        names = registry.names("sources")
    for name in names:
        container: Container = registry.load("sources", name)
        if container.recognises(document):
            return container
    return None


def holds_article(document: Document) -> bool:
    """Whether a file whose suffix does not say so holds articles, judged by its content.

    A file with a suffix that may be anything counts if a container or the reader of saved articles recognises it; one
    without a suffix also if any other reader does.
    """
    if find_container(document) or registry.load("readers", "saved").recognises(document):
        return True
    if PurePath(document.location or document.name).suffix:
        return False
    return any(registry.load("readers", name).recognises(document) for name in registry.TABLE["readers"])


def describe_skipped(skipped: Mapping[str, str]) -> Notice:
    """Return the notice that files were not read, with the reason for each."""
    named = ", ".join(f"{name} ({reason})" for name, reason in list(skipped.items())[:_MAX_NAMED_FILES])
    more = f" and {len(skipped) - _MAX_NAMED_FILES:,} more" if len(skipped) > _MAX_NAMED_FILES else ""
    were = "file was" if len(skipped) == 1 else "files were"
    return Notice("folder", f"{len(skipped):,} {were} not read: {named}{more}")


def is_readable_kind(path: PurePath) -> bool:
    """Whether a file's suffix is one of articles, or may be, and the part that reads it is installed."""
    if path.suffix.lower() == ".pdf":
        return pdf.is_available()
    return files.has_article_suffix(path) or files.has_mixed_suffix(path)


def skip_reason(path: PurePath) -> str:
    """Return why a file of a folder is not read."""
    if path.suffix.lower() == ".pdf":
        return "install exporter[pdf]"
    return "it holds no article" if files.has_mixed_suffix(path) else "name it to read it, if it holds an article"
