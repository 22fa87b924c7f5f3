"""The command line: the only code that prints, and the only code that knows Typer and Rich.

`commands_table` says what can be typed; `fast_parser` reads a well-formed line, `typer_app` everything else; either
gives a `Call`, which a function in `commands` answers with an exit code. `report` prints results and errors,
`progress_bars` draws progress.
"""

# Nothing is imported up here: an interrupt is heard in silence only from `run` on.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

_INTERRUPTED_EXIT_CODE = 130
_SIGNAL_EXIT_OFFSET = 128
"""What shells add to a signal's number."""


def main() -> "NoReturn":
    """Run the command line of this process and end it.

    It ends at once: Python would spend a tenth of a short run on taking apart what the system frees anyway.
    """
    import os  # noqa: PLC0415  see above
    import sys  # noqa: PLC0415

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
    """Turn whatever goes wrong into two lines and an exit code."""
    _prepare_process(debug="--debug" in line)
    import sys  # noqa: PLC0415

    try:
        code = _run_command(line)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        return 0  # whoever reads our output has read enough
    except Exception as error:  # noqa: BLE001  no user is shown a traceback without asking for it
        return _report_error(error, line)
    return code


def _prepare_process(*, debug: bool) -> None:
    import gc  # noqa: PLC0415
    import signal  # noqa: PLC0415
    import warnings  # noqa: PLC0415

    # A run makes many values that live to its end, and little rubbish.
    gc.set_threshold(100_000, 50, 50)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), _exit_on_signal)
    if not debug:
        warnings.simplefilter("ignore")


def _exit_on_signal(number: int, _frame: "FrameType | None") -> None:
    """End as if by Ctrl-C: what is half written is removed, workers are ended."""
    raise SystemExit(_SIGNAL_EXIT_OFFSET + number)


def _run_command(line: list[str]) -> int:
    from importlib import import_module  # noqa: PLC0415

    from exporter.cli.commands_table import COMMANDS  # noqa: PLC0415
    from exporter.cli.fast_parser import fill_optional_values, parse  # noqa: PLC0415

    line = fill_optional_values(line)
    call = parse(line)
    if call is None:
        from exporter.cli.typer_app import parse as ask_typer  # noqa: PLC0415  see `fast_parser`

        answer = ask_typer(line)
        if isinstance(answer, int):
            return answer
        call = answer
    module, _, function = COMMANDS[call.command].code.partition(":")
    code: int = getattr(import_module(f"exporter.cli.commands.{module}"), function)(call)
    return code


def _report_error(error: Exception, line: list[str]) -> int:
    """Tell an error in its two lines; returns its exit code."""
    from contextlib import suppress  # noqa: PLC0415

    from exporter.cli.report import format_error, print_remark, print_result  # noqa: PLC0415
    from exporter.errors import OutputError  # noqa: PLC0415
    from exporter.pipeline import failure  # noqa: PLC0415

    if isinstance(error, OSError):
        words = f"{type(error).__name__}: {error.strerror or error}"
        place = str(error.filename or "standard output")
        error = OutputError("writing", place, words, "Make room there, or choose another place.")
    found = failure("running", " ".join(["exporter", *line[:1]]), error)
    print_remark(found.trace + str(found) if "--debug" in line else str(found))
    if "--json" in line:
        with suppress(OSError, OutputError):  # the error may be that there is no standard output
            print_result(format_error(found))
    return found.exit_code
