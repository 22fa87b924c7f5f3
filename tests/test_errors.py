"""Errors a user can meet, and names that nobody has."""

from __future__ import annotations

import msgspec
import pytest

from exporter import article, errors, registry
from exporter.errors import ExporterError, OutputError, SourceError, SpeechError, UsageError, describe_error


@pytest.mark.parametrize(
    ("kind", "code"), [(ExporterError, 1), (UsageError, 2), (SourceError, 3), (SpeechError, 4), (OutputError, 5)]
)
def test_each_branch_has_its_exit_code(kind: type[ExporterError], code: int) -> None:
    assert kind.exit_code == code


def test_the_tree_is_whole() -> None:
    public = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert public == {"ExporterError", "UsageError", "SourceError", "SpeechError", "OutputError"}


def test_an_error_is_two_lines() -> None:
    error = SourceError("reading", "page.txt", "NotFound: no such file", "Check the name.")
    assert str(error) == "reading: 'page.txt': NotFound: no such file\nCheck the name."


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (FileNotFoundError(2, "No such file or directory"), "NotFound: there is no file or folder of that name"),
        (OSError(28, "No space left on device"), "DiskFull: there is no space left on its disk"),
        (OSError(5, "Input/output error"), "Label: input/output error"),
        (OSError("no picture in\n it."), "Label: no picture in it"),
        (ValueError(), "Label: no reason is given"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "NotUtf8: it is not text in UTF-8"),
    ],
)
def test_a_cause_is_a_label_and_plain_words(error: Exception, cause: str) -> None:
    assert describe_error(error, "Label") == cause


def test_a_wrong_value_in_json_is_found_by_its_place() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        article.from_json(b'{"metadata": {"title": 3}, "blocks": []}')
    assert describe_error(caught.value, "BadJson") == "BadJson: the value at metadata.title is not of the expected kind"


def test_a_wrong_name_gets_the_nearest_right_one() -> None:
    with pytest.raises(UsageError, match="Did you mean 'markdown'"):
        registry.load("readers", "markdwon")


def test_a_hopeless_name_gets_the_choice() -> None:
    with pytest.raises(UsageError, match=r"Choose one of: .*text"):
        registry.load("readers", "qqqq")
