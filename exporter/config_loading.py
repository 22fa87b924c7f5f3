"""Loads the settings of one run from where users keep them, and checks them.

Later wins: the defaults < the user's own settings file < the nearest ``exporter.toml`` (`exporter.settings_files`) <
environment (``EXPORTER_SPEECH_RATE=160``: section, then name) < flags of the command line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from exporter.config import Config, describe_setting, setting_names
from exporter.errors import UsageError, describe_error
from exporter.language_tags import parse_language_tag
from exporter.registry import find_nearest, unknown_name
from exporter.settings_files import OWN_SETTINGS, SettingsFiles, find_own_file, find_settings_files

FILE_SETTINGS = (
    *("input.cookies", "book.style", "book.cover", "page.style", "narration.template", "narration.lexicon"),
    *("speech.models", "audio.intro", "audio.outro", "audio.bed", "cache.folder"),
)
"""Settings that may name files: a settings file names them from its own folder."""

_CHECKED_FILES = ("input.cookies", "book.cover", "page.style", "audio.intro", "audio.outro", "audio.bed")
"""Settings that name nothing but a file, which must exist."""


def load(file: Path | None, flags: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Config:
    """Merge the settings of the files, the environment and the flags (by dotted name; None means not given).

    With a `file`, no other one counts. Raises `UsageError` for a file that cannot be read, an unknown name or a value
    of the wrong type.
    """
    tree = _read_files(SettingsFiles(file) if file else find_files())
    given = {name: value for name, value in (*_read_environment(environment), *flags.items()) if value is not None}
    for name, value in given.items():
        _set_value(tree, name, value)
    config = _convert(tree)
    _check_files(config)
    if "_" not in config.input.language:
        return config
    tagged = msgspec.structs.replace(config.input, language=parse_language_tag(config.input.language))
    return msgspec.structs.replace(config, input=tagged)


def _check_files(config: Config) -> None:
    for name in _CHECKED_FILES:
        table, _, last = name.partition(".")
        file = getattr(getattr(config, table), last)
        if file and not Path(file).is_file():
            raise UsageError(f"setting {name}", file, "NotFound: there is no file of that name", "Check its spelling.")


def find_files() -> SettingsFiles:
    """Find the settings files of a run that names none; raises `UsageError` if the working folder was removed."""
    try:
        folder = Path.cwd()
    except OSError as error:
        raise UsageError(
            "configuring", ".", "NotFound: the working folder was removed", "Go to another folder."
        ) from error
    return find_settings_files(folder)


def list_refused_settings(file: Path) -> tuple[UsageError, ...]:
    """Return, as errors, the settings of a found file that only the user's own file may set: they are left out."""
    return tuple(
        UsageError(
            f"setting {name} in {file}",
            " ".join(map(str, value)) if isinstance(value, list) else str(value),
            "NotYours: it is left out, since a file that is found may run, open and remove nothing",
            f"Put it into {find_own_file()}, or name the file with --config.",
        )
        for name, value in _take_own_settings(_read_file(file))
    )


def _read_files(files: SettingsFiles) -> dict[str, Any]:
    """Return the settings of the files, merged; empty without files."""
    tree = _read_file(files.own) if files.own else {}
    if files.found:
        found = _read_file(files.found)
        _take_own_settings(found)
        _merge(tree, found)
    return tree


def _take_own_settings(tree: dict[str, Any]) -> list[tuple[str, Any]]:
    """Take the settings that only the user's own file may hold out of the tree of another one."""
    taken = []
    for name in OWN_SETTINGS:
        table, _, last = name.partition(".")
        section = tree.get(table)
        if isinstance(section, dict) and last in section:
            taken.append((name, section.pop(last)))
    return taken


def _merge(tree: dict[str, Any], later: Mapping[str, Any]) -> None:
    """Put settings into a tree; within a section they overrule single settings."""
    for name, value in later.items():
        inner = tree.get(name)
        if isinstance(inner, dict) and isinstance(value, dict):
            _merge(inner, value)
        else:
            tree[name] = value


def _read_file(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  3 ms, --help needs no settings

    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:  # a number of 5,000 digits, brackets 1,000 deep
        cause = describe_error(error, "BadToml")
        raise UsageError("configuring", str(path), cause, "Name a TOML file that can be read.") from error
    _convert(tree, str(path))
    for name in FILE_SETTINGS:
        _resolve_files(tree, name, path.parent)
    return tree


def _convert(tree: dict[str, Any], file: str = "") -> Config:
    """Turn a tree of settings, those of a file or all of them, into a value; raises `UsageError`."""
    try:
        # To convert nothing would take 5 ms too: the types of all settings are looked up first.
        return msgspec.convert(tree, Config, strict=False) if tree else Config()
    except msgspec.ValidationError as error:
        raise _invalid_setting(str(error), tree, file) from error


def _resolve_files(tree: dict[str, Any], name: str, folder: Path) -> None:
    """Make the file names in a setting relative to `folder`, where such a file exists."""
    table, _, last = name.partition(".")
    section = tree.get(table)
    if not isinstance(section, dict) or last not in section:
        return

    def resolve(value: Any) -> Any:
        path = folder / Path(value).expanduser() if isinstance(value, str) and value else None
        return str(path) if path and path.exists() else value

    value = section[last]
    section[last] = [resolve(item) for item in value] if isinstance(value, list) else resolve(value)


def _read_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the dotted name and the value of each variable that sets a setting; others are ignored."""
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
    """Put a value into the tree of settings, at its dotted name."""
    *tables, name = dotted.split(".")
    if isinstance(value, str) and tables[:1] not in (["plugin"], ["destinations"]):
        value = _parse_value(dotted, value)
    for table in tables:
        inner = tree.setdefault(table, {})
        if not isinstance(inner, dict):
            return  # a value in the place of a section: the check of all settings reports it
        tree = inner
    tree[name] = value


def _parse_value(dotted: str, value: str) -> object:
    """Turn the text of a flag or a variable into the type of its setting; lists are separated by commas."""
    default = _find_default(dotted)
    if value.lstrip().startswith(("[", "{")) and isinstance(default, dict | tuple):
        return _parse_toml_value(dotted, value)
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(default, dict):
        return dict(_split_pair(dotted, part) for part in parts)
    return parts if isinstance(default, tuple) else value


def _find_default(name: str) -> object:
    """Return the default of a dotted name, a section's too; raises `UsageError` for an unknown name."""
    value: Any = Config()
    for part in name.split("."):
        fields: tuple[str, ...] = getattr(value, "__struct_fields__", ())
        if part not in fields:
            raise _unknown_setting(name, part, fields)
        value = getattr(value, part)
    return value


def _parse_toml_value(dotted: str, value: str) -> object:
    """Read a list or a table that is written as in a settings file."""
    import tomllib  # noqa: PLC0415  3 ms, as above

    try:
        return tomllib.loads(f"value = {value}")["value"]
    except (ValueError, RecursionError) as error:
        cause = describe_error(error, "BadToml")
        raise UsageError(f"setting {dotted}", value, cause, 'Write a list like ["one", "two"], as in TOML.') from error


def _split_pair(dotted: str, part: str) -> tuple[str, str]:
    name, _, value = (side.strip() for side in part.partition("="))
    if not name or not value:
        raise UsageError(f"setting {dotted}", part, "MissingValue: it is not NAME=VALUE", "Put a value behind an =.")
    return name, value


def _unknown_setting(name: str, part: str, known: tuple[str, ...], file: str = "") -> UsageError:
    """Make the error for an unknown dotted name: `part` of it is not among the `known` names of its section."""
    parts = name.split(".")
    place = parts.index(part)
    # A name without its section is more likely meant than a section of a similar name.
    near = None if len(parts) == 1 and _find_same_name(name) else find_nearest(part, known)
    whole = ".".join((*parts[:place], near, *parts[place + 1 :])) if near else _find_same_name(parts[-1])
    remedy = f"Did you mean {whole!r}?" if whole else "See the README for the settings."
    if known and not whole:
        remedy = f"Choose one of: {', '.join(known)}."
    problem = f"configuring by {file}" if file else "configuring"
    return UsageError(problem, name, "UnknownName: there is no such setting", remedy)


def _find_same_name(last: str) -> str:
    """Return the dotted name of the first setting that has this last part, or empty."""
    return next((name for name in setting_names() if name.rpartition(".")[2] == last), "")


def _invalid_setting(message: str, tree: Mapping[str, Any], file: str) -> UsageError:
    """Make the error for a wrong value, from msgspec's message: which setting, where it is set, what would be right."""
    words, _, path = message.partition(" - at `$")
    name = path.rstrip("`").removeprefix(".").partition("[")[0]
    if found := re.search("unknown field `(.+)`", words):
        section: Any = Config()
        for table in filter(None, name.split(".")):
            section = getattr(section, table)
        wrong = ".".join(filter(None, (name, found[1])))
        return _unknown_setting(wrong, found[1], section.__struct_fields__, file)
    value: Any = tree
    for table in name.split("."):
        value = value.get(table, "") if isinstance(value, Mapping) else value
    problem = f"setting {name}{f' in {file}' if file else ''}"
    if name not in setting_names():
        remedy = f"Write a setting in it: {name}.{'MEMBER.' if name == 'plugin' else ''}NAME = VALUE."
        return UsageError(problem, str(value), "BadValue: it is a section of settings, not a setting", remedy)
    setting = describe_setting(name)
    if choices := tuple(filter(None, setting.choices)):
        cause = f"UnknownName: it must be one of {', '.join(choices)}"
        return UsageError(problem, str(value), cause, unknown_name(problem, str(value), choices).remedy)
    form = "is not of the right form" if "regex" in words else f"must be {setting.expected}"
    return UsageError(problem, str(value), f"BadValue: it {form}", f"It means: {setting.help}.")
