"""The command batch: several forms of many sources, in parallel, elsewhere or in shards."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from exporter.cli.commands.build import load_settings, open_sources
from exporter.cli.commands.outcome_reports import is_progress_wanted, report_batch, report_outcomes
from exporter.cli.commands.output_checks import check_batch, read_shard
from exporter.cli.invocation import Call, standard_input
from exporter.cli.report import Report
from exporter.concurrency import count_processors
from exporter.config import Config
from exporter.errors import SourceError
from exporter.pipeline import BuildRequest
from exporter.registry import split_place
from exporter.sources import files, list_sources


def batch(call: Call) -> int:
    """Make several forms of many sources, in parallel; files that are up to date are kept. Publish them if asked."""
    with load_settings(call) as config:
        code = _build_batch(call, config, check_batch(call, config))
        if call.has("publish") and not call.has("dry_run"):
            from exporter.cli.commands.publish_shelf import publish_folder  # noqa: PLC0415  5 ms, few batches need it

            publish_folder(call, Path(call.text("output") or "."), config)
        return code


def _build_batch(call: Call, config: Config, wanted: tuple[str, ...]) -> int:
    order = BuildRequest(
        wanted, config, call.text("output") or ".", overwrite=call.has("overwrite"), force=call.has("force")
    )
    if files.is_object_address(order.folder):
        order = msgspec.structs.replace(order, folder=".", address=order.folder.rstrip("/"))
    shard = read_shard(call)
    report = Report(call)
    if call.has("dry_run"):
        from exporter.cli.commands import dry_run  # noqa: PLC0415  10 ms, only --dry-run needs it

        return dry_run.print_plan(call, open_sources(call, config, report), order, report)
    from exporter.batches import batch as many  # noqa: PLC0415  80 ms, only batches need it

    runner, where = split_place(config.runner.on)
    if call.has("bind"):
        return report_outcomes(call, report, many.run_bound(open_sources(call, config, report), order))
    one_each = msgspec.structs.replace(config, jobs=1)
    order = msgspec.structs.replace(order, config=one_each)
    outcomes = many.run_listed(
        lambda selection: list_sources(
            *(call.arguments, config.input, standard_input(), config.cache), report.print_notice, selection
        ),
        order,
        many.BatchOptions(
            config.jobs or count_processors(), call.has("debug"), runner, where, shard, notify=report.print_notice
        ),
    )
    expected = _estimate_articles(call, config) if is_progress_wanted(call) else 0
    return report_batch(call, report, outcomes, expected)


def _estimate_articles(call: Call, config: Config) -> int:
    """Estimate how many articles the sources hold, without opening any; used for the time left."""
    count = 0
    for name in call.arguments:
        if Path(name).is_dir():
            count += sum(1 for _ in files.find_candidates(Path(name)))
        elif name.startswith("@"):
            with suppress(SourceError):
                count += len(files.read_list(Path(name[1:]), config.input))
        else:
            count += 1
    return count
