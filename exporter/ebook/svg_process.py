"""Rasterises SVG in a process of its own, with limits: the filters of a drawing of 270 bytes can work for hours.

Run as a program (`main`), this file reads the options of resvg from standard input and writes the PNG.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from typing import Any

MAX_SECONDS = 3.0
"""Seconds of CPU for one drawing: one of 1200 by 600 pixels takes 0.05."""

MAX_MEMORY_BYTES = 1_000_000_000
"""Of the process; a drawing of the largest size takes 20 MB for each layer."""

_MAX_WAIT_SECONDS = 120.0  # where the system has no limit for CPU (Windows), and if the machine is very busy


def rasterize(options: dict[str, Any], max_seconds: float) -> tuple[bytes | None, float]:
    """Return the PNG that resvg makes with some options, and the seconds of CPU that drawing it took.

    It is None if it took more than `max_seconds`, `MAX_SECONDS` or the memory. Raises `ValueError` if resvg does not
    read the drawing.
    """
    limit = min(MAX_SECONDS, max_seconds)
    if limit <= 0:
        return None, 0.0
    request = json.dumps({"path": sys.path, "seconds": math.ceil(limit), "options": options}).encode()
    try:
        process = subprocess.run(  # noqa: S603  our own interpreter and program
            [sys.executable, "-I", "-S", __file__],
            input=request,
            capture_output=True,
            timeout=_MAX_WAIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None, limit
    if process.returncode < 0:
        return None, limit
    if process.returncode:
        raise ValueError(process.stderr.decode("utf-8", "replace").strip())
    seconds, _, picture = process.stdout.partition(b"\n")
    return picture, float(seconds)


def main() -> None:
    """Draw what standard input says; ends with a message and code 1 if it cannot be drawn."""
    request = json.load(sys.stdin.buffer)
    sys.path[:] = request["path"]
    import resvg_py  # noqa: PLC0415  its path has only now been received

    _limit_process(request["seconds"])
    start = time.process_time()
    try:
        picture = bytes(resvg_py.svg_to_bytes(**request["options"]))
    except Exception as error:  # noqa: BLE001  whatever it raises is the message
        sys.exit(" ".join(str(error).split()))
    sys.stdout.buffer.write(f"{time.process_time() - start}\n".encode() + picture)


def _limit_process(seconds: int) -> None:
    """Let the system end this process after some seconds of CPU, and refuse it too much memory."""
    try:
        import resource  # noqa: PLC0415  Windows has none
    except ImportError:
        return
    used = math.ceil(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + used, seconds + used))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


if __name__ == "__main__":
    main()
