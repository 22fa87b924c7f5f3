"""What can go wrong for a user, and what is worth a remark.

The tree, with the exit code of each branch::

    ExporterError
    +-- UsageError      2  wrong usage or configuration
    +-- SourceError     3  a source could not be found or read
    +-- SpeechError     4  the engine failed, hung or fell silent
    +-- OutputError     5  a result could not be written

Every error says what is wrong, with what, why and what to do about it, in two lines. A `Notice` is no error: it is a
value that a stage returns beside its result, and the command line decides how to show it.
"""

from __future__ import annotations

import msgspec


class Notice(msgspec.Struct, frozen=True):
    """Something the user may want to know: `subject` names what it is about, `text` says it."""

    subject: str
    text: str


class ExporterError(Exception):
    """A failure that a user can understand and mend.

    `problem` is the stage that failed ("reading"), `subject` what it failed on, `cause` why, `remedy` what to do now.
    """

    exit_code = 1

    def __init__(self, problem: str, subject: str, cause: str, remedy: str) -> None:
        super().__init__(problem, subject, cause, remedy)
        self.problem = problem
        self.subject = subject
        self.cause = cause
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem}: {self.subject!r}: {' '.join(self.cause.split())}\n{self.remedy}"


class UsageError(ExporterError):
    """Wrong usage or configuration."""

    exit_code = 2


class SourceError(ExporterError):
    """A source could not be found, fetched or understood."""

    exit_code = 3


class SpeechError(ExporterError):
    """The speech engine is missing, failed, hung or fell silent."""

    exit_code = 4


class OutputError(ExporterError):
    """A result could not be written."""

    exit_code = 5
