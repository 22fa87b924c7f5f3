"""Lines that ask the reader for something go; sentences of articles about the same things stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.readers import furniture

_FOLDER = Path(__file__).parents[1] / "golden" / "asking"


def _lines(name: str) -> list[str]:
    return (_FOLDER / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", _lines("goes.txt"))
def test_a_line_that_asks_the_reader_is_furniture(line: str) -> None:
    assert furniture.kind(line) in ("newsletter", "consent", "promotion")


@pytest.mark.parametrize("line", _lines("stays.txt"))
def test_a_sentence_of_an_article_is_none(line: str) -> None:
    assert furniture.kind(line) == ""
