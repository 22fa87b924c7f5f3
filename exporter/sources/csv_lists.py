"""Reading lists as CSV, as Pocket, Instapaper, Raindrop, Readwise and others export them: each row is a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.files import empty_error
from exporter.sources.markup import damaged_error, is_web_address

_HEAD_BYTES = 1024  # longer than the first line of any export
_LIST_COLUMNS = frozenset("title tags folder selection timestamp time_added status created excerpt note saved".split())
"""Columns of exports: each export has at least one of these beside ``url``."""


def recognises(document: Document) -> bool:
    """Whether the first line names the columns of a reading list."""
    names = _split_header(document.data[:_HEAD_BYTES].decode("utf-8-sig", "replace").partition("\n")[0])
    return "url" in names and len(names) > 1 and not _LIST_COLUMNS.isdisjoint(names)


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield the page of each row, in order; raises `SourceError` if the table is damaged or lists none."""
    rows = csv.reader(io.StringIO(document.data.decode("utf-8-sig", "replace"), newline=""))
    names = [name.strip().lower() for name in next(rows)]
    found = False
    try:
        for row in rows:
            values = dict(zip(names, row, strict=False))
            address = values["url"].strip() if "url" in values else ""
            if is_web_address(address):
                found = True
                title = " ".join(values.get("title", "").split())
                yield LinkedPage(address, "" if title == address else title, tags=_split_tags(values.get("tags", "")))
    except csv.Error as error:
        raise damaged_error(document.name, error) from error
    if not found:
        raise empty_error(document.name, "it lists no pages on the web")


def _split_header(line: str) -> list[str]:
    return [name.strip().strip('"').lower() for name in line.strip().split(",")]


def _split_tags(text: str) -> tuple[str, ...]:
    """Split the tags of a row: by bars (Pocket) or commas, or from a JSON list (Instapaper)."""
    parts = text.strip("[] ").replace("|", ",").split(",")
    return tuple(filter(None, (part.strip(' "') for part in parts)))
