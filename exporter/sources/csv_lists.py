"""Reading lists as CSV: Pocket, Instapaper, Raindrop, Readwise, Omnivore and others. Each row is a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers.page.html_encoding import decode_html
from exporter.sources import LinkedPage
from exporter.sources.files import empty_error
from exporter.sources.item_selection import ListItem, select_items
from exporter.sources.markup import damaged_error
from exporter.sources.reading_lists import convert_item, find_address, normalize_names

_HEAD_BYTES = 16_384
"""Bytes in which the header and the first rows are looked at."""

_CHECKED_ROWS = 5
"""Rows of which one must have an address."""

_DELIMITERS = ",;\t"
_LIST_COLUMNS = frozenset("title tags folder selection timestamp timeadded status created excerpt note saved".split())
"""Columns by which a list is recognised even if no row has an address."""


def recognises(document: Document) -> bool:
    """Whether the first line names columns, one of which holds web addresses."""
    head = document.data[:_HEAD_BYTES].decode("utf-8-sig", "replace")
    line = head.partition("\n")[0].rstrip("\r")
    if line[:1] in "<[{" or not line.replace("\t", "").isprintable():
        return False
    try:
        names = _split_header(line)
        if "url" in names and not _LIST_COLUMNS.isdisjoint(names):
            return True
        return any(map(find_address, _read_rows(head, _CHECKED_ROWS)))
    except csv.Error:
        return False


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield the page of each row, in order; raises `SourceError` if the table is damaged or lists none."""
    try:
        rows = list(_read_rows(decode_html(document.data, document.charset)))
    except csv.Error as error:
        raise damaged_error(document.name, error) from error
    items = [item for row in rows if find_address(row) and (item := convert_item(row, document.name))]
    if not items:
        raise empty_error(document.name, "it lists no pages on the web")
    listed: list[ListItem | SourceError] = [*items]
    return select_items(listed, settings)


def _split_header(line: str) -> list[str]:
    delimiter = max(_DELIMITERS, key=line.count)
    return list(normalize_names(dict.fromkeys(next(csv.reader([line], delimiter=delimiter), []), "x")))


def _read_rows(text: str, count: int | None = None) -> Iterator[dict[str, object]]:
    """Yield the fields of the first rows, or of all; none if the first line does not name several columns."""
    line = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=line.count))
    names = [name.strip() for name in next(rows, [])]
    if len(names) < 2 or find_address(dict.fromkeys(("url",), names[0])):
        return
    for number, row in enumerate(rows):
        if number == count:
            return
        yield normalize_names(dict(zip(names, row, strict=False)))
