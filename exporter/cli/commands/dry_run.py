"""What ``exporter batch --dry-run`` prints: what would be made of each source, and the sum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from exporter.batches.batch_plan import PlannedSource, plan_batch
from exporter.cli.invocation import Call
from exporter.cli.report import Report, format_json, print_remark, print_result
from exporter.pipeline import BuildRequest, Outcome, Source
from exporter.script_formats.script_timings import format_clock


def print_plan(call: Call, sources: Iterable[Source], request: BuildRequest, report: Report) -> int:
    """Print what would be made of every source, as lines or as JSON; returns the exit code."""
    planned: list[PlannedSource] = []
    for item in plan_batch(sources, request):
        planned.append(item)
        if item.error:
            report.print_outcome(Outcome(item.source, error=item.error))
        elif not call.has("json"):
            print_result(_format_line(item))
    code = report.finish(sum_up=False)
    if call.has("json"):
        notices = {"notices": report.notices} if report.notices else {}
        rows = [_format_row(item) for item in planned]
        print_result(format_json({"schema": 1, "exit": code, **notices, "planned": rows}))
    elif not call.has("quiet"):
        print_remark(_format_sum([item for item in planned if not item.error]))
    return code


def _format_line(item: PlannedSource) -> str:
    state = (
        "up to date"
        if item.kept
        else f"{item.words:,} words, {format_clock(item.seconds)}, about {_megabytes(item.bytes)}"
    )
    return f"{', '.join(item.files)}: {state}"


def _format_row(item: PlannedSource) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(item)
    if item.error:
        row["error"] = {name: row["error"][name] for name in ("problem", "subject", "cause", "remedy")}
    return row


def _format_sum(planned: list[PlannedSource]) -> str:
    new = [item for item in planned if not item.kept]
    kept = f", and {len(planned) - len(new):,} up to date" if len(new) < len(planned) else ""
    total = f"{sum(item.words for item in new):,} words, {format_clock(sum(item.seconds for item in new))}"
    size = _megabytes(sum(item.bytes for item in new))
    return f"nothing is made; it would be {len(new):,} article{'s'[: len(new) != 1]}: {total}, about {size}{kept}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 50_000 else f"{size / 1e3:,.0f} kB"
