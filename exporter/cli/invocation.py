"""`Call`: one well-formed command line, parsed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from exporter.cli.commands_table import Option, list_options
from exporter.config import Config
from exporter.config_loading import find_files, list_refused_settings, load
from exporter.errors import UsageError
from exporter.settings_files import SettingsFiles

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
        self._print_settings_files()
        file = self.text("config")
        return load(Path(file) if file else None, flags)

    def settings_files(self) -> SettingsFiles:
        """Return the settings files of this call: the one that it names, or those that are found."""
        file = self.text("config")
        return SettingsFiles(Path(file)) if file else find_files()

    def _print_settings_files(self) -> None:
        """Print what is not used of a settings file that was found; with --verbose, also which files are used."""
        from exporter.cli.report import print_remark  # noqa: PLC0415  a cycle: the report reads the call

        files = self.settings_files()
        if files.distrusted:
            remedy = "name the file with --config to use it"
            print_remark(f"{files.distrusted}: these settings are not used, since {files.why}: {remedy}")
        for refused in list_refused_settings(files.found) if files.found else ():
            print_remark(str(refused))
        for used in files.used if self.has("verbose") else ():
            print_remark(f"settings: {used}")

    def _setting_value(self, option: Option) -> object:
        if not option.metavar:
            return option.switch_value
        value = self.values[option.name]
        return ",".join(value) if option.is_repeatable else value
