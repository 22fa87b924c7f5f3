"""Tables on standard output."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from exporter.cli.report import print_result


def print_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in columns under their heads on a terminal; separated by tabs and without heads to a program."""
    if not sys.stdout.isatty():
        for row in rows:
            print_result("\t".join(row))
        return
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows) if any(head) else rows:
        print_result("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
