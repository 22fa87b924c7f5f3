"""Progress of the stages: the command line draws bars, a worker process of a batch reports to its parent.

A stage calls `advance` after each step; without a listener that does nothing. A process has one listener, for its one
user.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

MAX_SUBJECT_CHARS = 40
"""Characters of a title in the name of a stage, so that a bar has room beside it on a terminal."""

Listener = Callable[[str, int, int], None]
"""Takes a stage ("reading", "speaking “The ferry”"), how many steps are done, how many there are (0 if unknown)."""


def _ignore_progress(stage: str, done: int, total: int) -> None:
    """Do nothing: the listener of a process without one."""


_listener: Listener = _ignore_progress
_steps = 0


def advance(stage: str, done: int, total: int = 0) -> None:
    """Report that `done` of `total` steps of a stage are done (0: unknown); any thread may call it."""
    global _steps  # noqa: PLW0603  of the process, as the listener
    _steps += 1
    _listener(stage, done, total)


def name_stage(verb: str, title: str) -> str:
    """Return the name of a stage with the article that it is about: speaking “The ferry”."""
    text = " ".join(title.split())
    short = text if len(text) <= MAX_SUBJECT_CHARS else f"{text[: MAX_SUBJECT_CHARS - 1]}…"
    return f"{verb} “{short}”" if short else verb


def count_steps() -> int:
    """Return how often progress was reported: another number than before means that work goes on."""
    return _steps


@contextlib.contextmanager
def report_to(listener: Listener) -> Iterator[None]:
    """Pass every `advance` inside the block to `listener`."""
    global _listener  # noqa: PLW0603  the one listener of the process
    before, _listener = _listener, listener
    try:
        yield
    finally:
        _listener = before
