"""An article as XHTML: whole, in order, its links alive, cut where it is too long for old readers."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from lxml import etree

from exporter import ebook
from exporter.article import (
    Article,
    Break,
    Definition,
    Definitions,
    Figure,
    Heading,
    Inline,
    Link,
    MathBlock,
    Metadata,
    Note,
    NoteMark,
    Paragraph,
    Strong,
    Text,
)
from exporter.config import Config
from exporter.ebook import highlight
from exporter.ebook.chapter import MAX_DOCUMENT_BYTES
from exporter.ebook.package import XHTML_TYPE, Package
from exporter.sentences import cut_sentences
from tests.ebook.books import everything, paragraph, words


def _long() -> Article:
    text = "The water stood in the mill for nine days, and nobody knew why. " * 40
    blocks = tuple(
        block
        for part in range(60)
        for block in (
            Heading(content=words(f"Part {part}")),
            Paragraph(content=(Text(text), NoteMark(f"n{part}"), Link(words("on"), f"#part-{(part + 30) % 60}"))),
            paragraph(text),
        )
    )
    notes = tuple(Note(f"n{part}", str(part), (paragraph(f"Note {part}."),)) for part in range(61))
    return cut_sentences(Article(Metadata(title="A long one"), blocks, notes))


def _trees(book: Package) -> dict[str, etree._Element]:
    return {
        item.href.removeprefix("text/"): etree.fromstring(item.data)
        for item in book.items
        if item.media_type == XHTML_TYPE and item.item_id.startswith("a")
    }


def _dead_links(book: Package) -> list[str]:
    trees = _trees(book)
    ids = {name: {element.get("id") for element in tree.iter("{*}*")} for name, tree in trees.items()}
    targets = ((name, a.get("href")) for name, tree in trees.items() for a in tree.iter("{*}a"))
    inside = ((name, *target.partition("#")[::2]) for name, target in targets if "://" not in target)
    return [f"{file}#{place}" for name, file, place in inside if place not in {"", *ids[file or name]}]


def test_a_long_article_is_cut_into_documents_small_enough() -> None:
    book = ebook.build([_long()], Config())
    sizes = [len(item.data) for item in book.items if item.item_id.startswith("a")]
    assert len(sizes) > 1
    # The head and the notes of a part come on top of its blocks.
    assert max(sizes) < MAX_DOCUMENT_BYTES * 1.1


def test_only_a_document_with_formulas_says_so() -> None:
    long = _long()
    formula = cut_sentences(Article(long.metadata, (MathBlock(latex="x", alt="x"), *long.blocks), long.notes))
    said = [item.properties for item in ebook.build([formula], Config()).items if item.item_id.startswith("a")]
    assert said == [("mathml",), *[()] * (len(said) - 1)]


def test_links_and_notes_hold_across_the_documents_of_an_article() -> None:
    book = ebook.build([_long()], Config())
    assert _dead_links(book) == []
    notes = [len(list(tree.iter("{*}aside"))) for tree in _trees(book).values()]
    assert sum(notes) == 61
    assert min(notes) > 0


def test_links_and_notes_hold_in_one_document() -> None:
    book = ebook.build([everything()], Config())
    assert _dead_links(book) == []
    (tree,) = _trees(book).values()
    marks = [a.get("href") for a in tree.iter("{*}a") if a.get("role") == "doc-noteref"]
    backs = [a.get("href") for a in tree.iter("{*}a") if a.get("role") == "doc-backlink"]
    assert marks == ["#note1", "#note2"]
    assert backs == ["#ref1", "#ref2"]


def test_no_heading_skips_a_level() -> None:
    (tree,) = _trees(ebook.build([everything()], Config())).values()
    levels = [int(element.tag[-1]) for element in tree.iter("{*}h1", "{*}h2", "{*}h3", "{*}h4", "{*}h5", "{*}h6")]
    assert levels[0] == 1
    assert max(levels) > 2
    assert all(deeper <= level + 1 for level, deeper in itertools.pairwise(levels))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ((Text("Plain, with a "), Strong(words("bold")), Text(" word.")), None),
        ((Strong(words("Do you sleep? And how?")), Text(" ")), "bold"),
        ((Text("12 High Street"), Break(), Text("Northgate")), "lines"),
        ((Strong((Text("A. B. Cole"), Break(), Text("Northgate"))),), "bold"),
    ],
)
def test_paragraphs_of_a_kind_of_their_own_have_a_class(content: tuple[Inline, ...], name: str | None) -> None:
    section = _written_section(Article(Metadata(title="A"), (Paragraph(content=content), paragraph("End."))))
    assert [found.get("class") for found in section.iterfind("{*}p")] == [name, None]


def test_spaces_between_inlines_are_kept_as_they_are() -> None:
    tight = Article(Metadata(title="A"), (Paragraph(content=(Link(words("a"), "https://a.example/"), Text("b"))),))
    (tree,) = _trees(ebook.build([cut_sentences(tight)], Config())).values()
    assert "".join(tree.find(".//{*}section/{*}p").itertext()) == "ab"


def test_pages_without_sound_carry_no_sentences() -> None:
    (tree,) = _trees(ebook.build([everything()], Config())).values()
    assert not [span for span in tree.iter("{*}span") if "." in (span.get("id") or "")]


@pytest.mark.parametrize("syntax", ["console", "pycon", "html", "python", "diff", "no such language"])
@pytest.mark.parametrize("text", ["$ ls\na b", ">>> 1 +\n... 2\n3", "-a\n+b", "the last line", "", "\n\nx\n\n"])
def test_colours_lose_no_character_of_code(syntax: str, text: str) -> None:
    code = etree.Element("code")
    highlight.write_code(code, text, syntax)
    assert "".join(code.itertext()) == text


def _written_section(article: Article) -> etree._Element:
    (tree,) = _trees(ebook.build([cut_sentences(article)], Config())).values()
    section = tree.find(".//{*}section")
    assert section is not None
    return section


@pytest.mark.parametrize(
    ("description", "texts", "standfirst"),
    [
        ("A mill runs on the moon.", ["A mill runs on the moon", "At four the sea lets go."], 0),
        ("A mill runs on the moon.", ["Reportage", "A mill runs on the moon.", "At four the sea lets go."], 1),
        ("A mill.", ["A mill runs on the moon.", "At four the sea lets go."], None),
        ("A mill runs on the moon.", ["A mill runs on the moon."], None),  # it is all of the text
        ("C", ["A", "B", "C", "D"], None),
        (None, ["...", "Words."], None),
    ],
)
def test_the_standfirst_is_the_printed_paragraph_that_the_page_calls_its_description(
    description: str | None, texts: list[str], standfirst: int | None
) -> None:
    metadata = Metadata(title="A", description=description)
    section = _written_section(Article(metadata, tuple(map(paragraph, texts))))
    marked = [p.get("class") == "standfirst" for p in section.findall("{*}p")]
    assert marked == [number == standfirst for number in range(len(texts))]


@pytest.mark.parametrize(
    ("alt", "caption", "credit", "line"),
    [
        ("A weir.", "", "", "Picture: A weir."),
        ("A weir.", "The weir at Rye.", "Photo: Ana", "Picture: A weir. The weir at Rye. Photo: Ana"),
        ("The weir", "The weir at Rye.", "", "Picture: The weir at Rye."),
        ("", "", "Photo: Ana", "Photo: Ana"),
    ],
)
def test_a_picture_that_is_not_at_hand_is_one_line(alt: str, caption: str, credit: str, line: str) -> None:
    figure = Figure(image="gone", alt=alt, caption=words(caption), credit=credit)
    section = _written_section(Article(Metadata(title="A"), (figure,)))
    element = section.find("{*}figure[@class='gone']")
    assert element is not None
    assert " ".join("".join(element.itertext()).split()) == line


def test_links_lead_to_places_in_other_articles_of_the_book() -> None:
    targets = ("#part-50", "#nowhere", "")
    links = tuple(Link(words("see"), f"https://a.example/long{target}") for target in targets)
    first = Article(Metadata(title="A", source="https://a.example/short"), (Paragraph(content=links),))
    long = _long()
    long = msgspec.structs.replace(long, metadata=Metadata(title="B", source="https://a.example/long"))
    book = ebook.build([cut_sentences(first), long], Config())
    trees = _trees(book)
    found = [a.get("href") for a in trees["a1.xhtml"].iterfind(".//{*}section/{*}p/{*}a")]
    assert [href.partition("#")[0] for href in found] == ["a2-2.xhtml", "a2.xhtml", "a2.xhtml"]
    assert _dead_links(book) == []


def test_terms_that_share_a_definition_stand_together() -> None:
    items = (
        Definition(words("Weir"), ()),
        Definition(words("Dam"), (paragraph("A wall."),)),
        Definition(words("X"), ()),
    )
    section = _written_section(Article(Metadata(title="A"), (Definitions(items=items),)))
    entries = section.find("{*}dl")
    assert entries is not None
    assert [etree.QName(entry).localname for entry in entries] == ["dt", "dt", "dd", "dt", "dd"]
