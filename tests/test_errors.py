"""Errors a user can meet, and names that nobody has."""

from __future__ import annotations

import pytest

from exporter import errors, registry
from exporter.errors import ExporterError, OutputError, SourceError, SpeechError, UsageError


@pytest.mark.parametrize(
    ("kind", "code"), [(ExporterError, 1), (UsageError, 2), (SourceError, 3), (SpeechError, 4), (OutputError, 5)]
)
def test_each_branch_has_its_exit_code(kind: type[ExporterError], code: int) -> None:
    assert kind.exit_code == code


def test_the_tree_is_whole() -> None:
    public = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert public == {"ExporterError", "UsageError", "SourceError", "SpeechError", "OutputError"}


def test_an_error_is_two_lines() -> None:
    error = SourceError("reading", "page.txt", "FileNotFoundError: no such file", "Check the name.")
    assert str(error) == "reading: 'page.txt': FileNotFoundError: no such file\nCheck the name."


def test_a_wrong_name_gets_the_nearest_right_one() -> None:
    with pytest.raises(UsageError, match="Did you mean 'markdown'"):
        registry.load("readers", "markdwon")


def test_a_hopeless_name_gets_the_choice() -> None:
    with pytest.raises(UsageError, match=r"Choose one of: .*text"):
        registry.load("readers", "qqqq")
