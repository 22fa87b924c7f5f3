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
from exporter.cli.report import CONTROL_ESCAPES

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_DELAY_SECONDS = 0.5  # before the first bar; chosen by hand

_UNITS = {"speaking": "sentences", "encoding": "passages"}
"""What is counted, by the first word of a stage; articles are counted under their own name."""


class ProgressBars:
    """A listener of `exporter.progress` that draws every stage whose steps are counted, or only the stage `only`.

    Beside the bar of `only` stands which other stage was reached last, and of which article.
    """

    def __init__(self, only: str) -> None:
        self._only = only
        self._now = ""
        self._counts: dict[str, tuple[str, int, int]] = {}  # by the first word of a stage: its name, done, total
        self._began = time.monotonic()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._lock = threading.Lock()

    def update(self, stage: str, done: int, total: int) -> None:
        """Draw how far a stage has come; any thread may call it."""
        kind = stage.partition(" ")[0]
        name = stage.translate(CONTROL_ESCAPES)
        with self._lock:
            if self._only and kind != self._only:
                self._now = f"now {name}"
            elif total:
                self._counts[kind] = (name, done, total)
            if self._counts and time.monotonic() - self._began >= _DELAY_SECONDS:
                self._progress = self._progress or _start_bars()
                for kind in self._counts:
                    self._draw(self._progress, kind)

    def _draw(self, bars: Progress, kind: str) -> None:
        name, done, total = self._counts[kind]
        if kind not in self._tasks:
            self._tasks[kind] = bars.add_task(name, total=total, unit=_UNITS.get(kind, ""), note="", now="")
        task = self._tasks[kind]
        if done < bars.tasks[task].completed:  # the next article is at this stage
            bars.reset(task)
        bars.update(task, description=name, completed=done, total=total, now=self._now if kind == self._only else "")

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
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]}"),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
        TextColumn("left,"),
        TimeElapsedColumn(),
        TextColumn("so far"),
        TextColumn("{task.fields[now]}", markup=False),
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
