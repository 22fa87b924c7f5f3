"""What a book claims of its accessibility is true of this book."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.article import Article, Figure, Metadata, Paragraph, Resource, Text
from exporter.ebook.package_metadata import make_facts, make_file_as, make_identifier
from exporter.sentences import cut_sentences
from tests.ebook import pictures
from tests.ebook.books import everything, made, properties


def _figure(alt: str) -> Article:
    resource = Resource("a", data=pictures.photo())
    return cut_sentences(Article(Metadata(title="A"), (Figure(image="a", alt=alt),), resources=(resource,)))


def test_a_book_of_words_alone_has_no_pictures_to_describe(tmp_path: Path) -> None:
    book = made(
        [cut_sentences(Article(Metadata(title="A"), (Paragraph(content=(Text("Words."),)),)))], tmp_path / "book.epub"
    )
    assert properties(book, "schema:accessMode") == ["textual"]
    assert properties(book, "schema:accessModeSufficient") == ["textual"]
    assert "alternativeText" not in properties(book, "schema:accessibilityFeature")
    assert properties(book, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA"]


def test_described_pictures_are_claimed(tmp_path: Path) -> None:
    book = made([_figure("A slope.")], tmp_path / "book.epub")
    assert properties(book, "schema:accessMode") == ["textual", "visual"]
    assert "alternativeText" in properties(book, "schema:accessibilityFeature")
    assert properties(book, "dcterms:conformsTo")


def test_a_picture_without_alternative_text_forbids_the_claim(tmp_path: Path) -> None:
    book = made([_figure("A slope."), _figure("")], tmp_path / "book.epub")
    assert properties(book, "schema:accessModeSufficient") == ["textual,visual"]
    assert properties(book, "dcterms:conformsTo") == []


def test_a_style_of_the_users_own_forbids_the_claim(tmp_path: Path) -> None:
    (tmp_path / "my.css").write_text("p { color: #eee }")
    book = made([_figure("A slope.")], tmp_path / "book.epub", style=str(tmp_path / "my.css"))
    assert properties(book, "dcterms:conformsTo") == []


def test_formulas_and_ruby_are_claimed_where_there_are_any(tmp_path: Path) -> None:
    features = properties(made([everything()], tmp_path / "book.epub"), "schema:accessibilityFeature")
    assert {"MathML", "describedMath", "rubyAnnotations"} <= set(features)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Díaz", "Díaz, Ana"),
        ("Mary Ann O’Brien", "O’Brien, Mary Ann"),
        ("Reuters", "Reuters"),
        ("staff and agencies", "staff and agencies"),
        ("山田 太郎", "山田 太郎"),
    ],
)
def test_a_name_is_shelved_by_its_family_name(name: str, expected: str) -> None:
    assert make_file_as(name) == expected


def test_nobody_is_told_where_a_file_lies() -> None:
    here, there = (Article(Metadata(title="A", source=f"/{folder}/page.html"), ()) for folder in ("home/ana", "tmp"))
    assert not [fact for fact in make_facts([here], "A", set()) if fact.name == "dc:source"]
    assert make_identifier([here], "A") == make_identifier([there], "A")


def test_a_book_of_one_publication_says_which_and_its_latest_date() -> None:
    first = Metadata(title="A", site="Mill Notes", published="2024-03-04")
    second = Metadata(title="B", site="Mill Notes", published="2024-03-11T08:00:00Z")
    elsewhere = Metadata(title="C", site="Harbour News", published="March")
    same, mixed = (
        {
            fact.name: fact.value
            for fact in make_facts([Article(one, ()) for one in bound], "Week", set())
            if ":" in fact.name
        }
        for bound in ((first, second), (first, second, elsewhere))
    )
    assert (same["dc:publisher"], same["dc:date"]) == ("Mill Notes", "2024-03-11T08:00:00Z")
    assert "dc:publisher" not in mixed
    assert mixed["dc:date"] == "2024-03-11T08:00:00Z"
