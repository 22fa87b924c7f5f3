"""The errors that a user can meet, and notices.

The tree, with the exit code of each branch::

    ExporterError
    +-- UsageError      2  wrong usage or configuration
    +-- SourceError     3  a source could not be found or read
    +-- SpeechError     4  the engine failed, hung or produced silence
    +-- OutputError     5  a result could not be written

An error says in two lines what failed, on what, why, and what to do. Its cause begins with a label that programs may
rely on (`UnknownName`, `EmptySource`); the words behind it may change. A `Notice` is not an error: it is a value that a
stage returns beside its result, and the command line decides how to print it.
"""

from __future__ import annotations

import errno

import msgspec


class Notice(msgspec.Struct, frozen=True):
    """Something the user may want to know: `subject` names what it is about, `text` says it."""

    subject: str
    text: str


class ExporterError(Exception):
    """A failure that a user can understand and correct.

    `problem` is the stage that failed ("reading"), `subject` what it failed on, `cause` a label and why ("EmptySource:
    the file is empty"), `remedy` what to do now.
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
    """The speech engine is missing, failed, hung or produced silence."""

    exit_code = 4


class OutputError(ExporterError):
    """A result could not be written."""

    exit_code = 5


_SYSTEM_CAUSES = {
    errno.ENOENT: "NotFound: there is no file or folder of that name",
    errno.EACCES: "NotPermitted: you have no permission for it",
    errno.EPERM: "NotPermitted: you have no permission for it",
    errno.EISDIR: "NotAFile: it is a folder",
    errno.ENOTDIR: "NotAFolder: a part of its path is a file",
    errno.EEXIST: "NotAFolder: a part of its path is a file",
    errno.ENOSPC: "DiskFull: there is no space left on its disk",
    errno.EROFS: "ReadOnly: its disk cannot be written",
    errno.ENAMETOOLONG: "LongName: the name is too long for a file",
}
"""The cause of an error of the operating system, by its number."""


def describe_error(error: Exception, label: str) -> str:
    """Return the cause of an exception that a library or the system raised.

    The errors that the system often gives have labels of their own (`NotFound`); any other is `label` and the message.
    """
    if isinstance(error, UnicodeDecodeError):
        return "NotUtf8: it is not text in UTF-8"
    if isinstance(error, msgspec.ValidationError):
        place = str(error).partition(" - at `$")[2].strip("`.")
        return f"{label}: the value at {place or 'the top'} is not of the expected kind"
    if isinstance(error, OSError):
        if error.errno in _SYSTEM_CAUSES:
            return _SYSTEM_CAUSES[error.errno]
        if error.strerror:
            return f"{label}: {error.strerror.lower()}"
    return f"{label}: {' '.join(str(error).split()).rstrip('.') or 'no reason is given'}"
