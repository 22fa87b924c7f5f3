"""Parses a well-formed command line without loading Typer, which takes a tenth of a second.

Everything else (help, completion, unusual or wrong lines) is left to Typer, which reads the same table. A test checks
on random lines that the two agree.
"""

from __future__ import annotations

from collections.abc import Sequence

from exporter.cli.commands_table import COMMANDS, list_options
from exporter.cli.invocation import Call, Values


def parse(line: Sequence[str]) -> Call | None:
    """Parse a command line (without the program's name); returns None for a line that Typer must parse."""
    command = COMMANDS.get(line[0]) if line else None
    if command is None:
        return None
    flags = {flag: option for option in list_options(line[0]) for flag in option.flags}
    arguments: list[str] = []
    values: Values = {}
    rest = iter(line[1:])
    for word in rest:
        if word == "--":
            arguments.extend(rest)
        elif word == "-" or not word.startswith("-"):
            arguments.append(word)
        else:
            flag, equals, value = word.partition("=")
            option = flags.get(flag)
            if option is None or (equals and not (option.metavar and flag.startswith("--"))):
                return None
            if not option.metavar:
                values[option.name] = True
                continue
            given = value if equals else next(rest, None)
            if given is None:
                return None
            if option.is_repeatable:
                values.setdefault(option.name, []).append(given)
            else:
                values[option.name] = given
    if not command.min_arguments <= len(arguments) <= command.max_arguments:
        return None
    return Call(line[0], tuple(arguments), values)


def fill_optional_values(line: list[str]) -> list[str]:
    """Insert the first of its optional values behind an option (``--clips``) that stands without one."""
    if not line or line[0] not in COMMANDS:
        return line
    optional_values = {
        flag: option.optional_values
        for option in list_options(line[0])
        for flag in option.flags
        if option.optional_values
    }
    end = line.index("--") if "--" in line else len(line)
    full = list(line)
    for place in range(end):
        values = optional_values.get(line[place])
        if values and not (place + 1 < end and line[place + 1] in values):
            full[place] = f"{line[place]}={values[0]}"
    return full
