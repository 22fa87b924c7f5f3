"""The straight road: a well-formed command line is understood here, without loading Typer.

Loading Typer takes longer than making a book. So what is plainly right is read off the table at once, and everything
else (help, completion, anything unusual or wrong) is Typer's, who reads the same table. A test checks on random lines
that the two never disagree.
"""

from __future__ import annotations

from collections.abc import Sequence

from exporter.cli.commands_table import COMMANDS, list_options
from exporter.cli.invocation import Call, Values


def parse(line: Sequence[str]) -> Call | None:
    """Understand a command line (without the program's name), or leave it to Typer: None."""
    command = COMMANDS.get(line[0]) if line else None
    if command is None:
        return None
    flags = {flag: option for option in list_options(line[0]) for flag in option.flags}
    words: list[str] = []
    values: Values = {}
    rest = iter(line[1:])
    for word in rest:
        if word == "--":
            words.extend(rest)
        elif word == "-" or not word.startswith("-"):
            words.append(word)
        else:
            flag, equals, value = word.partition("=")
            option = flags.get(flag)
            if option is None or (equals and not (option.takes and flag.startswith("--"))):
                return None
            if not option.takes:
                values[option.name] = True
                continue
            given = value if equals else next(rest, None)
            if given is None:
                return None
            if option.many:
                values.setdefault(option.name, []).append(given)
            else:
                values[option.name] = given
    return Call(line[0], tuple(words), values) if command.least <= len(words) <= command.most else None


def fill_optional_values(line: list[str]) -> list[str]:
    """Give an option that may stand alone (``--clips``) the value it means then."""
    if not line or line[0] not in COMMANDS:
        return line
    bare = {flag: option.bare for option in list_options(line[0]) for flag in option.flags if option.bare}
    end = line.index("--") if "--" in line else len(line)
    full = list(line)
    for place in range(end):
        values = bare.get(line[place])
        if values and not (place + 1 < end and line[place + 1] in values):
            full[place] = f"{line[place]}={values[0]}"
    return full
