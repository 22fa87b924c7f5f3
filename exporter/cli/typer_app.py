"""The Typer program, built from the table: help, completion, unusual spellings, and what is wrong with a line."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Protocol, cast

import typer

from exporter import __version__
from exporter.assets import styles_folder
from exporter.cli.commands_table import COMMANDS, Command, Option, list_options
from exporter.cli.invocation import Call
from exporter.config import describe_setting
from exporter.errors import UsageError
from exporter.registry import find_nearest, names

_HELP = """Articles, to read and to hear.

Turn saved pages, HTML, Markdown and URLs into books, scripts, episodes and read-aloud books.
"""


class _TyperError(Protocol):
    """What Typer raises about a command line, in every version of it."""

    def format_message(self) -> str: ...


def parse(line: Sequence[str]) -> Call | int:
    """Understand a command line, or answer it (help, the version, completion) and return the exit code.

    Raises `UsageError` for a command line that is wrong.
    """
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
    """Build the program; only the command `full` gets its options, or every command where it is empty."""
    # Rich's help would take longer to load than all the rest of the start.
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
        app.command(name, help=_command_help(command), short_help=command.help)(
            _make_function(name, command, list_options(name) if full in ("", name) else ())
        )
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"exporter {__version__}")
        raise typer.Exit


def _command_help(command: Command) -> str:
    examples = "\n".join(f"  {example}" for example in command.examples)
    return f"{command.help}\n\n\b\nExamples:\n{examples}"


def _make_function(name: str, command: Command, given: tuple[Option, ...]) -> Callable[..., Call]:
    """Make the function that Typer reads the options off, and that turns them into a `Call`."""

    def function(**values: Any) -> Call:
        words = values.pop("words", None)
        return Call(
            name,
            (words,) if isinstance(words, str) else tuple(words or ()),
            {key: list(value) if isinstance(value, list | tuple) else value for key, value in values.items() if value},
        )

    parameters = [_option_parameter(option) for option in given]
    if command.most:
        parameters.insert(0, _argument_parameter(command))
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return function


def _argument_parameter(command: Command) -> inspect.Parameter:
    info = typer.Argument(metavar=command.words, help=command.words_help, show_default=False)
    kind: Any = list[str] if command.most > 1 else str
    if command.least:
        return _make_parameter("words", Annotated[kind, info], inspect.Parameter.empty)
    return _make_parameter("words", Annotated[kind | None, info], None)


def _option_parameter(option: Option) -> inspect.Parameter:
    kind: Any = list[str] if option.many else str
    choices = option.bare or _find_choices(option)

    def suggested(incomplete: str) -> list[str]:
        return [name for name in suggest_values(option) if name.startswith(incomplete)]

    info = typer.Option(
        *option.flags,
        metavar=(f"[{'|'.join(choices)}]" if choices else option.takes) or None,
        help=_option_help(option),
        show_default=False,
        autocompletion=suggested,
    )
    if not option.takes:
        return _make_parameter(option.name, Annotated[bool, info], False)
    return _make_parameter(option.name, Annotated[kind | None, info], None)


def _make_parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _find_choices(option: Option) -> tuple[str, ...]:
    return describe_setting(option.setting).choices if option.setting else ()


def suggest_values(option: Option) -> list[str]:
    """What may stand for an option's value, beside the names of files: its choices, our styles, readers and so on."""
    if choices := option.bare or _find_choices(option):
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
        remedy = f"Say what to make of it: exporter epub {line[0]}"
    else:
        remedy = f"Did you mean 'exporter {near}'?" if near else "See exporter --help for the commands."
    return UsageError("command line", line[0], "UnknownName: there is no such command", remedy)


def _wrong_usage(line: Sequence[str], error: _TyperError) -> UsageError:
    """Say what is wrong with a command line in our own form, with the nearest right spelling."""
    cause = f"{type(error).__name__}: {' '.join(error.format_message().split()).rstrip('.')}"
    command = line[0] if line and line[0] in COMMANDS else ""
    subject = str(getattr(error, "option_name", None) or " ".join(["exporter", command]).strip())
    flags = (
        tuple(flag for option in list_options(command) for flag in option.flags) if command else ("--version", "--help")
    )
    remedy = f"See {' '.join(filter(None, ('exporter', command, '--help')))}."
    if subject.startswith("-") and subject not in flags:
        cause = "UnknownName: there is no such option here"
        others = [name for name in COMMANDS if any(subject in option.flags for option in list_options(name))]
        if others:
            remedy = f"These take it, after their name: {', '.join(others)}."
        elif near := find_nearest(subject.lstrip("-"), tuple(flag.lstrip("-") for flag in flags)):
            remedy = f"Did you mean '--{near}'?"
    return UsageError("command line", subject, cause, remedy)
