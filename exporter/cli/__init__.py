"""The command line: the only code that prints, and the only code that imports Typer and Rich.

`commands_table` lists the commands and options. `fast_parser` parses a well-formed line, `typer_app` every other; both
return a `Call`, which a function in `commands` runs and returns an exit code for. `report` prints results and errors,
`progress_bars` draws progress.
"""

import gc
import os
import signal
import sys
import warnings
from contextlib import suppress
from importlib import import_module

# Modules of this package are imported inside `run`, so that Ctrl-C while they load (0.1 s) ends without a traceback.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

_INTERRUPTED_EXIT_CODE = 130
_SIGNAL_EXIT_OFFSET = 128
"""The exit code of a process that a signal ended is this and the signal's number, as in shells."""


def main() -> "NoReturn":
    """Run the command line of this process, and end the process.

    It ends at once: freeing memory would take a tenth of a short run, and the system does it anyway.
    """
    os._exit(run(sys.argv[1:]))


def run(line: list[str]) -> int:
    """Run a command line (without the program's name); returns the exit code, with all output flushed."""
    try:
        return _run_guarded(line)
    except KeyboardInterrupt:
        return _INTERRUPTED_EXIT_CODE
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1


def _run_guarded(line: list[str]) -> int:
    """Run a command line; print any error in its two lines."""
    _prepare_process(debug="--debug" in line)
    try:
        code = _run_command(line)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        return 0  # the reader of the output has closed it, as `head` does
    except Exception as error:  # noqa: BLE001  a traceback is printed only with --debug
        return _report_error(error, line)
    return code


def _prepare_process(*, debug: bool) -> None:
    """Set garbage collection, signals and warnings for a command-line process."""
    # Most values of a run live to its end: frequent collections find little to free.
    gc.set_threshold(100_000, 50, 50)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), _exit_on_signal)
    if not debug:
        warnings.simplefilter("ignore")


def _exit_on_signal(number: int, _frame: "FrameType | None") -> None:
    """End as with Ctrl-C: temporary files are removed, worker processes are ended."""
    raise SystemExit(_SIGNAL_EXIT_OFFSET + number)


def _run_command(line: list[str]) -> int:
    """Parse a command line and run its command; returns the exit code."""
    from exporter.cli.commands_table import COMMANDS  # noqa: PLC0415  see above
    from exporter.cli.fast_parser import fill_optional_values, parse  # noqa: PLC0415  see above

    line = fill_optional_values(line)
    call = parse(line)
    if call is None:
        from exporter.cli import typer_app  # noqa: PLC0415  0.1 s, see `fast_parser`

        parsed = typer_app.parse(line)
        if isinstance(parsed, int):
            return parsed
        call = parsed
    module, _, function = COMMANDS[call.command].function.partition(":")
    code: int = getattr(import_module(f"exporter.cli.commands.{module}"), function)(call)
    return code


def _report_error(error: Exception, line: list[str]) -> int:
    """Print an error in its two lines, and as JSON if that is wanted; returns its exit code."""
    from exporter.cli.report import format_error, print_remark, print_result  # noqa: PLC0415  see above
    from exporter.errors import OutputError, describe_error  # noqa: PLC0415  see above
    from exporter.pipeline import make_failure  # noqa: PLC0415  see above

    if isinstance(error, OSError):
        file, cause = str(error.filename or "standard output"), describe_error(error, "SystemError")
        error = OutputError("writing", file, cause, "Make room on its disk, or choose another place.")
    failure = make_failure("running", " ".join(["exporter", *line[:1]]), error)
    print_remark(failure.trace + str(failure) if "--debug" in line else str(failure))
    if "--json" in line or "--json-lines" in line:
        with suppress(OSError, OutputError):  # the error may be that standard output is closed
            print_result(format_error(failure))
    return failure.exit_code
