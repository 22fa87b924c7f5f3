"""Data tables, and how they differ from layout tables."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Literal

from exporter.article import Cell, Inline, Table
from exporter.readers.page.dom import Element, plain_style

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_SPAN = 1000
"""Limit on the columns or rows that one cell spans (HTML's own limit for columns)."""

_LAYOUT_TAGS = frozenset({"table", "h1", "h2", "h3", "h4", "article", "section", "form", "nav"})
_MAX_MEAN_CELL_CHARS = 400
"""Mean characters of a cell; a table with longer ones and without heads is layout (chosen by reading pages)."""


def is_data_table(table: Element) -> bool:
    """Whether a table holds data in rows and columns, not the layout of the page."""
    if table.get("role") in {"presentation", "none"} or any(True for _ in table.iter("pre")):
        return False
    inside = {element.tag for element in table.iterdescendants()}
    if inside & _LAYOUT_TAGS:
        return False
    rows = [sum(1 for cell in row if cell.tag in {"td", "th"}) for row in table.iter("tr")]
    if sum(1 for cells in rows if cells) < 2 and "th" not in inside:
        return False
    if inside & {"th", "caption", "thead"}:
        return True
    letters = sum(len(text.strip()) for text in table.itertext())
    return max(rows, default=0) > 1 and letters <= _MAX_MEAN_CELL_CHARS * sum(rows)


def read_table(element: Element, write: Callable[[Element], tuple[Inline, ...]]) -> Table | None:
    """Read a table; `write` returns the inlines of a cell or caption. None if all cells are empty."""
    head: list[tuple[Cell, ...]] = []
    rows: list[tuple[Cell, ...]] = []
    caption: tuple[Inline, ...] = ()
    for found in element.iterdescendants("caption"):
        caption = write(found)
        break
    for row in element.iterdescendants("tr"):
        cells = tuple(_read_cell(cell, write) for cell in row if cell.tag in {"td", "th"})
        if not any(cell.content for cell in cells):
            continue
        in_head = row.getparent().tag == "thead" or (
            all(cell.header for cell in cells) and (not head or _spans_below(head))
        )
        (head if in_head and not rows else rows).append(cells)
    return Table(head=tuple(head), rows=tuple(rows), caption=caption) if head or rows else None


def _spans_below(head: list[tuple[Cell, ...]]) -> bool:
    """Whether a cell of a head spans the row after it, which is therefore part of the head."""
    return any(cell.rows > len(head) - number for number, row in enumerate(head) for cell in row)


def _read_cell(element: Element, write: Callable[[Element], tuple[Inline, ...]]) -> Cell:
    align: Literal["", "left", "center", "right"] = ""
    style = plain_style(element)
    for side in ("left", "center", "right"):
        if element.get("align", "").lower() == side or f"text-align:{side}" in style:
            align = side
    return Cell(
        write(element),
        element.tag == "th",
        _parse_span(element.get("colspan", "")),
        _parse_span(element.get("rowspan", "")),
        align,
    )


def _parse_span(value: str) -> int:
    with contextlib.suppress(ValueError):
        return min(max(int(value), 1), MAX_SPAN)
    return 1
