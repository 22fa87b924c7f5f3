"""What stands before the text: YAML between ``---``, TOML between ``+++``, pandoc's ``%`` lines, a scraper's head."""

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
"""Characters of front matter that are parsed."""

MAX_FRONT_MATTER_LEVELS = 50
"""Levels of front matter that are followed: libyaml follows them until its stack is full."""


def split_front_matter(text: str) -> tuple[Values, str]:
    """Return the values before the text, and the text; no values where it begins with something else."""
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
    import tomllib  # noqa: PLC0415  most articles have none

    try:
        return tomllib.loads(inside[:MAX_FRONT_MATTER_CHARS])
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _parse_yaml(inside: str) -> Values | None:
    """Parse YAML, every scalar as the string it is written as: a date stays what it was, "no" stays Norway."""
    import yaml  # noqa: PLC0415  most articles have none

    # Nothing but mappings, sequences and strings comes out of the base loader; libyaml's is ten times faster.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    text = inside[:MAX_FRONT_MATTER_CHARS]
    try:
        if _max_depth(yaml.parse(text, loader)) > MAX_FRONT_MATTER_LEVELS:
            return {}
        values = yaml.load(text, loader)  # noqa: S506  the base loader makes no objects
    except (yaml.YAMLError, RecursionError):
        # A colon within a title is YAML's most common error; what every line says is still plain.
        return {key: value.strip("\"'") for key, value in _PAIR.findall(inside)} or None
    if values is None or values == "":
        return {} if not inside.strip() or inside.lstrip().startswith("#") else None
    return values if isinstance(values, dict) else None


def _max_depth(events: Iterable[object]) -> int:
    """How deep collections lie in collections, by the events that begin and end them."""
    names = (type(event).__name__ for event in events)
    return max(accumulate(name.endswith("StartEvent") - name.endswith("EndEvent") for name in names))
