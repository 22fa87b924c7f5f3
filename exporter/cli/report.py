"""Prints results on standard output, and notices and errors on standard error."""

from __future__ import annotations

import contextlib
import os
import sys
from operator import itemgetter
from typing import Any, BinaryIO

import msgspec

from exporter.cli.invocation import Call
from exporter.errors import ExporterError, Notice, OutputError, UsageError
from exporter.pipeline import Failure, Outcome

SCHEMA = 1
"""Version of the JSON report."""

CONTROL_ESCAPES = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
"""Escapes of control characters: text of a page must not control the terminal."""


class Report:
    """Prints outcomes as they arrive, and their sum at the end."""

    def __init__(self, call: Call) -> None:
        self._json = call.has("json")
        self._lines = call.has("json_lines")
        self._quiet = call.has("quiet")
        self._verbose = call.has("verbose")
        self._debug = call.has("debug")
        self._batch = call.command == "batch"
        self._rows: list[tuple[int, dict[str, Any]]] = []  # with the place of each source
        self.notices: list[Notice] = []
        self._failed: list[tuple[str, Failure]] = []
        self.count = 0
        self._hidden_notices = 0

    def print_outcome(self, outcome: Outcome, place: int = 0) -> None:
        """Print the paths of an outcome to stdout (or keep it for the JSON report), its notices and error to stderr.

        The JSON report has the outcomes in the order of their places, and those of one place in the order of the calls;
        the stream of JSON lines has them in the order of the calls, and nothing is kept.
        """
        self.count += 1
        if self._lines:
            print_result(format_json(_outcome_json(outcome)))
        elif self._json:
            self._rows.append((place, _outcome_json(outcome)))
        else:
            for path in outcome.written:
                print_result(path)
        if not self._quiet:
            self._print_notices(outcome)
        if outcome.error:
            self._failed.append((outcome.source, outcome.error))
            print_remark(outcome.error.trace + str(outcome.error) if self._debug else str(outcome.error))

    def print_notice(self, notice: Notice) -> None:
        """Print what concerns no single source, and keep it for the JSON report."""
        self.notices.append(notice)
        if not self._quiet:
            print_remark(f"{notice.subject}: {notice.text}")

    def _print_notices(self, outcome: Outcome) -> None:
        """Print the notices of an outcome; of a batch they are only counted, unless --verbose asks for them."""
        if self._batch and not self._verbose:
            self._hidden_notices += len(outcome.notices)
            return
        for notice in (*outcome.notices, *(outcome.source_notices if self._verbose else ())):
            place = f"{outcome.source}: " if self._batch else ""
            print_remark(" ".join(f"{place}{notice.subject}: {notice.text}".split()))  # a subject may be many lines

    def count_failed(self) -> int:
        """Return how many sources failed so far."""
        return len(self._failed)

    def print_interrupted(self) -> None:
        """Say how far a batch came before it was interrupted."""
        if not self._quiet:
            failed = f", {len(self._failed)} failed" if self._failed else ""
            done = self.count - len(self._failed)
            print_remark(f"interrupted: {done} done{failed}; the same command goes on from there")

    def finish(self, sum_up: bool = True) -> int:
        """Print the JSON report (unless `sum_up` is False) or the sum of several outcomes; returns the exit code."""
        code = self._exit_code()
        notices = {"notices": self.notices} if self.notices else {}
        if self._lines:
            done = {"done": self.count - len(self._failed), "failed": len(self._failed)}
            print_result(format_json({"schema": SCHEMA, "exit": code, **notices, **done}))
        elif self._json and sum_up:
            rows = [row for _, row in sorted(self._rows, key=itemgetter(0))]
            print_result(format_json({"schema": SCHEMA, "exit": code, **notices, "outcomes": rows}))
        elif self._hidden_notices:
            print_remark(
                f"{self._hidden_notices} notice{'s'[: self._hidden_notices != 1]}: --verbose and --json show them"
            )
        if self._failed and self.count > 1 and not self._quiet:
            print_remark(f"{self.count - len(self._failed)} of {self.count} sources done, {len(self._failed)} failed:")
            for source, error in self._failed:  # again, since the lines above them may fill many screens
                print_remark(f"  {source}: {error.cause}")
        return code

    def _exit_code(self) -> int:
        if not self._failed:
            return 0
        codes = [error.exit_code for _, error in self._failed]
        if UsageError.exit_code in codes:
            return UsageError.exit_code
        if any(error.is_disk_full for _, error in self._failed):
            return OutputError.exit_code
        return 1 if len(codes) < self.count else codes[0]


def format_error(error: Failure) -> str:
    """Format an error that ended the run, as JSON."""
    return format_json({"schema": SCHEMA, "exit": error.exit_code, "error": list_error_fields(error)})


def format_json(value: object) -> str:
    """Format a value as one line of JSON; file names that are not Unicode are escaped."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        import json  # noqa: PLC0415  3 ms, only names that are not Unicode need it

        return json.dumps(msgspec.to_builtins(value))


def print_result(text: str) -> None:
    """Print a result to standard output; a path keeps the bytes of its name."""
    out = standard_output()
    out.write(text.encode("utf-8", "surrogateescape") + b"\n")
    out.flush()  # before the notices that follow it


def standard_output() -> BinaryIO:
    """Return standard output as bytes; raises `OutputError` if it is closed."""
    if sys.stdout is None:
        raise OutputError("writing", "standard output", "Closed: it is closed", "Open it, or redirect it to a file.")
    return sys.stdout.buffer


def print_remark(text: str) -> None:
    """Print a line to standard error, which may be closed and of any encoding."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            # Its error handler is backslashreplace, so any text can be printed.
            print(text.translate(CONTROL_ESCAPES), file=sys.stderr)


def has_colour(stream: Any) -> bool:
    """Whether a stream is a terminal that shows colours, and NO_COLOR is not set."""
    return bool(stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    error = outcome.error
    return {
        "source": outcome.source,
        "written": outcome.written,
        "kept": outcome.kept,
        "notices": (*outcome.source_notices, *outcome.notices),
        "error": error and list_error_fields(error),
    }


def list_error_fields(error: Failure | ExporterError) -> dict[str, Any]:
    """Return the fields of an error for the JSON report."""
    return {
        "problem": error.problem,
        "subject": error.subject,
        "cause": error.cause,
        "remedy": error.remedy,
        "exit": error.exit_code,
    }
