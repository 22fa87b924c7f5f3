"""The word lists of a language, ``<name>.toml`` in its folder; each file is read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from exporter.data_tables import read_table
from exporter.language_tags import OTHER_TAGS, parse_language_tag

LANGUAGES_FOLDER = Path(__file__).parent / "languages"
"""Holds a folder for each language but English, named by its tag (BCP 47); without ``speech.toml`` it has no rules."""
DATA_FOLDER = Path(__file__).parent / "data"
"""Holds the word lists of English, and of `any` language."""


@cache
def load_table(language: str, name: str) -> dict[str, Any]:
    """Return a word list as TOML has it; empty if the language has no file of that name.

    Pages state languages: one that is not a tag could lead out of the folder.
    """
    if not parse_language_tag(language):
        return {}
    language = OTHER_TAGS.get(language, language)
    folder = LANGUAGES_FOLDER / language
    path = (folder if folder.is_dir() else DATA_FOLDER / language) / f"{name}.toml"
    return read_table(path) if path.is_file() else {}


def expand_forms(entries: dict[str, str]) -> dict[str, str]:
    """Return each written form with how it is said, from the compact `{said: "written written"}`."""
    return {written: said for said, forms in entries.items() for written in forms.split()}
