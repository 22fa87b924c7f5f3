"""The word lists and tables that ship with the program, in TOML.

Parsing TOML took a tenth of a short run. Here it is compiled as a Python module is, and by the same machinery: the
result is kept in `__pycache__`, where that can be written, until the file changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.machinery import SourceFileLoader
from importlib.util import decode_source
from pathlib import Path
from types import CodeType
from typing import Any

_PYTHON_SUFFIX = ".py"
"""Follows the name of a table for the loader, which cuts the last suffix off: `de.toml` and `de.py` are two files."""


class _TableLoader(SourceFileLoader):
    """Loads the code of a table, an expression."""

    def get_data(self, path: str) -> bytes:
        return super().get_data(path.removesuffix(_PYTHON_SUFFIX))

    def path_stats(self, path: str) -> Mapping[str, Any]:
        return super().path_stats(path.removesuffix(_PYTHON_SUFFIX))

    def source_to_code(self, data: Any, path: Any, *, _optimization: int = -1) -> CodeType:  # type: ignore[override]  # as in Python, not in typeshed
        import tomllib  # noqa: PLC0415  3 ms, only where a table is not compiled yet

        return compile(repr(tomllib.loads(decode_source(data))), path, "eval", dont_inherit=True)


def read_table(path: Path) -> dict[str, Any]:
    """Return a table of the program as TOML has it, anew for each call; it has no dates. Raises `OSError`."""
    code = _TableLoader(path.stem, f"{path}{_PYTHON_SUFFIX}").get_code(path.stem)
    table: dict[str, Any] = eval(code or "{}")  # noqa: S307  a literal that `source_to_code` has written
    return table
