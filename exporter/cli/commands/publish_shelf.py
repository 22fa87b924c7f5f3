"""The command `publish`, and what `batch --publish` does at its end."""

from __future__ import annotations

from pathlib import Path

from exporter.cli.invocation import Call
from exporter.cli.report import SCHEMA, format_json, print_remark, print_result
from exporter.config import Config


def publish(call: Call) -> int:
    """Publish a folder."""
    publish_folder(call, Path(call.arguments[0]), call.config())
    return 0


def publish_folder(call: Call, folder: Path, config: Config) -> None:
    """Publish a folder, and print the files to begin with (a batch prints its own JSON report)."""
    from exporter.publishing.publish_folder import publish as write_all  # noqa: PLC0415  60 ms, batches may need it

    published = write_all(folder, config.publish, overwrite=call.has("overwrite"))
    is_own_report = call.command == "publish" and call.has("json")
    if is_own_report:
        report = {
            "schema": SCHEMA,
            "exit": 0,
            "works": published.works,
            "written": [str(folder / name) for name in published.names],
            "changed": [str(folder / name) for name in published.changed],
            "removed": [str(folder / name) for name in published.removed],
            "notices": published.notices,
        }
        print_result(format_json(report))
    elif not (call.has("json") or call.has("json_lines")):
        for name in published.names:
            print_result(str(folder / name))
    if not call.has("quiet") and not is_own_report:
        for notice in published.notices:
            print_remark(f"{notice.subject}: {notice.text}")
        if published.evicted:
            works = "1 work" if published.evicted == 1 else f"{published.evicted} works"
            kept = config.publish.keep
            print_remark(f"publish.keep = {kept}: {works} made room, and {len(published.removed)} files were removed")
