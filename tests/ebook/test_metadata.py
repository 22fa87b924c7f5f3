"""What a book claims of its accessibility is true of this book."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.article import Article, Figure, MathBlock, Metadata, Paragraph, Resource, Text
from exporter.ebook.package_metadata import make_facts, make_file_as, make_identifier
from exporter.sentences import cut_sentences
from tests.ebook import pictures
from tests.ebook.books import everything, made, member, properties


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


def test_described_pictures_are_claimed(tmp_path: Path) -> None:
    book = made([_figure("A slope.")], tmp_path / "book.epub")
    assert properties(book, "schema:accessMode") == ["textual", "visual"]
    assert properties(book, "schema:accessModeSufficient") == ["textual", "textual,visual"]
    assert "alternativeText" in properties(book, "schema:accessibilityFeature")


@pytest.mark.parametrize("alt", ["", "IMG_2034.jpg", "hero-image@2x.webp", "image1"])
def test_one_picture_without_alternative_text_forbids_the_claim(tmp_path: Path, alt: str) -> None:
    book = made([_figure("A slope."), _figure(alt)], tmp_path / "book.epub")
    assert properties(book, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in properties(book, "schema:accessibilityFeature")


def test_a_program_claims_no_conformance_and_certifies_nothing(tmp_path: Path) -> None:
    book = made([_figure("A slope.")], tmp_path / "book.epub")
    assert not [meta for meta in member(book, "EPUB/content.opf").iter("{*}meta") if "certif" in str(meta.attrib)]
    assert properties(book, "dcterms:conformsTo") == []


def test_what_a_style_of_the_users_own_allows_is_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "my.css").write_text("p { color: #eee }")
    own, ours = (
        properties(made([everything()], tmp_path / "book.epub", style=style), "schema:accessibilityFeature")
        for style in (str(tmp_path / "my.css"), "classic")
    )
    assert {*ours} - {*own} == {"displayTransformability"}


@pytest.mark.parametrize(("alt", "is_described"), [("x squared", True), ("", False)])
def test_formulas_are_described_by_words_not_by_their_source(tmp_path: Path, alt: str, is_described: bool) -> None:
    article = cut_sentences(Article(Metadata(title="A"), (MathBlock(latex="x^2", alt=alt),)))
    features = properties(made([article], tmp_path / "book.epub"), "schema:accessibilityFeature")
    assert "MathML" in features
    assert ("describedMath" in features) is is_described


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
