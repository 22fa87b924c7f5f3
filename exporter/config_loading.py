"""The settings of one run, put together from where users keep them, and checked.

Later wins: the defaults < ``exporter.toml`` (found upwards from the working folder) < environment
(``EXPORTER_SPEECH_RATE=160``: section, then name) < flags of the command line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from exporter.config import Config, describe_setting, setting_names
from exporter.errors import UsageError
from exporter.language_tags import parse_language_tag
from exporter.registry import find_nearest, unknown_name

FILE_NAME = "exporter.toml"

_PATTERN_WORDS = re.compile(r"matching regex .*")  # msgspec's words for a pattern, which say nothing to a user

_FILE_SETTINGS = (
    *("input.cookies", "book.style", "book.cover", "narration.template", "narration.lexicon"),
    *("speech.models", "audio.intro", "audio.outro", "audio.bed", "cache.folder"),
)
"""Settings that may name files."""


def load(file: Path | None, flags: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Config:
    """Put the settings together from the file, the environment and the flags (dotted names, None where not given).

    Raises `UsageError` for a file that cannot be read, an unknown name or a value of the wrong kind.
    """
    path = file or find_settings_file(_working_folder())
    tree = _read_file(path) if path else {}
    given = {name: value for name, value in (*_from_environment(environment), *flags.items()) if value is not None}
    for name, value in given.items():
        _set_value(tree, name, value)
    if not tree:
        return Config()
    try:
        config = msgspec.convert(tree, Config, strict=False)
    except msgspec.ValidationError as error:
        raise _invalid_setting(str(error), tree, given, str(path or "")) from error
    if "_" in config.input.language:
        spoken = msgspec.structs.replace(config.input, language=parse_language_tag(config.input.language))
        config = msgspec.structs.replace(config, input=spoken)
    for name in (config.input.cookies, config.book.cover, config.audio.intro, config.audio.outro, config.audio.bed):
        if name and not Path(name).is_file():
            raise UsageError(
                "configuring", name, "FileNotFoundError: there is no such file", "Check the spelling of its name."
            )
    return config


def _working_folder() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        cause = f"{type(error).__name__}: the working folder is gone"
        raise UsageError("configuring", ".", cause, "Go to a folder that is there.") from error


def find_settings_file(folder: Path) -> Path | None:
    """Find the nearest `exporter.toml`, from a folder upwards."""
    for place in (folder, *folder.parents):
        if (path := place / FILE_NAME).is_file():
            return path
    return None


def _locate(name: str) -> tuple[msgspec.Struct, str]:
    """Return the section (with its defaults) and the last part of a dotted name."""
    section: Any = Config()
    *tables, last = name.split(".")
    for part in (*tables, last):
        known: tuple[str, ...] = getattr(section, "__struct_fields__", ())
        if part not in known:
            raise _unknown_setting(name, part, known)
        place, section = section, getattr(section, part)
    return place, last


def _read_file(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  most runs have no file

    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        words = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(
            "configuring", str(path), f"{type(error).__name__}: {words}", "Name a TOML file that can be read."
        ) from error
    for name in _FILE_SETTINGS:
        _resolve_files(tree, name, path.parent)
    return tree


def _resolve_files(tree: dict[str, Any], name: str, folder: Path) -> None:
    """Let a settings file name other files from where it lies itself."""
    table, _, last = name.partition(".")
    section = tree.get(table)
    if not isinstance(section, dict) or last not in section:
        return

    def place(value: Any) -> Any:
        path = folder / Path(value).expanduser() if isinstance(value, str) and value else None
        return str(path) if path and path.exists() else value

    value = section[last]
    section[last] = [place(item) for item in value] if isinstance(value, list) else place(value)


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in environment.items():
        if not key.startswith("EXPORTER_"):
            continue
        name = key.removeprefix("EXPORTER_").lower()
        first, _, rest = name.partition("_")
        if name in Config.__struct_fields__:
            yield name, value
        elif first in Config.__struct_fields__ and rest:
            inner, _, last = rest.partition("_")
            yield (f"{first}.{inner}.{last}" if last and inner == "pauses" else f"{first}.{rest}"), value


def _set_value(tree: dict[str, Any], dotted: str, value: Any) -> None:
    *tables, name = dotted.split(".")
    if isinstance(value, str) and tables[:1] != ["plugin"]:
        value = _parse_value(dotted, value)
    for table in tables:
        inner = tree.setdefault(table, {})
        if not isinstance(inner, dict):
            return  # a section that is none: the check of all settings says so
        tree = inner
    tree[name] = value


def _parse_value(dotted: str, value: str) -> object:
    """Turn the words of a flag or a variable into the kind of value that a setting has: lists hold commas."""
    default = getattr(*_locate(dotted))
    if value.lstrip().startswith(("[", "{")) and isinstance(default, dict | tuple):
        return _parse_toml_value(dotted, value)
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(default, dict):
        return dict(_split_pair(dotted, part) for part in parts)
    return parts if isinstance(default, tuple) else value


def _parse_toml_value(dotted: str, value: str) -> object:
    """Read a list or a table that is written as in a settings file."""
    import tomllib  # noqa: PLC0415  hardly ever is one written

    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"setting {dotted}", value, f"TOMLDecodeError: {error}", 'Write a list like ["one", "two"], as in TOML.'
        ) from error


def _split_pair(dotted: str, part: str) -> tuple[str, str]:
    name, _, value = (side.strip() for side in part.partition("="))
    if not name or not value:
        raise UsageError(f"setting {dotted}", part, "MissingValue: it is NAME=VALUE", "Put a value behind an =.")
    return name, value


def _unknown_setting(name: str, part: str, known: tuple[str, ...], file: str = "") -> UsageError:
    """Say that there is no setting of this dotted name, since no section has this part of it."""
    parts = name.split(".")
    place = parts.index(part)
    near = find_nearest(part, known)
    whole = ".".join((*parts[:place], near, *parts[place + 1 :])) if near else _find_same_name(parts[-1])
    remedy = f"Did you mean {whole!r}?" if whole else f"Choose one of: {', '.join(known)}."
    problem = f"configuring by {file}" if file else "configuring"
    return UsageError(problem, name, "UnknownName: there is no such setting", remedy)


def _find_same_name(last: str) -> str:
    """The dotted name of a setting that is called so in some section, or empty."""
    return next((name for name in setting_names() if name.rpartition(".")[2] == last), "")


def _invalid_setting(message: str, tree: Mapping[str, Any], given: Mapping[str, Any], file: str) -> UsageError:
    """Say which setting is wrong, where it came from, and what would be right."""
    words, _, place = message.partition(" - at `$")
    name = place.rstrip("`").removeprefix(".")
    if found := re.search("unknown field `(.+)`", words):
        section: Any = Config()
        for table in filter(None, name.split(".")):
            section = getattr(section, table)
        wrong = ".".join(filter(None, (name, found[1])))
        return _unknown_setting(wrong, found[1], section.__struct_fields__, file)
    value: Any = tree
    for table in name.split("."):
        value = value.get(table, "") if isinstance(value, Mapping) else value
    where = f" in {file}" if file and name not in given else ""
    plain = name.partition("[")[0]
    choices = describe_setting(plain).choices if plain in setting_names() else ()
    if choices:
        error = unknown_name(f"setting {name}{where}", str(value), choices)
        return UsageError(error.problem, error.subject, f"UnknownName: it is one of {', '.join(choices)}", error.remedy)
    return UsageError(
        f"setting {name}{where}",
        str(value),
        f"ValidationError: {_PATTERN_WORDS.sub('of another form', words)}",
        f"It is: {_describe_expected(plain)}.",
    )


def _describe_expected(name: str) -> str:
    """What a setting or a section is for, and how far it may go."""
    if name not in setting_names():
        return "a section of settings"
    found = describe_setting(name)
    return ", ".join(filter(None, (found.help, found.bounds)))
