"""Tables are read cell by cell, each under the header of its column."""

from __future__ import annotations

import pytest

from exporter.article import Article, Cell, Metadata, Table, Text
from tests.narration.narrated import list_body, narrate_article

Rows = tuple[tuple[Cell, ...], ...]


def cell(words: str, *, header: bool = False, columns: int = 1, rows: int = 1) -> Cell:
    return Cell((Text(words),), header, columns, rows)


def row(*words: str) -> tuple[Cell, ...]:
    return tuple(map(cell, words))


def said_of(head: Rows, rows: Rows) -> list[str]:
    script = narrate_article(Article(Metadata(), (Table(head=head, rows=rows),)))
    return [say.spoken for say in list_body(script)]


VOTES = (
    (cell("Ward", header=True, rows=2), cell("Votes", header=True, columns=2)),
    (cell("For", header=True), cell("Against", header=True)),
)
FERRIES = (row("Ferry", "Port", "Price"),)


def test_each_head_cell_is_said_once_before_the_rows() -> None:
    assert said_of(VOTES, ()) == ["Table", "Ward", "Votes", "For", "Against"]


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        # Two rows of heads: a column's header is what stands above it, from the top down.
        (VOTES, (row("Quay", "12", "5"),), "Quay Votes For: twelve Votes Against: five"),
        # A cell over several columns has the header that they share, or else the headers of all.
        (VOTES, ((cell("Mill"), cell("uncounted", columns=2)),), "Mill Votes: uncounted"),
        (FERRIES, ((cell("Ann"), cell("moored", columns=2)),), "Ann Port, Price: moored"),
        # A row header that spans rows is repeated, any other cell is not; later cells keep their own columns.
        (
            FERRIES,
            ((cell("Ann", rows=2), cell("Ulm"), cell("5", rows=2)), row("Bern")),
            "Ann Port: Ulm Price: five Ann, Port: Bern",
        ),
        (
            FERRIES,
            ((cell("Ann"), cell("Ulm", rows=2), cell("5")), (cell("Bea"), cell("7"))),
            "Ann Port: Ulm Price: five Bea Price: seven",
        ),
        # A row header is said without the header of its column.
        (
            FERRIES,
            ((cell("Ann", header=True), cell("Ulm", header=True, rows=2), cell("5")), (cell("Bea"), cell("7"))),
            "Ann Ulm Price: five Bea Ulm, Price: seven",
        ),
        # A head cell over the whole table is its title.
        (((cell("Fares", columns=3),), *FERRIES), (row("Ann", "Ulm", "5"),), "Ann Port: Ulm Price: five"),
        # A row over the whole table names the rows below it.
        (FERRIES, ((cell("Sundays", columns=3),), row("Ann", "Ulm", "5")), "Sundays Ann Port: Ulm Price: five"),
        # A head of one column, rows without a head, rows longer than the head.
        ((row("Fares"),), (row("five"),), "five"),
        ((), (row("Ann", "Ulm"),), "Ann Ulm"),
        ((row("Ferry"),), (row("Ann", "Ulm"),), "Ann Ulm"),
        # A cell without a value is said without the header of its column.
        (FERRIES, (row("Ann", "Ulm", "–"),), "Ann Port: Ulm"),
        # Spans that leave the table end with it.
        (FERRIES, ((cell("Ann", rows=9), cell("Ulm", columns=9)),), "Ann Port, Price: Ulm"),
    ],
)
def test_cells_are_said_under_their_header(head: Rows, rows: Rows, said: str) -> None:
    below_head = said_of(head, rows)[1 + sum(map(len, head)) :]
    assert " ".join(below_head) == said
