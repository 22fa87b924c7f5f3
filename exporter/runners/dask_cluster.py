"""A Dask cluster: how it is named, how this process joins it, and which of its workers can build parts.

Dask's loggers are silent here: what they would print is an error with a remedy, or of no concern to the user.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from exporter import __version__
from exporter.errors import OutputError, UsageError, describe_error
from exporter.runners.dask_worker import WorkerState, describe_worker, explain_mismatch, make_mismatch

CONNECT_SECONDS = 10.0
"""How long the first connection to a scheduler may take; chosen: Dask's own limit is 30 s."""

_LOGGERS = ("distributed", "distributed.client", "distributed.gc", "tornado", "tornado.application", "asyncio")
"""The loggers to which Dask gives levels of their own, and that of its event loop."""

_REMEDY = "Start it with dask scheduler, name it as --on dask://HOST:8786, or set DASK_SCHEDULER_ADDRESS."


def connect(where: str, seconds: float = CONNECT_SECONDS, is_silent: bool = True) -> Any:
    """Join a cluster, and return Dask's `Client`; raises `UsageError` after so many seconds.

    `where` is ``//HOST:PORT``, an address of Dask (``tls://HOST:PORT``), or the path of a scheduler file; if it is
    empty, Dask's own configuration names the scheduler.
    """
    try:
        import dask  # noqa: PLC0415  an extra
        from distributed import Client  # noqa: PLC0415  an extra, and 0.6 s
    except ImportError as error:
        cause, remedy = "NotInstalled: Dask is not installed", "pip install 'exporter[dask]'"
        raise UsageError("running on Dask", where or "dask", cause, remedy) from error
    if is_silent:
        _silence()
    address = f"tcp:{where}" if where.startswith("//") else where or dask.config.get("scheduler-address", "")
    if not address:
        raise UsageError("running on Dask", "dask", "NoAddress: Dask's configuration names no scheduler", _REMEDY)
    options = {"timeout": seconds, "set_as_default": False, "name": "exporter"}
    try:
        if "://" in address:
            return Client(address, **options)
        return Client(address=_read_scheduler_file(address), **options)
    except (OSError, ValueError, TypeError, KeyError, msgspec.DecodeError) as error:  # a file may be half written
        cause = f"NoScheduler: nothing answers there ({describe_error(error, type(error).__name__)})"
        raise UsageError("running on Dask", address, cause, _REMEDY) from error


@contextlib.contextmanager
def mark_folder(folder: Path, run_id: str) -> Iterator[str]:
    """Yield the path of a temporary file in the output folder, by which others see that it is the same.

    Raises `OutputError`.
    """
    mark = Path.cwd() / folder / f".mark.{run_id}-{secrets.token_hex(8)}.part"  # called so, it is swept
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    except OSError as error:
        cause, remedy = describe_error(error, "SystemError"), "Choose another folder with -o."
        raise OutputError("writing", str(folder), cause, remedy) from error
    try:
        yield str(mark)
    finally:
        with contextlib.suppress(OSError):
            mark.unlink()
            mark.parent.rmdir()  # only if it is empty


def describe_workers(client: Any, mark: str) -> dict[str, WorkerState | Exception]:
    """Describe every worker, by its address; an exception, such as that it has no exporter, stands for itself."""
    found: dict[str, WorkerState | Exception] = client.run(describe_worker, os.getcwd(), mark, on_error="return")  # noqa: PTH109
    return found


def explain_state(state: WorkerState | Exception, output: Path) -> str:
    """Say why a worker cannot build parts for this process; empty if it can."""
    if isinstance(state, OSError):
        return f"it does not answer ({state})"
    if isinstance(state, Exception):
        return f"it has no exporter of this version ({type(state).__name__}: {state})"
    return explain_mismatch(state, __version__, os.getcwd(), str(output))  # noqa: PTH109


def check_workers(client: Any, mark: str, output: Path) -> None:
    """Raise `UsageError` if a worker that is there now cannot build parts for this process; one may be ending."""
    for worker, state in describe_workers(client, mark).items():
        if not isinstance(state, OSError) and (words := explain_state(state, output)):
            raise make_mismatch(worker, words)


def _read_scheduler_file(path: str) -> str:
    """Return the address in a scheduler file: a file that is not there would be waited for."""
    return str(msgspec.json.decode(Path(path).read_bytes(), type=dict[str, Any])["address"])


def _silence() -> None:
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    warnings.filterwarnings("ignore", module="distributed")
