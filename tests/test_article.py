"""The model of the article."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given

from exporter import article as model
from exporter.article import Article, Bullets, Heading, Item, Metadata, NoteMark, Paragraph, Quote, Text
from tests.builders import article, articles


@given(articles())
def test_json_round_trip_loses_nothing(written: Article) -> None:
    assert model.from_json(model.to_json(written)) == written


def test_foreign_json_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        model.from_json(b'{"blocks": [{"kind": "sculpture"}]}')


def test_walk_visits_nested_blocks_in_reading_order() -> None:
    inner = Paragraph((Text("inside"),))
    written = Article(
        Metadata("t"),
        (Quote((inner,)), Bullets((Item((inner, Bullets((Item((inner,)),)))),)), Heading((Text("end"),))),
    )
    kinds = [type(block).__name__ for block in model.all_blocks(written)]
    assert kinds == ["Quote", "Paragraph", "Bullets", "Paragraph", "Bullets", "Paragraph", "Heading"]


def test_note_marks_are_silent_in_plain_text() -> None:
    assert model.inline_text((Text("The tide"), NoteMark("n1"), Text(" turns."))) == "The tide turns."


def test_an_article_is_a_value() -> None:
    written = article("One.")
    assert hash(written) == hash(article("One."))
    with pytest.raises(AttributeError):
        written.blocks = ()  # type: ignore[misc]
