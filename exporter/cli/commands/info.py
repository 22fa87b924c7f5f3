"""The commands about the program itself: voices, formats, doctor, cache."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from exporter.cli.invocation import Call
from exporter.cli.report import format_json, has_colour, print_result
from exporter.config import describe_setting
from exporter.errors import SpeechError, UsageError
from exporter.registry import names, unknown_name

_GREEN, _RED, _NO_COLOUR = "\x1b[32m", "\x1b[31m", "\x1b[0m"


def voices(call: Call) -> int:
    """List the voices of the engine, all or those of one language."""
    from exporter import speech  # noqa: PLC0415  14 ms, the other commands here do not need it

    config = call.config()
    wanted = config.input.language.lower()
    found = [voice for voice in speech.voices(config) if _matches_language(voice.language.lower(), wanted)]
    if not found and wanted:
        raise UsageError(
            "listing voices", wanted, "NoVoice: no voice speaks this language", "See exporter voices for all voices."
        )
    if not found:
        raise SpeechError(
            "listing voices", config.speech.engine, "NoVoice: the engine has no voices", "See exporter doctor."
        )
    if call.has("json"):
        rows = [{"id": v.id, "name": v.name, "language": v.language, "gender": v.gender} for v in found]
        print_result(format_json({"schema": 1, "engine": config.speech.engine, "voices": rows}))
        return 0
    table = [(v.id, v.language, v.gender or "-", v.name, f"exporter audio page.md --voice {v.id}") for v in found]
    _print_table(("voice", "language", "gender", "name", "try it"), table)
    return 0


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
    _print_table(("", ""), [(name, ", ".join(values)) for name, values in rows.items()])
    return 0


def doctor(call: Call) -> int:
    """Check every part that the work may need; returns 1 if a needed part is missing."""
    from exporter.doctor import examine  # noqa: PLC0415  4 ms, only `doctor` needs it

    findings = examine(call.config())
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


def _matches_language(language: str, wanted: str) -> bool:
    return not wanted or language == wanted or language.startswith(f"{wanted}-")


def _print_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in columns under their heads on a terminal; separated by tabs and without heads to a program."""
    if not sys.stdout.isatty():
        for row in rows:
            print_result("\t".join(row))
        return
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows) if any(head) else rows:
        print_result("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
