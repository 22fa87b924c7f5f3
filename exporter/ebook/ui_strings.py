"""The few words a book adds to its articles, by language: ``data/<language>.toml``.

A language without a file gets English ones. What regions write in another way stands under `regions`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

_DATA_FOLDER = Path(__file__).parent / "data"
_W3CDTF = r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?"


class UiStrings(msgspec.Struct, frozen=True):
    """One language's words.

    `date` is a pattern of {day}, {month} (a name) and {year}, `by` one of {names}, `minutes` one of {n}; `comma` and
    `last_and` stand between names.
    """

    contents: str
    notes: str
    cover: str
    title_page: str
    start: str
    by: str
    last_and: str
    source: str
    minutes: str
    date: str
    months: tuple[str, ...]
    comma: str = ", "


@cache
def load_strings(language: str) -> UiStrings:
    """Return the words of a BCP 47 language, those of its region first."""
    primary, _, region = language.lower().partition("-")
    file = _DATA_FOLDER / f"{primary}.toml"
    said = _read_table(file if primary.isalpha() and file.is_file() else _DATA_FOLDER / "en.toml")
    for regions, own in said.pop("regions", {}).items():
        if region in regions.split():
            said |= own
    return UiStrings(**said | {"months": tuple(said["months"].split())})


def _read_table(file: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  most runs have read a table before, some none

    return tomllib.loads(file.read_text(encoding="utf-8"))


def is_date(iso: str) -> bool:
    """Whether this is a date that books can state (W3CDTF): a year, a month, a day, or a moment with its zone."""
    if not re.fullmatch(_W3CDTF, iso):
        return False
    try:
        moment = datetime.fromisoformat(iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso)
        (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def format_date(iso: str, language: str) -> str:
    """Return an ISO 8601 date (a time after it is left out) as a reader of the language writes it."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(map(str.isdigit, parts)) or not 1 <= int(parts[1]) <= 12:
        return iso
    said = load_strings(language)
    return said.date.format(day=int(parts[2]), month=said.months[int(parts[1]) - 1], year=parts[0])


def join_names(names: tuple[str, ...], language: str) -> str:
    """Return names as a list in a sentence: one, one and two, one, two and three."""
    said = load_strings(language)
    if len(names) < 2:
        return "".join(names)
    return said.comma.join(names[:-1]) + said.last_and + names[-1]
