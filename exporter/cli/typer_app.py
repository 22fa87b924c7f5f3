"""The Typer app, built from the table: help, completion, unusual spellings, and errors of a command line."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Protocol, cast

import typer
from typer.core import TyperCommand

from exporter import __version__
from exporter.assets import styles_folder
from exporter.cli.commands_table import COMMANDS, Command, Option, list_options
from exporter.cli.invocation import Call
from exporter.config import describe_setting
from exporter.errors import UsageError
from exporter.registry import find_nearest, names

_HELP = """Turn articles into books, scripts for speech, audio episodes and read-aloud books.

Sources are scraped text, HTML, Markdown and URLs, one or many.
"""


class _TyperError(Protocol):
    """An error of a command line, as all versions of Typer raise it."""

    def format_message(self) -> str: ...


class _PlainCommand(TyperCommand):
    """A command whose usage line names its argument as users know it: ``SOURCE...``."""

    usage = ""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, self.usage)


_NAMES_ELSEWHERE = {
    "--theme": "--style", "--css": "--style", "--speed": "--rate", "--workers": "--jobs", "--threads": "--jobs",
    "--dict": "--lexicon",
}  # fmt: skip
"""What other programs call an option, and its name here."""


def parse(line: Sequence[str]) -> Call | int:
    """Parse a command line; or print its help, the version or a completion, and return the exit code.

    Raises `UsageError` for a command line that is wrong.
    """
    if line[:1] == ["help"]:
        line = [*line[1:2], "--help"]
    if line and not line[0].startswith("-") and line[0] not in COMMANDS:
        raise _unknown_command(line)
    try:
        result = typer.main.get_command(build_app(line[0] if line else ""))(
            list(line) or ["--help"], prog_name="exporter", standalone_mode=False
        )
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        raise _wrong_usage(line, cast(_TyperError, error)) from error
    return result if isinstance(result, Call) else int(result or 0)


def build_app(full: str = "") -> typer.Typer:
    """Build the app; only the command `full` gets its options, or every command if it is empty."""
    # Rich's help takes longer to load than the rest of the start, so it is turned off.
    app = typer.Typer(
        help=_HELP,
        rich_markup_mode=None,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def _main(
        _version: Annotated[
            bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version)
        ] = False,
    ) -> None:
        pass

    for name, command in COMMANDS.items():
        kind = type("_Command", (_PlainCommand,), {"usage": f"[OPTIONS] {_usage_of_argument(command)}".rstrip()})
        app.command(name, cls=kind, help=_command_help(command), short_help=command.help)(
            _make_function(name, command, list_options(name) if full in ("", name) else ())
        )
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"exporter {__version__}")
        raise typer.Exit


def _usage_of_argument(command: Command) -> str:
    if not command.max_arguments:
        return ""
    name = f"{command.argument}{'...' if command.max_arguments > 1 else ''}"
    return name if command.min_arguments else f"[{name}]"


def _command_help(command: Command) -> str:
    examples = "\n".join(("\b", "Examples:", *(f"  {example}" for example in command.examples)))
    return "\n\n".join(filter(None, (command.help, command.argument_help if command.max_arguments else "", examples)))


def _make_function(name: str, command: Command, given: tuple[Option, ...]) -> Callable[..., Call]:
    """Make the function whose signature tells Typer the options, and which turns their values into a `Call`."""

    def function(**values: Any) -> Call:
        arguments = values.pop("arguments", None)
        return Call(
            name,
            (arguments,) if isinstance(arguments, str) else tuple(arguments or ()),
            {key: list(value) if isinstance(value, list | tuple) else value for key, value in values.items() if value},
        )

    parameters = [_option_parameter(option) for option in given]
    if command.max_arguments:
        parameters.insert(0, _argument_parameter(command))
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return function


def _argument_parameter(command: Command) -> inspect.Parameter:
    # Hidden, since Typer would print its Python type: the command's own help describes it.
    info = typer.Argument(metavar=command.argument, hidden=True)
    kind: Any = list[str] if command.max_arguments > 1 else str
    if command.min_arguments:
        return _make_parameter("arguments", Annotated[kind, info], inspect.Parameter.empty)
    return _make_parameter("arguments", Annotated[kind | None, info], None)


def _option_parameter(option: Option) -> inspect.Parameter:
    kind: Any = list[str] if option.is_repeatable else str
    choices = option.optional_values or _find_choices(option)

    def suggested(incomplete: str) -> list[str]:
        return [name for name in suggest_values(option) if name.startswith(incomplete)]

    info = typer.Option(
        *option.flags,
        metavar=(f"[{'|'.join(choices)}]" if choices else option.metavar) or None,
        help=_option_help(option),
        show_default=False,
        autocompletion=suggested,
    )
    if not option.metavar:
        return _make_parameter(option.name, Annotated[bool, info], False)
    return _make_parameter(option.name, Annotated[kind | None, info], None)


def _make_parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _find_choices(option: Option) -> tuple[str, ...]:
    return describe_setting(option.setting).choices if option.setting else ()


def suggest_values(option: Option) -> list[str]:
    """Return what shells complete an option's value to: its choices, or the names of themes, readers and so on."""
    if choices := option.optional_values or _find_choices(option):
        return list(choices)
    match option.setting or option.name:
        case "book.style":
            return sorted(path.stem for path in (styles_folder() / "epub").glob("*.css") if path.stem != "base")
        case "narration.template":
            return sorted({path.name.partition(".")[0] for path in (styles_folder() / "narration").glob("*.j2")})
        case "input.reader":
            return list(names("readers"))
        case "speech.engine":
            return list(names("engines"))
        case "to":
            return list(names("exporters"))
        case _:
            return []


def _option_help(option: Option) -> str:
    if option.help or not option.setting:
        return option.help
    found = describe_setting(option.setting)
    return f"{found.help} [default: {found.default}]" if found.default not in ("", (), False) else found.help


def _unknown_command(line: Sequence[str]) -> UsageError:
    near = find_nearest(line[0], tuple(COMMANDS))
    if near is None and re.search(r"[./\\]|^@", line[0]):
        remedy = f"Put a command before it: exporter epub {line[0]}"
    else:
        remedy = f"Did you mean 'exporter {near}'?" if near else "See exporter --help for the commands."
    return UsageError("command line", line[0], "UnknownName: there is no such command", remedy)


def _wrong_usage(line: Sequence[str], error: _TyperError) -> UsageError:
    """Turn Typer's error into ours, with the nearest right spelling of an unknown option."""
    command = line[0] if line and line[0] in COMMANDS else ""
    subject = str(getattr(error, "option_name", None) or " ".join(["exporter", command]).strip())
    options = list_options(command) if command else ()
    flags = ("--version", "--help", "-h", *(flag for option in options for flag in option.flags))
    remedy = f"See {' '.join(filter(None, ('exporter', command, '--help')))}."
    if not subject.startswith("-") or subject in flags:
        return UsageError("command line", subject, _describe_wrong_usage(error, command), remedy)
    others = [name for name in COMMANDS if any(subject in option.flags for option in list_options(name))]
    if others:
        remedy = f"These commands have it: {', '.join(others)}. Put it behind the command's name."
    elif (named := _NAMES_ELSEWHERE.get(subject)) in flags:
        remedy = f"Did you mean '{named}'?"
    elif near := find_nearest(subject.lstrip("-"), tuple(flag.lstrip("-") for flag in flags)):
        remedy = f"Did you mean '--{near}'?"
    return UsageError("command line", subject, "UnknownName: there is no such option here", remedy)


def _describe_wrong_usage(error: _TyperError, command: str) -> str:
    """Return the cause of an error of Typer: a label and plain words for those that a line can meet, else its own."""
    message = " ".join(error.format_message().split()).rstrip(".")
    match type(error).__name__:
        case "MissingParameter":
            return f"MissingArgument: name at least one {COMMANDS[command].argument}" if command else message
        case "BadOptionUsage" if "requires" in message:
            return "MissingValue: this option needs a value"
        case "BadOptionUsage":
            return "ExtraValue: this option takes no value"
        case "UsageError" if command and "extra argument" in message:
            most = COMMANDS[command].max_arguments
            return f"ExtraArgument: it takes {'only one argument' if most else 'no arguments'}"
        case _:
            return f"WrongUsage: {message}"
