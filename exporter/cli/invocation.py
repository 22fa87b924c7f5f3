"""`Call`: one well-formed command line, parsed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from exporter.cli.commands_table import Option, list_options
from exporter.config import Config
from exporter.config_loading import find_distrusted_file, find_settings_file, find_working_folder, load
from exporter.errors import UsageError

Values = dict[str, Any]
"""Options by name: True for a switch, a list of strings for a repeatable option, else a string."""


def standard_input() -> BinaryIO | None:
    """Return standard input as bytes, or None where it is closed."""
    return sys.stdin.buffer if sys.stdin else None


class Call(msgspec.Struct, frozen=True):
    """A command, its arguments, and the options that the user gave."""

    command: str
    arguments: tuple[str, ...]
    values: Values

    def has(self, switch: str) -> bool:
        """Whether the user gave a switch."""
        return bool(self.values.get(switch))

    def text(self, name: str) -> str:
        """Return the value of an option; empty if it was not given."""
        return str(self.values.get(name, ""))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the values of a repeatable option, divided at commas; empty if it was not given."""
        return tuple(filter(None, (part.strip() for value in self.values.get(name, ()) for part in value.split(","))))

    def config(self) -> Config:
        """Load the settings, this call's options included; raises `UsageError`."""
        flags = {}
        for option in list_options(self.command):
            if option.setting and option.name in self.values:
                flags[option.setting] = self._setting_value(option)
        for pair in self.values.get("set", ()):
            name, equals, value = pair.partition("=")
            if not equals:
                raise UsageError("setting", pair, "MissingValue: it is not NAME=VALUE", "Put a value behind an =.")
            flags[name.strip()] = value
        file = self.text("config")
        if not file:
            self._tell_settings_file()
        return load(Path(file) if file else None, flags)

    def _tell_settings_file(self) -> None:
        """Print which settings file was found: always if it is not used, else with --verbose."""
        from exporter.cli.report import print_remark  # noqa: PLC0415  a cycle: the report reads the call

        folder = find_working_folder()
        if distrusted := find_distrusted_file(folder):
            path, why = distrusted
            print_remark(f"{path}: these settings are not used, since {why}: name the file with --config to use it")
        elif self.has("verbose") and (used := find_settings_file(folder)):
            print_remark(f"settings: {used}")

    def _setting_value(self, option: Option) -> object:
        if not option.metavar:
            return option.switch_value
        value = self.values[option.name]
        return ",".join(value) if option.is_repeatable else value
