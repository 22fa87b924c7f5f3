"""How far a stage has come, told to whoever listens: the command line draws bars, a worker process tells its parent.

A stage calls `advance` as it goes; without a listener that costs nothing. There is one listener for the process, since
there is one user.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

Listener = Callable[[str, int, int], None]
"""Takes a stage ("speaking"), how many of its steps are done, and how many there are (0 where nobody knows)."""


def _ignore_progress(stage: str, done: int, total: int) -> None:
    """Hear nothing."""


_listener: Listener = _ignore_progress


def advance(stage: str, done: int, total: int = 0) -> None:
    """Tell the listener that `done` of `total` steps of a stage are done; any thread may call it."""
    _listener(stage, done, total)


@contextlib.contextmanager
def report_to(listener: Listener) -> Iterator[None]:
    """Let `listener` hear every `advance` in the block."""
    global _listener  # noqa: PLW0603  the one listener of the process
    before, _listener = _listener, listener
    try:
        yield
    finally:
        _listener = before
