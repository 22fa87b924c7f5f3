"""Rasterises SVG in a process of its own, with limits: the filters of a drawing of 270 bytes can work for hours."""

from __future__ import annotations

import marshal
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

MAX_SECONDS = 3.0
"""Seconds of CPU for one drawing: one of 1200 by 600 pixels takes 0.05."""

MAX_MEMORY_BYTES = 1_000_000_000
"""Of the process; a drawing of the largest size takes 20 MB for each layer."""

_MAX_WAIT_SECONDS = 120.0  # where the system has no limit for CPU (Windows), and if the machine is very busy
_PROGRAM = Path(__file__).with_name("svg_program.py")


def rasterize(options: dict[str, Any], max_seconds: float) -> tuple[bytes | None, float]:
    """Return the PNG that resvg makes with some options, and the seconds of CPU that drawing it took.

    It is None if it took more than `max_seconds`, `MAX_SECONDS` or the memory. Raises `ValueError` if resvg does not
    read the drawing.
    """
    limit = min(MAX_SECONDS, max_seconds)
    if limit <= 0:
        return None, 0.0
    request = {"path": sys.path, "seconds": math.ceil(limit), "memory": MAX_MEMORY_BYTES, "options": options}
    try:
        process = subprocess.run(  # noqa: S603  our own interpreter and program
            [sys.executable, "-I", "-S", _PROGRAM],
            input=marshal.dumps(request),
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
