"""The layout of a table: where its cells stand, which columns are numbers, and how much room it needs on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from exporter.article import Cell, Table, inline_text
from exporter.ebook.text_width import DIGIT_EM, POINT_EM, measure_text, name_room

Rows = tuple[tuple[Cell, ...], ...]

MAX_WORD_CHARS = 20
"""Characters up to which a word in a cell is never broken; longer ones are addresses, hashes and long compounds."""

SIZE_EM, SMALL_SIZE_EM = 0.85, 0.75
"""The font sizes of a table and of a wide one, as the style sheet states them, in ems of the text around it."""

MAX_COLSPAN, MAX_ROWSPAN = 1000, 65534  # HTML, 4.9.11
MAX_COLUMNS = 4_000
"""Columns that are laid out; a row of cells that each span a thousand would take minutes."""

_SCREEN_EM = 36.0
"""A table above this width is set in small type: about the width of an e-reader's page."""

# The padding of a cell, left and right, as the style sheet states it, in ems of the table.
_PADDING_EM, _SMALL_PADDING_EM = 1.0, 0.5

_LONG_WORD_EM = 10.0
"""The room of a word longer than `MAX_WORD_CHARS`, which is then broken; the style sheet's `.long` says the same."""

_PROSE_LINES = 4
_MAX_PROSE_EM = 9.0
"""A text gets a column in which it takes this many lines, but none wider than this (chosen by reading tables)."""

_MAX_DECIMALS = 8
"""Decimals up to which numbers align by their decimal sign; the style sheet has a rule for each."""

_BLANK = re.compile(r"[\s\-–—−.…*]*|n/?[ad]\.?|\?", re.IGNORECASE)
"""What stands in a column of numbers where there is none."""

_NUMBER_FORM = (
    r"(?P<before>[(~≈<>≤≥±+−–-]{{0,4}}[^\S\n]?(?:[A-Z]{{0,3}}[$€£¥₹])?[^\S\n]?[+−-]?)"
    r"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{sign}(?P<fraction>\d+))?"
    r"(?P<after>[^\S\n]?(?:%|‰|°[CF]?|[$€£¥₹]|[^\W\d_]{{1,4}}[²³]?(?:/[^\W\d_]{{1,3}}[²³]?)?)?\)?)"
)
# Numbers with a decimal point and with a decimal comma, their thousands set apart by the other sign or by a space.
_NUMBERS = (
    re.compile(_NUMBER_FORM.format(group="[,'’\u00a0\u2009\u202f ]", sign=r"\.")),
    re.compile(_NUMBER_FORM.format(group="[.'’\u00a0\u2009\u202f ]", sign=",")),
)


class NumberFormat(msgspec.Struct, frozen=True):
    """How a number of a column is set: the decimals that it `lacks` beside the longest, and whether it has a sign.

    `decimal_sign` is that of the column if this number is a whole one among others with decimals, else empty.
    """

    lacks: int = 0
    decimal_sign: str = ""


class TableLayout(msgspec.Struct, frozen=True):
    """The layout of a table.

    `labels` has the names of the columns, empty for one without a head, `head_starts` and `starts` the column at which
    each cell of each row of the head and the body begins, `numbers` the format of each number by its row and column.
    `room` is the class of the table for its room (`text_width.name_room`).
    """

    labels: tuple[str, ...]
    head_starts: tuple[tuple[int, ...], ...]
    starts: tuple[tuple[int, ...], ...]
    numbers: dict[tuple[int, int], NumberFormat]
    room: str
    is_wide: bool

    @property
    def number_columns(self) -> frozenset[int]:
        """The columns of numbers."""
        return frozenset(column for _, column in self.numbers)


def lay_out_table(table: Table) -> TableLayout:
    """Lay out a table whose rows are those of its body."""
    head_starts, starts = place_cells(table.head), place_cells(table.rows)
    columns = 1 + max((at for row in (*head_starts, *starts) for at in row), default=0)
    numbers = _find_numbers(table.rows, starts)
    widths = _measure_columns(table, head_starts, starts, columns, numbers)
    need = SIZE_EM * (sum(widths) + columns * _PADDING_EM)
    is_wide = need > _SCREEN_EM
    if is_wide:
        need = SMALL_SIZE_EM * (sum(widths) + columns * _SMALL_PADDING_EM)
    labels = _name_columns(table.head, head_starts, columns)
    return TableLayout(labels, head_starts, starts, numbers, name_room(need), is_wide)


def place_cells(rows: Rows) -> tuple[tuple[int, ...], ...]:
    """Return the column at which each cell of each row begins, counted from 0 (HTML, 4.9.12: forming a table).

    Cells beyond `MAX_COLUMNS` stand at that column.
    """
    placed = []
    taken: dict[int, int] = {}  # the rows, this one included, that a cell above reaches into, by column
    for row in rows:
        starts, column, below = [], 0, {at: left - 1 for at, left in taken.items() if left > 1}
        for cell in row:
            while taken.get(column, 0) > 0:
                column += 1
            starts.append(column)
            end = min(column + min(max(cell.columns, 1), MAX_COLSPAN), MAX_COLUMNS)
            if cell.rows > 1:
                below.update(dict.fromkeys(range(column, end), min(cell.rows, MAX_ROWSPAN) - 1))
            column = end
        taken = below
        placed.append(tuple(starts))
    return tuple(placed)


def _iter_cells(rows: Rows, starts: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, Cell]]:
    """Yield the row, the column and the cell of each cell."""
    for number, (row, places) in enumerate(zip(rows, starts, strict=True)):
        for column, cell in zip(places, row, strict=True):
            yield number, column, cell


def _name_columns(head: Rows, starts: Sequence[Sequence[int]], columns: int) -> tuple[str, ...]:
    """Return the name of each column: the cells of the head above it, from the top, each once."""
    names: list[list[str]] = [[] for _ in range(columns)]
    for _, column, cell in _iter_cells(head, starts):
        text = " ".join(inline_text(cell.content).split())
        for at in range(column, min(column + max(cell.columns, 1), columns)):
            if text and text not in names[at]:
                names[at].append(text)
    return tuple(", ".join(parts) for parts in names)


def _find_numbers(rows: Rows, starts: Sequence[Sequence[int]]) -> dict[tuple[int, int], NumberFormat]:
    """Return the format of each number in a column of numbers, by its row and column."""
    texts: dict[int, dict[int, str]] = {}
    for row, column, cell in _iter_cells(rows, starts):
        if not cell.header and cell.columns <= 1:
            texts.setdefault(column, {})[row] = inline_text(cell.content)
    return {
        (row, column): number
        for column, each in texts.items()
        for row, number in zip(each, align_numbers([*each.values()]), strict=True)
        if number
    }


def align_numbers(texts: Sequence[str]) -> tuple[NumberFormat | None, ...]:
    """Return the format of each text of a column of numbers, None for blanks; all None if it is no such column.

    A column is one of numbers if it has at least two, all of one form (a unit and what follows the number are the
    same), and nothing else but blanks. Whether comma or point is its decimal sign, the column as a whole tells.
    """
    nothing = (None,) * len(texts)
    stripped = [text.strip() for text in texts]
    filled = [text for text in stripped if not _BLANK.fullmatch(text)]
    read = [(sign, decimals) for sign, form in zip(".,", _NUMBERS, strict=True) if (decimals := _count(filled, form))]
    if not read:
        return nothing
    sign, decimals = min(read, key=lambda each: sum(map(bool, each[1])))
    longest, left = max(decimals), iter(decimals)
    if longest > _MAX_DECIMALS:
        return nothing
    return tuple(
        None if _BLANK.fullmatch(text) else _format_number(next(left), longest, sign if longest else "")
        for text in stripped
    )


def _format_number(decimals: int, longest: int, sign: str) -> NumberFormat:
    return NumberFormat(longest - decimals, "" if decimals else sign)


def _count(texts: Sequence[str], form: re.Pattern[str]) -> list[int]:
    """Return the decimals of each number; empty if these are not two numbers or more of one form."""
    found = [form.fullmatch(text) for text in texts]
    if len(found) < 2 or not all(found):
        return []
    if len({match["after"] for match in found if match}) > 1:
        return []
    return [len(match["fraction"] or "") for match in found if match]


def _measure_columns(
    table: Table,
    head_starts: Sequence[Sequence[int]],
    starts: Sequence[Sequence[int]],
    columns: int,
    numbers: dict[tuple[int, int], NumberFormat],
) -> list[float]:
    """Return the least width of each column in ems of the table: that of what is not broken in its cells."""
    widths = [0.0] * columns
    for _, column, cell in _iter_cells(table.head, head_starts):
        widths[column] = max(widths[column], _measure_cell(cell))
    for row, column, cell in _iter_cells(table.rows, starts):
        number = numbers.get((row, column))
        width = _measure_number(inline_text(cell.content), number) if number else _measure_cell(cell)
        widths[column] = max(widths[column], width)
    return widths


def _measure_number(text: str, number: NumberFormat) -> float:
    return measure_text(text.strip()) + number.lacks * DIGIT_EM + POINT_EM


def _measure_cell(cell: Cell) -> float:
    """Return the least width of a cell; one that spans several columns takes what they have."""
    if cell.columns > 1:
        return 0.0
    text = inline_text(cell.content)
    return max(
        min(measure_text(text) / _PROSE_LINES, _MAX_PROSE_EM),
        *(_LONG_WORD_EM if len(word) > MAX_WORD_CHARS else measure_text(word) for word in text.split()),
        0.0,
    )
