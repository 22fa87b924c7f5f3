"""The commands about the program itself: formats, doctor, cache."""

from __future__ import annotations

import sys

from exporter.cli.invocation import Call
from exporter.cli.report import format_json, has_colour, print_result
from exporter.cli.table_printing import print_table
from exporter.config import describe_setting
from exporter.registry import names, split_place, unknown_name
from exporter.sources import files

_GREEN, _RED, _NO_COLOUR = "\x1b[32m", "\x1b[31m", "\x1b[0m"


def formats(call: Call) -> int:
    """List what can be opened, read, written and spoken with."""
    rows = {
        "open": list(names("sources")),
        "read": list(names("readers")),
        "write": list(names("exporters")),
        "script": list(describe_setting("script.format").choices),
        "audio": list(describe_setting("audio.format").choices),
        "speak": list(names("engines")),
    }
    if call.has("json"):
        print_result(format_json({"schema": 1, **rows}))
        return 0
    print_table(("", ""), [(name, ", ".join(values)) for name, values in rows.items()])
    return 0


def doctor(call: Call) -> int:
    """Check every part that the work may need; returns 1 if a needed part is missing."""
    from exporter import doctor as checks  # noqa: PLC0415  4 ms, only `doctor` needs it

    config = call.config()
    findings = checks.examine(config, call.settings_files())
    runner, where = split_place(config.runner.on)
    if runner == "dask":
        findings += checks.examine_cluster(where, call.text("output"))
    if files.is_object_address(output := call.text("output")):
        findings += (checks.examine_storage(output, config.input.timeout),)
    if call.has("json"):
        rows = [{"part": f.part, "good": f.good, "needed": f.needed, "text": f.text, "cure": f.cure} for f in findings]
        print_result(format_json({"schema": 1, "findings": rows}))
    else:
        good, bad, plain = (_GREEN, _RED, _NO_COLOUR) if has_colour(sys.stdout) else ("", "", "")
        for finding in findings:
            mark = f"{good}ok{plain}     " if finding.good else f"{bad}missing{plain}"
            print_result(f"{mark}  {finding.part}: {finding.text}")
            if finding.cure and not finding.good:
                print_result(f"         {finding.cure}")
    return int(any(finding.needed and not finding.good for finding in findings))


def cache(call: Call) -> int:
    """Show the size of the cache, or clear it."""
    from exporter.cache import Cache  # noqa: PLC0415  8 ms, only `cache` needs it

    action = call.arguments[0] if call.arguments else "show"
    if action not in ("show", "clear"):
        raise unknown_name("choosing what to do with the cache", action, ("show", "clear"))
    store = Cache(call.config().cache)
    if action == "clear":
        store.clear()
    kinds = store.usage()
    if call.has("json"):
        rows = [{"kind": kind.kind, "entries": kind.entries, "bytes": kind.size} for kind in kinds]
        print_result(format_json({"schema": 1, "folder": str(store.folder), "kinds": rows}))
        return 0
    print_result(str(store.folder))
    for kind in kinds:
        print_result(f"{kind.kind}: {kind.entries:,} entries, {kind.size / 1e6:,.1f} MB")
    return 0
