"""Every number among the settings has bounds, wherever it is set: what is beyond them ends in two lines.

The settings are found by inspection of their types, so a new one is covered as soon as it exists.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.inspect import FloatType, IntType, StructType, type_info

from exporter import registry
from exporter.cli.commands_table import COMMANDS, list_options
from exporter.config import Config
from exporter.config_loading import load
from exporter.delivery.deliver_works import load_destination
from exporter.errors import UsageError
from tests.conftest import CHECKOUT

HOSTILE = (
    "inf",
    "-inf",
    "nan",
    "1e300",
    "-1",
    "-0.5",
    "1e9",
    str(2**63 - 1),
    str(2**63),
    str(2**64),
    "9" * 5000,
    "0x10",
)
MAX_BYTES = 10**15
"""No bound is higher: the size of a cache on a large disk."""


def list_numbers(kind: StructType, before: str = "") -> Iterator[tuple[str, IntType | FloatType]]:
    """Yield the dotted name and the type of every number in a struct."""
    for field in kind.fields:
        inner = field.type
        while isinstance(inner, msgspec.inspect.Metadata):
            inner = inner.type
        if isinstance(inner, StructType):
            yield from list_numbers(inner, f"{before}{field.encode_name}.")
        elif isinstance(inner, IntType | FloatType):
            yield before + field.encode_name, inner


def inspect_struct(kind: Any) -> StructType:
    found = type_info(kind)
    assert isinstance(found, StructType)
    return found


NUMBERS = dict(list_numbers(inspect_struct(Config)))
DESTINATION_NUMBERS = {
    (kind, name): number
    for kind in registry.TABLE["destinations"]
    for name, number in list_numbers(inspect_struct(registry.load("destinations", kind).SETTINGS))
}
ALL_NUMBERS = {**NUMBERS, **{".".join(place): number for place, number in DESTINATION_NUMBERS.items()}}


def find_bounds(number: IntType | FloatType) -> tuple[float, float]:
    lowest = [bound for bound in (number.ge, number.gt) if bound is not None]
    highest = [bound for bound in (number.le, number.lt) if bound is not None]
    return lowest[0], highest[0]


def is_allowed(number: IntType | FloatType, value: float) -> bool:
    low, high = find_bounds(number)
    return low <= value <= high and (number.gt is None or value > number.gt)


@pytest.fixture(autouse=True)
def _no_settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))


def test_there_are_numbers_of_every_section() -> None:
    assert {"input.limit", "narration.pauses.title", "speech.rate", "serve.port", "cache.largest", "jobs"} <= set(
        NUMBERS
    )
    assert ("mail", "port") in DESTINATION_NUMBERS


@pytest.mark.parametrize("name", ALL_NUMBERS)
def test_every_number_has_two_bounds(name: str) -> None:
    low, high = find_bounds(ALL_NUMBERS[name])
    assert 0 <= low < high <= MAX_BYTES


def check_outcome(number: IntType | FloatType, text: str, convert: Any) -> None:
    """Either the value is refused in two lines with exit code 2, or it is one that the bounds allow."""
    error = None
    try:
        value = convert()
    except UsageError as found:
        error = found
    if error:
        assert len(str(error).splitlines()) == 2
        assert error.exit_code == 2
    else:
        assert value == tomllib.loads(f"value = {text}")["value"]
        assert is_allowed(number, value)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", NUMBERS)
def test_a_flag_beyond_the_bounds_is_an_error(name: str, text: str) -> None:
    check_outcome(NUMBERS[name], text, lambda: find_value(load(None, {name: text}, {}), name))


@pytest.mark.parametrize("text", [*HOSTILE, "'ten'", "true", "[]", "{}", "1e400", "-9223372036854775808"])
@pytest.mark.parametrize("name", NUMBERS)
def test_a_value_of_a_file_beyond_the_bounds_is_an_error(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / "hostile.toml"
    section, _, last = name.rpartition(".")
    file.write_text(f"{f'[{section}]' if section else ''}\n{last} = {text}\n")
    check_outcome(NUMBERS[name], text, lambda: find_value(load(file, {}, {}), name))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(("kind", "name"), DESTINATION_NUMBERS)
def test_a_number_of_a_destination_beyond_the_bounds_is_an_error(kind: str, name: str, text: str) -> None:
    required = {
        "to": "a@b.example",
        "from": "c@d.example",
        "host": "d.example",
        "url": "https://d.example/",
        "folder": "f",
    }
    fields = {field.encode_name for field in inspect_struct(registry.load("destinations", kind).SETTINGS).fields}
    table = {key: value for key, value in required.items() if key in fields}
    config = Config(destinations={"there": {"kind": kind, **table, name: text}})
    check_outcome(DESTINATION_NUMBERS[kind, name], text, lambda: find_value(load_destination("there", config)[1], name))


def find_value(settings: Any, name: str) -> float:
    for part in name.split("."):
        settings = getattr(settings, part)
    return float(settings)


NUMERIC_FLAGS = sorted(
    {
        option.flags[-1]: (command, option.flags[-1])
        for command in COMMANDS
        for option in list_options(command)
        if option.setting in NUMBERS
    }.values()
)


@pytest.mark.parametrize(
    ("command", "flag", "value"),
    [
        *((command, flag, value) for command, flag in NUMERIC_FLAGS for value in ("1e300", "9" * 5000)),
        ("digest", "--limit", "9" * 5000),
        ("digest", "--limit", "inf"),
        ("audio", "--loudness", "inf"),
        ("audio", "--loudness", "nan"),
        ("audio", "--loudness", "-1e300"),
    ],
)
def test_an_option_of_the_command_line_beyond_the_bounds_is_an_error(
    tmp_path: Path, command: str, flag: str, value: str
) -> None:
    (tmp_path / "mill.md").write_text("# The Tide Mill\n\nIt turned in 1995.\n")
    (tmp_path / "out").mkdir()
    argument = {"digest": ["out"], "serve": ["out"], "voices": []}.get(command, ["mill.md"])
    done = subprocess.run(
        [sys.executable, "-m", "exporter", command, *argument, flag, value],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "EXPORTER_CACHE_FOLDER": str(tmp_path / "cache")},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert not done.stdout
