"""What the options of an output may say: a file, a folder or an address, and which of them do not go together."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.cli.invocation import Call
from exporter.config import Config
from exporter.errors import UsageError
from exporter.pipeline import BuildRequest
from exporter.registry import load, names, split_place, unknown_name
from exporter.sources import files

if TYPE_CHECKING:
    from exporter.batches.shards import Shard

STDOUT = "-"
"""Standard output, as the value of -o."""

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$|\.[0-9][A-Za-z][A-Za-z0-9]{0,3}$")
"""The suffix of a file name: "No. 7" has none."""

SAME_FORMATS = {".m4a": ".m4b", ".ogg": ".opus", ".oga": ".opus"}
"""Suffixes that other programs give to the same formats: MP4 with AAC, and Opus in Ogg."""


def make_many_sources_error(file: str) -> UsageError:
    """Make the error for a file that several articles would be written into."""
    return UsageError(
        "command line",
        file,
        "ManySources: one file cannot hold several articles",
        f"Name a folder (-o {file}/), or make one of them with --bind.",
    )


def make_request(call: Call, exporters: tuple[str, ...], config: Config) -> BuildRequest:
    """Make the request from -o, which names a folder if it ends in a slash or is one, else a file."""
    output, overwrite = call.text("output"), call.has("overwrite")
    if not output:
        return BuildRequest(exporters, config, overwrite=overwrite)
    if output == STDOUT:
        raise UsageError(
            "command line", "-o -", "NotAFile: only a script can be written to standard output", "Name a file with -o."
        )
    _refuse_object_storage(output)
    if output.endswith(("/", os.sep)) or Path(output).is_dir():
        return BuildRequest(exporters, config, folder=output, overwrite=overwrite)
    _check_suffix(output, load("exporters", exporters[0]).suffix(config))
    return BuildRequest(exporters, config, file=output, overwrite=overwrite)


def check_batch(call: Call, config: Config) -> tuple[str, ...]:
    """Return the names of the exporters of a batch; raises `UsageError` for a wrong one, or a wrong folder."""
    wanted = tuple(dict.fromkeys(call.texts("to")))
    if not wanted:
        raise UsageError(
            "command line",
            "--to",
            "MissingValue: name what to make",
            f"Choose some of: {','.join(names('exporters'))}.",
        )
    for name in wanted:
        if name not in names("exporters"):
            raise unknown_name("choosing what to make", name, names("exporters"))
    for option in ("json", "dry_run"):
        if call.has("json_lines") and call.has(option):
            cause = f"WrongOptions: it is another report than that of {_name_flag(option)}"
            raise UsageError("command line", "--json-lines", cause, "Choose one of the two.")
    folder = call.text("output") or "."
    if folder == STDOUT:
        raise UsageError("command line", "-o -", "NotAFolder: a batch writes several files", "Name a folder with -o.")
    if files.is_object_address(folder):
        _check_object_output(call, config, folder)
    elif Path(folder).exists() and not Path(folder).is_dir():
        raise UsageError("command line", folder, "NotAFolder: it is a file", "Name a folder with -o.")
    return wanted


def read_shard(call: Call) -> Shard | None:
    """Return the shard of the command line; raises `UsageError` where it is wrong, or together with what needs all."""
    if not (text := call.text("shard")):
        return None
    from exporter.batches.shards import parse_shard  # noqa: PLC0415  2 ms, only jobs of arrays need it

    for option in ("bind", "dry_run", "publish"):
        if call.has(option):
            flag = _name_flag(option)
            raise UsageError(
                "command line",
                f"--shard {text}",
                f"WrongOptions: {flag} needs all sources",
                f"Leave {flag} out, and use it when all shards are done.",
            )
    return parse_shard(text, os.environ)


def _name_flag(option: str) -> str:
    return f"--{option.replace('_', '-')}"


def _refuse_object_storage(output: str) -> None:
    """Raise `UsageError` for an address of object storage, to which only a batch writes."""
    if files.is_object_address(output):
        remedy = "Use exporter batch, or name a folder with -o and copy it there afterwards."
        raise UsageError("command line", f"-o {output}", "NotSupported: only a batch writes to object storage", remedy)


def _check_object_output(call: Call, config: Config, address: str) -> None:
    """Raise `UsageError` for what a batch cannot do in object storage: what needs the files, or a folder of workers."""
    for option in ("bind", "publish", "dry_run"):
        if call.has(option):
            flag = _name_flag(option)
            cause = f"WrongOptions: {flag} needs a folder of this machine"
            raise UsageError("command line", f"-o {address}", cause, f"Leave {flag} out, or name a folder with -o.")
    if split_place(config.runner.on)[0] != "local":
        cause = "WrongOptions: --on needs a folder that all machines see"
        raise UsageError("command line", f"-o {address}", cause, "Use --shard K/N for many machines, or such a folder.")
    folder = f"{address.rstrip('/')}/"
    if source := next((name for name in call.arguments if f"{name.removeprefix('@')}/".startswith(folder)), ""):
        cause = f"HoldsSources: {source} is in it"
        raise UsageError("command line", f"-o {address}", cause, "Name a folder of its own with -o.")


def _check_suffix(output: str, suffix: str) -> None:
    """Raise `UsageError` for a file name whose suffix is not that of the file's format."""
    actual = f".{suffix.rpartition('.')[2]}"
    found = _SUFFIX.search(output)
    if found and SAME_FORMATS.get(found[0].lower(), found[0].lower()) != actual:
        raise UsageError(
            "command line",
            output,
            f"WrongSuffix: the format is {actual.removeprefix('.')}, not {found[0][1:]}",
            f"Call it {Path(output).with_suffix(actual)}, or choose another command or format.",
        )
