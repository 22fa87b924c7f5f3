"""Lines that ask the reader for something go; sentences of articles about the same things stay."""

from __future__ import annotations

import pytest

from exporter.article import block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import boilerplate, text
from tests.conftest import GOLDEN


def _lines(name: str) -> list[str]:
    return (GOLDEN / "asking" / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", _lines("goes.txt"))
def test_a_line_that_asks_the_reader_is_boilerplate(line: str) -> None:
    assert boilerplate.classify(line) in ("newsletter", "consent", "promotion")


@pytest.mark.parametrize("line", _lines("stays.txt"))
def test_a_sentence_of_an_article_is_not_boilerplate(line: str) -> None:
    assert boilerplate.classify(line) == ""


def test_a_heading_below_a_long_request_stays() -> None:
    request = "Sign up for our Harbour Letter and read the week's best stories in your inbox every Friday."
    prose = "The ferry left the harbour at noon with nine passengers, two dogs and a piano that nobody claimed."
    page = "\n\n".join(("The piano", prose, request, "What the captain knew", "Advertisement", f"{prose} {prose}"))
    article = text.read(Document(name="page.txt", data=page.encode()), InputSettings()).article
    lines = [block_text(block) for block in article.blocks]
    assert request not in lines
    assert "What the captain knew" in lines
