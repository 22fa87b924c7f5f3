"""Control characters reach neither a terminal nor a voice, and cost no article."""

from __future__ import annotations

import pytest
from hypothesis import given

from exporter.article import Article, Metadata, Paragraph, Resource, Text, block_text
from exporter.control_characters import clean_article, remove_controls
from tests.builders import articles


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("T\x1b[31mRED\x1b[0m", "TRED"),
        ("\x1b]0;title\x07after", "after"),
        ("a\x00b\x07c\x85d", "abcd"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("ordinary – text… שלום", "ordinary – text… שלום"),
    ],
)
def test_controls_are_removed_and_nothing_else(text: str, clean: str) -> None:
    assert remove_controls(text) == clean


def test_an_article_is_cleaned_in_every_field_and_keeps_its_pictures() -> None:
    resource = Resource("a.png", data=b"\x1b\x00\xff")
    dirty = Article(
        Metadata(title="A\x1b[1m title", authors=("Ann\x07 Lee",)),
        (Paragraph((Text("It\x9b rose."),)),),
        (),
        (resource,),
    )
    clean = clean_article(dirty)
    assert clean.metadata == Metadata(title="A title", authors=("Ann Lee",))
    assert [block_text(block) for block in clean.blocks] == ["It rose."]
    assert clean.resources == (resource,)


def test_the_name_of_a_file_that_is_no_unicode_stays() -> None:
    article = Article(Metadata(title="T\x07", source="caf\udce9.txt"), ())
    assert clean_article(article).metadata == Metadata(title="T", source="caf\udce9.txt")


@given(articles())
def test_cleaning_twice_is_cleaning_once(article: Article) -> None:
    clean = clean_article(article)
    assert clean_article(clean) == clean


@pytest.mark.parametrize("char", ["\b", "\f", "\x07", "\x9b"])
def test_one_control_character_alone_is_found(char: str) -> None:
    assert clean_article(Article(Metadata(title=f"A{char} title"), ())).metadata.title == "A title"
