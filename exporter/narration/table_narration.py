"""Tables, read row by row, each cell after the header of its column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from exporter.article import Cell, Sentence, Table, inline_text
from exporter.narration.utterances import Manner, UtteranceWriter

_NO_VALUE = "-‐‑‒–—―−.… "
"""Characters of a cell that says that there is no value: the header of its column is not announced for it."""


class PlacedCell(msgspec.Struct, frozen=True):
    """A cell of a table and its first row and column, both counted from 0."""

    cell: Cell
    row: int
    column: int

    @property
    def end_column(self) -> int:
        """The column after its last one."""
        return self.column + self.cell.columns

    @property
    def text(self) -> str:
        """Its text, white space trimmed."""
        return inline_text(self.cell.content).strip()


def place_cells(rows: Sequence[Sequence[Cell]]) -> list[list[PlacedCell]]:
    """Return the cells of each row by column, among them those that span down into it from a row above."""
    grid: list[list[PlacedCell]] = [[] for _ in rows]
    for number, row in enumerate(rows):
        from_above = sorted(grid[number], key=lambda placed: placed.column)
        column = 0
        for cell in row:
            for above in from_above:
                if above.column <= column < above.end_column:
                    column = above.end_column
            placed = PlacedCell(cell, number, column)
            for reached in grid[number : number + max(1, cell.rows)]:
                reached.append(placed)
            column = placed.end_column
    return [sorted(placed, key=lambda placed: placed.column) for placed in grid]


class _ColumnHeaders:
    """The head of a table of `width` columns, asked for the header of a column."""

    def __init__(self, head: Iterable[Iterable[PlacedCell]], width: int) -> None:
        cells = (placed for number, row in enumerate(head) for placed in row if placed.row == number)
        # A head cell over all columns is a title, not the header of one.
        self._cells = [placed for placed in cells if placed.text and not 1 < width == placed.cell.columns]
        self._found: dict[tuple[int, int], str] = {}

    def find_header(self, body_cell: PlacedCell) -> str:
        """Return the head cells above a cell, from the top down ("Votes For"); empty where there are none.

        For a cell of several columns they are those over all of them, or else those over any of them.
        """
        span = body_cell.column, body_cell.end_column
        if span not in self._found:
            self._found[span] = self._join_headers(*span)
        return self._found[span]

    def _join_headers(self, column: int, end_column: int) -> str:
        covering = [cell for cell in self._cells if cell.column <= column and end_column <= cell.end_column]
        if covering:
            return " ".join(_distinct_texts(covering))
        return ", ".join(
            _distinct_texts(cell for cell in self._cells if cell.column < end_column and column < cell.end_column)
        )


def _distinct_texts(cells: Iterable[PlacedCell]) -> list[str]:
    return list(dict.fromkeys(cell.text for cell in cells))


def narrate_table(table: Table, manner: Manner, writer: UtteranceWriter) -> None:
    """Read a table: its caption, the headers, then every row."""
    caption = inline_text(table.caption)
    writer.announce(table.anchor, writer.template_words("table", caption=caption))
    if caption:
        writer.cues.pause("breath")
        writer.say_content(table.caption, manner)
    head, body = place_cells(table.head), place_cells(table.rows)
    width = max((placed.end_column for row in (*head, *body) for placed in row), default=0)
    headers = _ColumnHeaders(head, width)
    for cells in table.head:
        writer.cues.pause("item")
        for order, cell in enumerate(cells):
            if order:
                writer.cues.pause("sentence")
            writer.say_content(cell.content, manner)
    for number, row in enumerate(body):
        writer.cues.pause("item")
        _narrate_row(number, row, headers, manner, writer)


def _narrate_row(
    number: int, row: Sequence[PlacedCell], headers: _ColumnHeaders, manner: Manner, writer: UtteranceWriter
) -> None:
    """Read one row; a row header that spans down into it is repeated, any other cell is read in its first row only."""
    row_anchor = next((anchor for placed in row if placed.row == number and (anchor := _find_first_anchor(placed))), "")
    for order, placed in enumerate(row):
        if order:
            writer.cues.pause("sentence")
        is_row_header = placed.cell.header or placed.column == 0
        if placed.row < number:
            if is_row_header and row_anchor:
                writer.announce(row_anchor, f"{placed.text},")
            continue
        # A row header is said without the header of its column.
        header = "" if is_row_header or not placed.text.strip(_NO_VALUE) else headers.find_header(placed)
        if header and (anchor := _find_first_anchor(placed)):
            writer.announce(anchor, f"{header}:")
            writer.cues.pause("breath")
        writer.say_content(placed.cell.content, manner)


def _find_first_anchor(placed: PlacedCell) -> str:
    """The anchor of the first sentence of a cell, empty where it has no text."""
    return next((inline.anchor for inline in placed.cell.content if isinstance(inline, Sentence)), "")
