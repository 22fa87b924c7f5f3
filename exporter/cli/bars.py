"""Progress on a terminal: a bar for each stage, with the time left.

Rich is loaded only when there is something to wait for: what takes half a second shows no bar.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from exporter import progress

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_SHORT = 0.5  # seconds that pass without a bar


class Bars:
    """A listener of `exporter.progress` that draws."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def hear(self, stage: str, done: int, total: int) -> None:
        """Draw how far a stage has come."""
        if self._progress is None:
            if time.monotonic() - self._began < _SHORT:
                return
            self._progress = _draw()
        task = self._tasks.get(stage)
        if task is None:
            task = self._tasks[stage] = self._progress.add_task(stage, total=None)
        self._progress.update(task, completed=done, total=total or None)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._progress is not None:
            self._progress.stop()


def _draw() -> Progress:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TimeElapsedColumn(),
    )
    bars = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    bars.start()
    return bars


@contextlib.contextmanager
def shown() -> Iterator[None]:
    """Show progress in the block."""
    bars = Bars()
    try:
        with progress.heard_by(bars.hear):
            yield
    finally:
        bars.close()
