"""Tables become XHTML that fits the page: numbers in line, no word broken, and rows as cards where there is no room.

A table that may not fit stands in a `div`, whose width the style sheet compares with the room that the table needs. On
a page that is too narrow, each row becomes a card of lines "head: value": the heads are in `data-label`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from exporter.article import Cell, Table, inline_text
from exporter.ebook import inline_xhtml
from exporter.ebook.render_context import RenderContext
from exporter.ebook.table_layout import (
    MAX_COLSPAN,
    MAX_ROWSPAN,
    MAX_WORD_CHARS,
    NumberFormat,
    TableLayout,
    lay_out_table,
)
from exporter.ebook.xhtml import XHTML, Element, add_element, clean_line

MAX_SHORT_ROWS = 12
"""Rows up to which a table is not divided between pages: chosen to fit a phone's screen; no measurement."""

_XHTML = f"{{{XHTML}}}"

_NUMBER = r"\d+(?:[.,]\d+)*"
_UNBROKEN = re.compile(
    rf"(?P<long>\S{{{MAX_WORD_CHARS + 1},}})"
    rf"|(?P<whole>[+−-]?{_NUMBER}(?:(?:[-–—/:×][+−]?|[\u00a0\u202f ](?=\d{{3}}(?!\d))){_NUMBER})+%?)"
)
"""A word that may be broken anywhere, and a number within which a line would be broken otherwise."""


def write_table(parent: Element, table: Table, context: RenderContext) -> Element:
    """Add a table; if it has only a head, that is its body."""
    if not table.rows:
        table = Table(rows=table.head, caption=table.caption)
    layout = lay_out_table(table)
    if layout.room:
        parent = add_element(parent, "div", class_="table")
        parent.tail = "\n"
    classes = (
        layout.room,
        "wide" if layout.is_wide else "",
        "short" if len(table.head) + len(table.rows) <= MAX_SHORT_ROWS else "",
    )
    element = add_element(parent, "table", class_=" ".join(filter(None, classes)))
    if inline_text(table.caption).strip():
        inline_xhtml.write_run(add_element(element, "caption"), table.caption, context)
    if table.head:
        section = add_element(element, "thead")
        for row, starts in zip(table.head, layout.head_starts, strict=True):
            _write_head_row(section, row, [column in layout.number_columns for column in starts], context)
    section = add_element(element, "tbody")
    for number, row in enumerate(table.rows):
        _write_row(section, row, number, layout, context)
    return element


def _write_head_row(section: Element, row: tuple[Cell, ...], is_number: Sequence[bool], context: RenderContext) -> None:
    """Add a row of the head; `is_number` tells for each cell whether it heads a column of numbers."""
    element = add_element(section, "tr")
    for cell, above_numbers in zip(row, is_number, strict=True):
        # To a screen reader, a header without text is an empty cell.
        entry = _write_cell(element, cell, "col" if inline_text(cell.content).strip() else "", context)
        if above_numbers and cell.columns <= 1:
            entry.set("class", "right")


def _write_row(
    section: Element, row: tuple[Cell, ...], number: int, layout: TableLayout, context: RenderContext
) -> None:
    element = add_element(section, "tr")
    for cell, column in zip(row, layout.starts[number], strict=True):
        # A header alone in its row heads nothing.
        is_header = cell.header and len(row) > 1 and bool(inline_text(cell.content).strip())
        format_ = layout.numbers.get((number, column))
        entry = _write_cell(element, cell, "row" if is_header else "", context, format_)
        if layout.room and layout.labels[column] and inline_text(cell.content).strip():
            entry.set("data-label", clean_line(layout.labels[column]))


def _write_cell(
    row: Element, cell: Cell, scope: str, context: RenderContext, number: NumberFormat | None = None
) -> Element:
    """Add a cell, a header of the column or the row if `scope` says so; `number` is the format of its number."""
    entry = add_element(row, "th" if scope else "td", scope=scope, class_=_name_number(number) or cell.align)
    if cell.columns > 1:
        entry.set("colspan", str(min(cell.columns, MAX_COLSPAN)))
    if cell.rows > 1:
        entry.set("rowspan", str(min(cell.rows, MAX_ROWSPAN)))
    inline_xhtml.write_run(entry, cell.content, context)
    if number is None and _mark_words(entry):
        entry.set("class", f"{cell.align} long".strip())
    return entry


def _name_number(number: NumberFormat | None) -> str:
    """Return the classes of a number: the style sheet sets the decimals that it lacks as space."""
    if number is None:
        return ""
    lacks = f"lacks-{number.lacks}" if number.lacks else ""
    sign = {".": "no-point", ",": "no-comma", "": ""}[number.decimal_sign]
    return " ".join(filter(None, ("numeric", lacks, sign)))


def _mark_words(cell: Element) -> bool:
    """Put long words and compound numbers into spans of their own; returns whether there was a long word."""
    spans: list[Element] = []
    for element in list(cell.iter()):
        if element.tag.startswith(_XHTML) and element.text:
            element.text, found = _split_words(element.text)
            element[:0] = found
            spans += found
        if element is not cell and element.tail:
            lead, found = _split_words(element.tail)
            element.tail = None
            for span in reversed(found):
                element.addnext(span)
            element.tail = lead
            spans += found
    return any(span.get("class") == "long" for span in spans)


def _split_words(text: str) -> tuple[str, list[Element]]:
    """Return what stands before the first such word, and a span for each, with what follows it as its tail."""
    found = list(_UNBROKEN.finditer(text))
    ends = [*(match.start() for match in found), len(text)]
    spans = []
    for match, end in zip(found, ends[1:], strict=True):
        span = etree.Element(f"{_XHTML}span", {"class": match.lastgroup or ""})
        span.text, span.tail = match[0], text[match.end() : end]
        spans.append(span)
    return text[: ends[0]], spans
