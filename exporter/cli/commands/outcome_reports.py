"""Reports outcomes as they arrive, with bars of progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, closing, nullcontext
from typing import TYPE_CHECKING

from exporter import progress
from exporter.cli.invocation import Call
from exporter.cli.report import Report
from exporter.errors import UsageError
from exporter.pipeline import Outcome

if TYPE_CHECKING:
    from exporter.batches.batch import PlacedOutcome
    from exporter.cli.progress_bars import ProgressBars

_BATCH_STAGE = "articles"  # of `progress`: the articles of a batch


def report_outcomes(call: Call, report: Report, outcomes: Iterable[Outcome]) -> int:
    """Print outcomes as they arrive."""
    with _show_bars(call) as bars:
        for outcome in outcomes:
            with bars.suspend() if bars else nullcontext():
                report.print_outcome(outcome)
            if _is_wrong_for_all(outcome):
                break
    return report.finish()


def report_batch(call: Call, report: Report, outcomes: Generator[PlacedOutcome, None, None], expected: int) -> int:
    """Print the outcomes of a batch as they arrive; `expected` estimates how many there will be."""
    with closing(outcomes), _show_bars(call, expected) as bars:
        try:
            if expected and bars:
                progress.advance(_BATCH_STAGE, 0, expected)
            for place, outcome in outcomes:
                with bars.suspend() if bars else nullcontext():
                    report.print_outcome(outcome, place)
                if _is_wrong_for_all(outcome):
                    break
                if expected and bars:
                    progress.advance(_BATCH_STAGE, report.count, max(report.count, expected))
                    bars.annotate(_BATCH_STAGE, report.count, report.count_failed())
        except (KeyboardInterrupt, SystemExit):
            report.print_interrupted()
            raise
    return report.finish()


def is_progress_wanted(call: Call) -> bool:
    """Whether progress can be seen: on a terminal, without --quiet."""
    return not call.has("quiet") and sys.stderr is not None and sys.stderr.isatty()


def _is_wrong_for_all(outcome: Outcome) -> bool:
    """Whether an error is that of every source: a wrong setting."""
    return outcome.error is not None and outcome.error.exit_code == UsageError.exit_code


def _show_bars(call: Call, articles: int = 1) -> AbstractContextManager[ProgressBars | None]:
    """Show bars: of several articles that are counted, of the stages of one, or of those that are bound."""
    if not is_progress_wanted(call):
        return nullcontext()
    from exporter.cli.progress_bars import show_progress  # noqa: PLC0415  3 ms, only terminals need it

    return show_progress(_BATCH_STAGE if articles > 1 else "")
