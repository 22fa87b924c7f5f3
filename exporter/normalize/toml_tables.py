"""The word lists of a language: ``data/<language>/<name>.toml``, each read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

DATA_FOLDER = Path(__file__).parent / "data"


@cache
def load_table(language: str, name: str) -> dict[str, Any]:
    """Return a word list as TOML has it; an empty one where the language does not have it."""
    import tomllib  # noqa: PLC0415  a language without lists needs none

    path = DATA_FOLDER / language / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def expand_forms(entries: dict[str, str]) -> dict[str, str]:
    """Turn a list's compact form, `{said: "written written"}`, into written words and how each is said."""
    return {written: said for said, forms in entries.items() for written in forms.split()}
