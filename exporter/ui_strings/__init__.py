"""The strings that a book or a script adds to its articles, by language: ``<language>.toml``.

A book in a language without a file gets the English ones, a script says none. The table `regions` of a file has what
regions write in another way.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import msgspec

from exporter.data_tables import read_table
from exporter.language_tags import OTHER_TAGS

_PRIMARY_SUBTAG = re.compile("[a-z]{2,3}")  # of a language tag (BCP 47)
_STRINGS_FOLDER = Path(__file__).parent
_W3CDTF = r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?"


class UiStrings(msgspec.Struct, frozen=True):
    """The strings of one language.

    `picture` and `table` announce one in a script. `date` is a pattern of {day}, {month} (a name) and {year}, `by` one
    of {names}, `minutes` one of {n}; `comma` and `last_and` are the separators between names.
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
    picture: str
    table: str
    comma: str = ", "


@cache
def load_strings(language: str) -> UiStrings:
    """Return the strings for a BCP 47 tag, English ones for a language without a file."""
    return find_strings(language) or _read_strings("en", "")


@cache
def find_strings(language: str) -> UiStrings | None:
    """Return the strings for a BCP 47 tag, those of its region before those of its language; None without a file."""
    primary, _, region = language.lower().partition("-")
    tag = OTHER_TAGS.get(primary, primary)
    is_translated = _PRIMARY_SUBTAG.fullmatch(tag) and (_STRINGS_FOLDER / f"{tag}.toml").is_file()
    return _read_strings(tag, region) if is_translated else None


def _read_strings(tag: str, region: str) -> UiStrings:
    table = read_table(_STRINGS_FOLDER / f"{tag}.toml")
    for regions, regional in table.pop("regions", {}).items():
        if region in regions.split():
            table |= regional
    return UiStrings(**table | {"months": tuple(table["months"].split())})


def is_date(iso: str) -> bool:
    """Whether this is a date as `dc:date` has it (W3CDTF): a year, a month, a day, or a moment with its zone."""
    if not re.fullmatch(_W3CDTF, iso):
        return False
    try:
        moment = datetime.fromisoformat(iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso)
        (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def format_date(iso: str, language: str) -> str:
    """Format an ISO 8601 date, without a time after it, as the language writes it; returns any other text as it is."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(map(str.isdigit, parts)) or not 1 <= int(parts[1]) <= 12:
        return iso
    strings = load_strings(language)
    return strings.date.format(day=int(parts[2]), month=strings.months[int(parts[1]) - 1], year=parts[0])


def spell_date(year: int, month: int, day: int, language: str) -> str:
    """Return a date as the language writes it, by CLDR for one without a file; empty if CLDR lacks it too."""
    if find_strings(language):
        return format_date(f"{year:04}-{month:02}-{day:02}", language)
    from babel import Locale, UnknownLocaleError, dates  # noqa: PLC0415  30 ms, only scripts in these languages need it

    try:
        return str(dates.format_date(date(year, month, day), "long", Locale.parse(language, sep="-")))
    except (UnknownLocaleError, ValueError):
        return ""


def join_names(names: tuple[str, ...], language: str) -> str:
    """Join names as in a sentence: "one", "one and two", "one, two and three"."""
    strings = load_strings(language)
    if len(names) < 2:
        return "".join(names)
    return strings.comma.join(names[:-1]) + strings.last_and + names[-1]
