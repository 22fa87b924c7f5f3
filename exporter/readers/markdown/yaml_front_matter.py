"""Front matter: YAML between ``---``, TOML between ``+++``, pandoc's ``%`` lines, or the lines of a scraper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any, TypeAlias

Values: TypeAlias = Mapping[str, Any]

_YAML = re.compile(r"\A---[ \t]*\n(?![ \t]*\n)(?P<inside>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(?P<inside>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PANDOC_LINES = re.compile(
    r"\A%[ \t]+(?P<title>.*(?:\n[ \t]+.*)*)\n(?:%[ \t]*(?P<author>.*(?:\n[ \t]+.*)*)\n(?:%[ \t]*(?P<date>.*)\n)?)?"
)
_SCRAPER_LINES = re.compile(r"\A(?:[A-Z][A-Za-z ]{1,30}:[ \t]+\S.*\n\s*){1,8}Markdown Content:[ \t]*\n")
_PAIR = re.compile(r"^([A-Za-z_][\w -]*?)[ \t]*:[ \t]+(.*?)[ \t]*$", re.MULTILINE)

MAX_FRONT_MATTER_CHARS = 100_000
"""Characters of front matter that are parsed; chosen: far more than any site generator writes."""

MAX_FRONT_MATTER_LEVELS = 50
"""Levels of collections in front matter that are parsed: libyaml itself parses them until its stack overflows."""


def split_front_matter(text: str) -> tuple[Values, str]:
    """Return the values of the front matter, empty if there is none, and the text behind it."""
    if (found := _TOML.match(text)) and (values := _parse_toml(found["inside"])) is not None:
        return values, text[found.end() :]
    if (found := _YAML.match(text)) and (values := _parse_yaml(found["inside"])) is not None:
        return values, text[found.end() :]
    if found := _PANDOC_LINES.match(text):
        values = {key: " ".join(value.split()) for key, value in found.groupdict(default="").items() if key != "author"}
        authors = re.split(r";|\n", found["author"] or "")
        return {**values, "author": [name.strip() for name in authors if name.strip()]}, text[found.end() :]
    if found := _SCRAPER_LINES.match(text):
        return dict(_PAIR.findall(found[0])), text[found.end() :]
    return {}, text


def _parse_toml(inside: str) -> Values | None:
    import tomllib  # noqa: PLC0415  3 ms, few articles have TOML

    try:
        return tomllib.loads(inside[:MAX_FRONT_MATTER_CHARS])
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _parse_yaml(inside: str) -> Values | None:
    """Parse YAML with all scalars as strings (a date, or "no" for Norway); None if it is not a mapping."""
    import yaml  # noqa: PLC0415  23 ms, few articles have YAML

    # The base loader makes only mappings, sequences and strings; the one of libyaml is ten times faster.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    text = inside[:MAX_FRONT_MATTER_CHARS]
    try:
        if _max_depth(yaml.parse(text, loader)) > MAX_FRONT_MATTER_LEVELS:
            return {}
        values = yaml.load(text, loader)  # noqa: S506  the base loader makes no objects
    except (yaml.YAMLError, RecursionError):
        # The most common error is a title with a colon: each line is then read as a key and a value.
        return {key: value.strip("\"'") for key, value in _PAIR.findall(inside)} or None
    if values is None or values == "":
        return {} if not inside.strip() or inside.lstrip().startswith("#") else None
    return values if isinstance(values, dict) else None


def _max_depth(events: Iterable[object]) -> int:
    """Return the levels of collections, counted by the events that begin and end them."""
    names = (type(event).__name__ for event in events)
    return max(accumulate(name.endswith("StartEvent") - name.endswith("EndEvent") for name in names))
