"""The files that settings name (a lexicon, a style, a cover), carried as bytes to a machine that lacks them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.config import Config
from exporter.config_loading import FILE_SETTINGS


class CarriedFile(msgspec.Struct, frozen=True, array_like=True):
    """A file of a setting (`setting` is its dotted name): the `path` by which it is named, and its bytes."""

    setting: str
    path: str
    data: bytes


def pack_files(config: Config) -> tuple[CarriedFile, ...]:
    """Read the files that settings name; folders, and names of themes and templates, stay what they are."""
    return tuple(
        CarriedFile(setting, path, Path(path).read_bytes())
        for setting in FILE_SETTINGS
        for path in _list_paths(config, setting)
        if path and Path(path).is_file()
    )


def unpack_files(config: Config, files: tuple[CarriedFile, ...], folder: Path) -> Config:
    """Write carried files into a folder, each under its own name, and return the settings that name them there."""
    places: dict[tuple[str, str], str] = {}
    for number, file in enumerate(files):
        place = folder / str(number) / Path(file.path).name
        place.parent.mkdir()
        place.write_bytes(file.data)
        places[file.setting, file.path] = str(place)
    for setting in dict.fromkeys(file.setting for file in files):
        table, _, last = setting.partition(".")
        section = getattr(config, table)
        moved = tuple(places.get((setting, path), path) for path in _list_paths(config, setting))
        value = moved if isinstance(getattr(section, last), tuple) else moved[0]
        config = msgspec.structs.replace(config, **{table: msgspec.structs.replace(section, **{last: value})})
    return config


def _list_paths(config: Config, setting: str) -> tuple[str, ...]:
    table, _, last = setting.partition(".")
    value = getattr(getattr(config, table), last)
    return value if isinstance(value, tuple) else (value,)
