"""The command `serve`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from exporter.cli.invocation import Call
from exporter.cli.report import SCHEMA, format_json, print_remark, print_result
from exporter.errors import UsageError

_PACKAGES = ("starlette", "uvicorn", "segno")


def serve(call: Call) -> int:
    """Serve a folder until interrupted; prints its addresses first."""
    missing = [name for name in _PACKAGES if not find_spec(name)]
    if missing:
        cause = "NotInstalled: serving needs it"
        raise UsageError("serving", ", ".join(missing), cause, "pip install 'exporter[serve]'")
    from exporter.serving.listening import FolderServer, draw_qr_code  # noqa: PLC0415  500 ms, and an extra

    config = call.config()
    server = FolderServer(Path(call.arguments[0]), config, call.has("new_key"))
    names = {"url": "", "podcast": "feed.xml", "catalogue": "opds.xml"}
    if call.has("json"):
        print_result(format_json({"schema": SCHEMA, **{name: server.url + file for name, file in names.items()}}))
    else:
        for file in names.values():
            print_result(server.url + file)
    if not call.has("quiet"):
        if config.serve.lan:
            print_remark(draw_qr_code(server.url))
        if server.notice:
            print_remark(f"{server.notice.subject}: {server.notice.text}")
        print_remark(_describe_reach(config.serve.lan))
    server.run()
    return 0


def _describe_reach(lan: bool) -> str:
    if not lan:
        return "Only this machine can reach it; --lan serves the local network. Ctrl-C ends it."
    return (
        "Every device in this network that has the address can read it; --new-key makes the address invalid.\n"
        "Podcast apps that fetch by servers of their own (Overcast, Pocket Casts) cannot reach it; "
        "AntennaPod, gPodder, KOReader and browsers can. Ctrl-C ends it."
    )
