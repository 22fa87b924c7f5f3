"""The words of the player and of index pages, by language: ``data/<language>.toml``; other languages get English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from exporter.data_tables import read_table
from exporter.ebook.xhtml import text_direction

_FOLDER = Path(__file__).parent / "data"
_DEFAULT_LANGUAGE = "en"


class PageStrings(NamedTuple):
    """The words of one language by their names; `direction` is ltr or rtl."""

    language: str
    direction: str
    words: dict[str, str]


@cache
def load_page_strings(language: str) -> PageStrings:
    """Return the words for a BCP 47 tag."""
    primary = language.lower().partition("-")[0]
    known = {path.stem for path in _FOLDER.glob("*.toml")}
    chosen = primary if primary in known else _DEFAULT_LANGUAGE
    words = read_table(_FOLDER / f"{chosen}.toml")
    return PageStrings(chosen, text_direction(chosen), words)
