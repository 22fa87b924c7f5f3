"""The command line: the only code that prints, and the only code that knows Typer and Rich.

`table` says what can be typed; `straight` reads a well-formed line, `program` (Typer) everything else; either gives a
`Call`, which a function in `making`, `showing`, `reading` or `about` answers with an exit code. `report` tells results
and errors, `bars` draws progress.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.errors import ExporterError

_INTERRUPTED = 130


def main() -> int:
    """Run the command line of this process; returns the exit code."""
    gc.set_threshold(50_000, 20, 50)  # a run makes many values and little rubbish
    try:
        return _run(sys.argv[1:])
    except KeyboardInterrupt:
        return _INTERRUPTED


def _run(line: list[str]) -> int:
    from importlib import import_module  # noqa: PLC0415

    from exporter.cli.straight import parse  # noqa: PLC0415
    from exporter.cli.table import COMMANDS  # noqa: PLC0415
    from exporter.errors import ExporterError  # noqa: PLC0415

    try:
        call = parse(line)
        if call is None:
            from exporter.cli.program import parse as ask_typer  # noqa: PLC0415  see `straight`

            answer = ask_typer(line)
            if isinstance(answer, int):
                return answer
            call = answer
        module, _, function = COMMANDS[call.command].code.partition(":")
        code: int = getattr(import_module(f"exporter.cli.{module}"), function)(call)
        sys.stdout.flush()
    except ExporterError as error:
        return _fail(error)
    else:
        return code


def _fail(error: ExporterError) -> int:
    from exporter.cli.report import remark  # noqa: PLC0415

    remark(str(error))
    return error.exit_code
