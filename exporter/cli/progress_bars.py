"""Progress on a terminal: a bar for each stage, with an estimate of the time left.

Rich is loaded only when a bar is drawn: work that ends within half a second shows none.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from exporter import progress

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_DELAY_SECONDS = 0.5  # before the first bar; chosen by hand


class ProgressBars:
    """A listener of `exporter.progress` that draws every stage whose steps are counted, or only the stage `only`."""

    def __init__(self, only: str) -> None:
        self._only = only
        self._began = time.monotonic()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._lock = threading.Lock()

    def update(self, stage: str, done: int, total: int) -> None:
        """Draw how far a stage has come; any thread may call it."""
        if not total or (self._only and stage != self._only) or time.monotonic() - self._began < _DELAY_SECONDS:
            return
        with self._lock:
            self._progress = self._progress or _start_bars()
            if stage not in self._tasks:
                self._tasks[stage] = self._progress.add_task(stage, total=total, note="")
            task = self._tasks[stage]
            if done < self._progress.tasks[task].completed:  # the next article is at this stage
                self._progress.reset(task)
            self._progress.update(task, completed=done, total=total)

    def annotate(self, stage: str, done: int, failed: int) -> None:
        """Say beside the bar of a stage how many steps it does in a second, and how many failed so far."""
        with self._lock:
            if self._progress is not None and stage in self._tasks:
                rate = done / (time.monotonic() - self._began)
                note = f"{rate:.1f}/s" + (f", {failed} failed" if failed else "")
                self._progress.update(self._tasks[stage], note=note)

    @contextlib.contextmanager
    def suspend(self) -> Iterator[None]:
        """Remove the bars from the terminal in the block, so that others can print."""
        with self._lock:
            if self._progress is not None:
                self._progress.stop()
            yield
            if self._progress is not None:
                self._progress.start()

    def close(self) -> None:
        """Remove the bars, and show the cursor again."""
        with self._lock:
            if self._progress is not None:
                self._progress.stop()
                self._progress.console.show_cursor()  # an interrupt may have come while it was hidden


def _start_bars() -> Progress:
    from rich.console import Console  # noqa: PLC0415  100 ms, only long runs on a terminal need it
    from rich.progress import (  # noqa: PLC0415  as above
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
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
        TimeElapsedColumn(),
    )
    bars = Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
    )
    bars.start()
    return bars


@contextlib.contextmanager
def show_progress(only: str = "") -> Iterator[ProgressBars]:
    """Show progress in the block, of every stage or of the stage `only`."""
    bars = ProgressBars(only)
    try:
        with progress.report_to(bars.update):
            yield bars
    finally:
        bars.close()
