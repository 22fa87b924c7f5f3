"""Tables, read row by row, each cell after the header of its column."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.article import Cell, Sentence, Table, inline_text
from exporter.narration.utterances import Manner, Speaking


def tell(table: Table, manner: Manner, speaking: Speaking) -> None:
    """Read a table: its caption, the headers, then every row."""
    caption = inline_text(table.caption)
    speaking.announce(table.anchor, speaking.words("table", caption=caption))
    if caption:
        speaking.cues.pause("breath")
        speaking.content(table.caption, manner)
    for row in table.head:
        speaking.cues.pause("item")
        _row(row, (), manner, speaking)
    headers = _headers(table.head)
    for row in table.rows:
        speaking.cues.pause("item")
        _row(row, headers, manner, speaking)


def _row(row: Sequence[Cell], headers: Sequence[str], manner: Manner, speaking: Speaking) -> None:
    column = 0
    for number, cell in enumerate(row):
        if number:
            speaking.cues.pause("sentence")
        header = headers[column] if column < len(headers) else ""
        anchor = next((inline.anchor for inline in cell.content if isinstance(inline, Sentence)), "")
        # A row's own header says what the row is about: the column's would only stand in its way.
        if header and anchor and not cell.header and number:
            speaking.announce(anchor, f"{header}:")
            speaking.cues.pause("breath")
        speaking.content(cell.content, manner)
        column += cell.columns


def _headers(head: Sequence[Sequence[Cell]]) -> list[str]:
    """The header of each column: that of the last row of the head, which is the nearest."""
    if not head:
        return []
    return [inline_text(cell.content).strip() for cell in head[-1] for _ in range(cell.columns)]
