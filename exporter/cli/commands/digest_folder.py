"""The command `digest`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.cache import writable_settings
from exporter.cli.invocation import Call
from exporter.cli.report import SCHEMA, Report, format_json, print_remark, print_result
from exporter.config import Config
from exporter.digest import SINCE_LAST, DigestPlan, estimate_seconds, make_digest, plan_digest
from exporter.errors import UsageError
from exporter.pipeline import BuildRequest
from exporter.registry import names, unknown_name
from exporter.ui_strings import format_date

_DEFAULT_EXPORTERS = ("epub", "audio")

_MAX_MINUTES = 99_999
"""Highest limit of a digest: 69 days of listening are no limit."""


def digest(call: Call) -> int:
    """Make one edition of what is new in a folder; nothing new is no error."""
    exporters = tuple(dict.fromkeys(call.texts("to"))) or _DEFAULT_EXPORTERS
    for name in exporters:
        if name not in names("exporters"):
            raise unknown_name("choosing what to make", name, names("exporters"))
    config = _add_chapters(call.config())
    plan = plan_digest(Path(call.arguments[0]), config, call.text("since") or SINCE_LAST, _parse_limit(call))
    report = Report(call)
    for notice in plan.notices:
        report.print_notice(notice)
    if call.has("dry_run"):
        return _print_plan(call, plan, config)
    if not plan.works:
        if not plan.until and not call.has("quiet"):
            print_remark(_describe_nothing(plan))
        return report.finish()
    with writable_settings(config.cache) as (cache, problem):
        if problem:
            report.print_notice(problem)
        request = BuildRequest(exporters, msgspec.structs.replace(config, cache=cache))
        report.print_outcome(make_digest(plan, msgspec.structs.replace(request, overwrite=call.has("overwrite"))))
    return report.finish()


def _add_chapters(config: Config) -> Config:
    """Return settings by which the chapters of an episode are written beside it: podcast apps read them there."""
    subtitles = tuple(dict.fromkeys((*config.audio.subtitles, "chapters")))
    return msgspec.structs.replace(config, audio=msgspec.structs.replace(config.audio, subtitles=subtitles))


def _parse_limit(call: Call) -> int:
    text = call.text("limit")
    if text and not (text.isascii() and text.isdigit() and len(text) <= len(str(_MAX_MINUTES)) and int(text)):
        cause = f"BadValue: it is not a number of minutes, from 1 to {_MAX_MINUTES}"
        raise UsageError("command line", f"--limit {text}", cause, "Write a whole number, such as 40.")
    return int(text or 0)


def _describe_nothing(plan: DigestPlan) -> str:
    return f"nothing since {format_date(plan.since.date().isoformat(), 'en-gb')}" if plan.since else "nothing is there"


def _print_plan(call: Call, plan: DigestPlan, config: Config) -> int:
    """Print the articles of a digest in the order in which they would be in it."""
    seconds = [estimate_seconds(work, config.speech.rate) for work in plan.works]
    if call.has("json"):
        rows = [
            {"title": work.facts.title, "address": work.facts.address, "added": work.added, "seconds": round(length, 1)}
            for work, length in zip(plan.works, seconds, strict=True)
        ]
        report = {"schema": SCHEMA, "exit": 0, "title": plan.title, "planned": rows, "notices": plan.notices}
        print_result(format_json(report))
        return 0
    for work, length in zip(plan.works, seconds, strict=True):
        print_result(f"{max(1, round(length / 60))} min  {work.facts.title}")
    if not call.has("quiet"):
        count = len(plan.works)
        total = max(1, round(sum(seconds) / 60))
        text = f"nothing is made; it would be {plan.title!r}: {count} article{'s'[: count != 1]}, {total} min"
        print_remark(text if plan.works else _describe_nothing(plan))
    return 0
