"""The words of the player and of index pages, by language: ``data/<language>.toml``; other languages get English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

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
    words = tomllib.loads((_FOLDER / f"{chosen}.toml").read_text(encoding="utf-8"))
    return PageStrings(chosen, text_direction(chosen), words)
