"""The command line: the only code that prints, and the only code that knows Typer and Rich.

`table` says what can be typed; `straight` reads a well-formed line, `program` (Typer) everything else; either gives a
`Call`, which a function in `making`, `showing`, `reading` or `about` answers with an exit code. `report` tells results
and errors, `bars` draws progress.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import warnings
from types import FrameType
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line of this process and end it.

    The process ends at once: Python would spend a tenth of a short run on taking apart what the system frees anyway.
    """
    code = run(sys.argv[1:])
    os._exit(code)


def run(line: list[str]) -> int:
    """Run a command line (without the program's name); returns the exit code, all output flushed."""
    # A run makes many values that live to its end, and little rubbish.
    gc.set_threshold(100_000, 50, 50)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), _leave)
    if "--debug" not in line:
        warnings.simplefilter("ignore")
    try:
        return _run(line)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1


def _run(line: list[str]) -> int:
    from exporter.errors import ExporterError, OutputError  # noqa: PLC0415  an interrupt may come from here on

    try:
        code = _answer(line)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        return 0  # whoever read our output has read enough
    except Exception as error:  # noqa: BLE001  no user is shown a traceback without asking for it
        if isinstance(error, OSError):
            error = OutputError(
                "writing",
                error.filename or "standard output",
                _words(error),
                "Make room there, or choose another place.",
            )
        from exporter.cli.report import remark  # noqa: PLC0415
        from exporter.job import failure  # noqa: PLC0415

        found = failure("running", " ".join(["exporter", *line[:1]]), error)
        remark(found.trace + str(found) if "--debug" in line else str(found))
        return error.exit_code if isinstance(error, ExporterError) else 1
    return code


def _words(error: OSError) -> str:
    return f"{type(error).__name__}: {error.strerror or error}"


def _answer(line: list[str]) -> int:
    from importlib import import_module  # noqa: PLC0415

    from exporter.cli.straight import complete, parse  # noqa: PLC0415
    from exporter.cli.table import COMMANDS  # noqa: PLC0415

    line = complete(line)
    call = parse(line)
    if call is None:
        from exporter.cli.program import parse as ask_typer  # noqa: PLC0415  see `straight`

        answer = ask_typer(line)
        if isinstance(answer, int):
            return answer
        call = answer
    module, _, function = COMMANDS[call.command].code.partition(":")
    code: int = getattr(import_module(f"exporter.cli.{module}"), function)(call)
    return code


def _leave(number: int, _frame: FrameType | None) -> None:
    """End as if by Ctrl-C: what is half written is removed, workers are ended."""
    raise SystemExit(128 + number)
