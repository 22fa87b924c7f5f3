"""What the user is told: results on standard output, everything else on standard error."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from exporter.cli.invocation import Call
from exporter.errors import OutputError, UsageError
from exporter.pipeline import Failure, Outcome

SCHEMA = 1
"""Version of the JSON report."""

CONTROL_ESCAPES = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
"""What a page may not say to a terminal, and how it is shown."""


class Report:
    """Tells outcomes as they come, and the sum of them at the end."""

    def __init__(self, call: Call) -> None:
        self._json = call.has("json")
        self._quiet = call.has("quiet")
        self._verbose = call.has("verbose")
        self._debug = call.has("debug")
        self._batch = call.command == "batch"
        self._rows: list[dict[str, Any]] = []
        self._failed: list[int] = []
        self._count = 0
        self._untold = 0

    def tell(self, outcome: Outcome) -> None:
        """Tell one outcome: its paths on stdout (or all of it in the report at the end), the rest on stderr."""
        self._count += 1
        if self._json:
            self._rows.append(_outcome_json(outcome))
        else:
            for path in outcome.written:
                print_result(path)
        if not self._quiet:
            self._remark(outcome)
        if outcome.error:
            self._failed.append(outcome.error.exit_code)
            print_remark(outcome.error.trace + str(outcome.error) if self._debug else str(outcome.error))

    def _remark(self, outcome: Outcome) -> None:
        """Tell what is worth a remark; of a batch, only how much that is, unless it is asked for."""
        if self._batch and not self._verbose:
            self._untold += len(outcome.notices)
            return
        for notice in (*outcome.notices, *(outcome.read if self._verbose else ())):
            place = f"{outcome.source}: " if self._batch else ""
            print_remark(
                " ".join(f"{place}{notice.subject}: {notice.text}".split())
            )  # a subject may be many lines of a page

    def finish(self, sum_up: bool = True) -> int:
        """Print the JSON report if it is wanted and `sum_up` allows, or the sum of many; returns the exit code."""
        code = self._code()
        if self._json and sum_up:
            print_result(format_json({"schema": SCHEMA, "exit": code, "outcomes": self._rows}))
        elif self._untold:
            print_remark(f"{self._untold} notice{'s'[: self._untold != 1]}: --verbose and --json tell them")
        if self._failed and self._count > 1 and not self._quiet:
            print_remark(f"{self._count - len(self._failed)} of {self._count} sources done, {len(self._failed)} failed")
        return code

    def _code(self) -> int:
        if not self._failed:
            return 0
        if UsageError.exit_code in self._failed:
            return UsageError.exit_code
        return 1 if len(self._failed) < self._count else self._failed[0]


def format_error(error: Failure) -> str:
    """Write an error that is all there is to tell, as JSON."""
    return format_json({"schema": SCHEMA, "exit": error.exit_code, "error": _error_json(error)})


def format_json(value: object) -> str:
    """Write a value as one line of JSON; names that are no Unicode are escaped."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        import json  # noqa: PLC0415  only for names in another encoding than UTF-8

        return json.dumps(msgspec.to_builtins(value))


def print_result(text: str) -> None:
    """Write a result to standard output; a path's bytes are those of its name."""
    out = standard_output()
    out.write(text.encode("utf-8", "surrogateescape") + b"\n")
    out.flush()  # a result is there as soon as it is told, and before the remarks that follow it


def standard_output() -> BinaryIO:
    """Return standard output as bytes; raises `OutputError` where it is closed."""
    if sys.stdout is None:
        raise OutputError("writing", "standard output", "Closed: it is closed", "Leave it open, or redirect it.")
    return sys.stdout.buffer


def print_remark(text: str) -> None:
    """Write a remark to standard error, which may be closed or of any encoding."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            # Its error handler is backslashreplace: no text is too strange. What a page says commands no terminal.
            print(text.translate(CONTROL_ESCAPES), file=sys.stderr)


def has_colour(stream: Any) -> bool:
    """Whether a stream shows colours: a terminal that can, and a user who has not said NO_COLOR."""
    return bool(stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    error = outcome.error
    return {
        "source": outcome.source,
        "written": [str(Path(path)) for path in outcome.written],
        "kept": outcome.kept,
        "notices": [{"subject": notice.subject, "text": notice.text} for notice in (*outcome.read, *outcome.notices)],
        "error": error and _error_json(error),
    }


def _error_json(error: Failure) -> dict[str, Any]:
    return {
        "problem": error.problem,
        "subject": error.subject,
        "cause": error.cause,
        "remedy": error.remedy,
        "exit": error.exit_code,
    }
