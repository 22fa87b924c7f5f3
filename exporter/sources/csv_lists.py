"""Reading lists as CSV: what Pocket, Instapaper, Raindrop, Readwise and others export, one page a row."""

from __future__ import annotations

import io
from collections.abc import Iterator

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage
from exporter.sources.markup import damaged_error

_HEAD_BYTES = 1024
_LIST_COLUMNS = frozenset("title tags folder selection timestamp time_added status created excerpt note saved".split())
"""Columns of which one stands beside ``url`` in every known export."""


def recognises(document: Document) -> bool:
    """Whether its first line names the columns of such a list."""
    names = _split_header(document.data[:_HEAD_BYTES].decode("utf-8-sig", "replace").partition("\n")[0])
    return "url" in names and len(names) > 1 and not _LIST_COLUMNS.isdisjoint(names)


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:  # noqa: ARG001
    """Yield each row's page, in order."""
    import csv  # noqa: PLC0415  only tables pay for it

    rows = csv.reader(io.StringIO(document.data.decode("utf-8-sig", "replace"), newline=""))
    names = [name.strip().lower() for name in next(rows)]
    found = False
    try:
        for row in rows:
            values = dict(zip(names, row, strict=False))
            address = values["url"].strip() if "url" in values else ""
            if address.lower().startswith(("http://", "https://")):
                found = True
                title = " ".join(values.get("title", "").split())
                yield LinkedPage(address, "" if title == address else title, tags=_split_tags(values.get("tags", "")))
    except csv.Error as error:
        raise damaged_error(document.name, error) from error
    if not found:
        raise damaged_error(document.name, ValueError("it lists no pages on the web"))


def _split_header(line: str) -> list[str]:
    return [name.strip().strip('"').lower() for name in line.strip().split(",")]


def _split_tags(text: str) -> tuple[str, ...]:
    """Tags are set apart by bars (Pocket), commas, or written as a JSON list (Instapaper)."""
    parts = text.strip("[] ").replace("|", ",").split(",")
    return tuple(filter(None, (part.strip(' "') for part in parts)))
