"""The straight road and Typer understand the same command lines, and understand them alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.article import Article, Metadata, Paragraph, Text
from exporter.cli.commands.show import draw_tree
from exporter.cli.commands_table import COMMANDS, list_options
from exporter.cli.fast_parser import fill_optional_values, parse
from exporter.cli.invocation import Call
from exporter.cli.typer_app import parse as by_typer
from exporter.cli.typer_app import suggest_values
from exporter.errors import UsageError

WORDS = st.sampled_from(["page.txt", "-", "--", "a b", "", "@list", "section", "--bind", "-o", "-x", "--no", "="])


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """Command lines, right and wrong."""
    command = draw(st.sampled_from(sorted(COMMANDS)))
    flags = [flag for option in list_options(command) for flag in option.flags]
    part = st.one_of(
        WORDS,
        st.sampled_from(flags),
        st.builds("{}={}".format, st.sampled_from(flags), st.sampled_from(["", "x", "a=b"])),
    )
    return [command, *draw(st.lists(part, max_size=6))]


@settings(max_examples=150)
@given(lines())
def test_what_the_straight_road_takes_typer_takes_alike(line: list[str]) -> None:
    line = fill_optional_values(line)
    call = parse(line)
    if call is None:
        return
    values = {name: value for name, value in call.values.items() if value}
    assert by_typer(line) == Call(call.command, call.arguments, values)


@settings(max_examples=60)
@given(lines())
def test_what_typer_takes_and_the_straight_road_leaves_is_a_short_spelling(line: list[str]) -> None:
    line = fill_optional_values(line)
    if parse(line) is not None:
        return
    try:
        call = by_typer(line)
    except UsageError as error:
        assert error.remedy  # noqa: PT017  most lines that are left are wrong
    else:
        short = [word for word in line if word.startswith("-") and not word.startswith("--") and len(word) > 2]
        assert isinstance(call, int) or short


def test_an_option_that_may_stand_alone_takes_only_its_own_words() -> None:
    assert fill_optional_values(["audio", "--clips", "page.txt"]) == ["audio", "--clips=section", "page.txt"]
    assert fill_optional_values(["audio", "--clips", "sentence", "page.txt"]) == [
        "audio",
        "--clips",
        "sentence",
        "page.txt",
    ]
    assert fill_optional_values(["audio", "page.txt", "--clips"]) == ["audio", "page.txt", "--clips=section"]
    assert fill_optional_values(["audio", "--", "--clips"]) == ["audio", "--", "--clips"]


@pytest.mark.parametrize("line", [["help"], ["help", "epub"]])
def test_help_as_a_command_is_that_of_the_option(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert by_typer(line) == 0
    asked = capsys.readouterr().out
    assert by_typer([*line[1:], "--help"]) == 0
    assert asked == capsys.readouterr().out


@pytest.mark.parametrize(
    ("flag", "names"),
    [("--style", ["classic", "modern"]), ("--reader", ["html", "text"]), ("--profile", ["kobo"])],
)
def test_names_are_suggested_for_completion(flag: str, names: list[str]) -> None:
    (option,) = (option for option in list_options("epub") if flag in option.flags)
    assert set(names) <= set(suggest_values(option))


def test_an_article_says_nothing_to_the_terminal() -> None:
    shown = draw_tree(Article(Metadata("A \x1b]0;title\x07"), (Paragraph((Text("in \x1b[31mred"),)),)))
    assert "\x1b" not in shown
    assert r"in \x1b[31mred" in shown
