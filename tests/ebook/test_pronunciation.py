"""A lexicon's terms in a book: phonemes in its pages, and PLS files that hold what occurs."""

from __future__ import annotations

from pathlib import Path

from exporter import ebook
from exporter.article import Article, Code, Heading, Metadata, Paragraph, Text
from exporter.config import Config
from exporter.lexicon import Lexicon, LexiconEntry, parse_lexicon
from exporter.sentences import cut_sentences
from tests.ebook.books import everything, made, member, paragraph, properties
from tests.ebook.conftest import Judge

LEXICON = Lexicon(
    (
        LexiconEntry("Siobhan", "shivawn", "ʃɪˈvɔːn"),
        LexiconEntry("quay", "key"),
        LexiconEntry("O'Dea", phonemes='oU"deI', alphabet="x-sampa"),
        LexiconEntry("Nowhere", "not in the book", "nəʊ"),
    )
)
SSML = "{http://www.w3.org/2001/10/synthesis}"
# EPUBCheck counts what style sheets, pictures and sound refer to, and does not look at the link to a PLS file.
UNSEEN = "USAGE OPF-097"


def article(language: str = "en") -> Article:
    """Terms in a title, in a heading, in a text, in code, and within other words."""
    blocks = (
        Heading(content=(Text("Quay to QUAY"),)),
        paragraph("Siobhan O'Dea’s quay was no Siobhanesque quays. Siobhan left."),
        Paragraph(content=(Code("Siobhan"),)),
    )
    return cut_sentences(Article(Metadata(title="Siobhan", language=language), blocks))


def test_terms_carry_their_phonemes_where_they_are_text(tmp_path: Path) -> None:
    page = member(made([article()], tmp_path / "book.epub", lexicon=LEXICON), "EPUB/text/a1.xhtml")
    sounding = [(span.text, span.get(f"{SSML}ph"), span.get(f"{SSML}alphabet")) for span in page.iter("{*}span")]
    siobhan = ("Siobhan", "ʃɪˈvɔːn", "ipa")
    assert sounding == [siobhan, siobhan, ("O’Dea", 'oU"deI', "x-sampa"), siobhan]
    assert "".join(page.find("{*}body").itertext()).count("Siobhanesque quays. Siobhan left.") == 1
    assert page.nsmap["ssml"] == SSML.strip("{}")


def test_a_page_is_linked_to_the_pronunciations_of_its_language(tmp_path: Path) -> None:
    articles = [
        article("en"),
        article("fr-CA"),
        cut_sentences(Article(Metadata(title="None"), (paragraph("Nothing."),))),
    ]
    book = made(articles, tmp_path / "book.epub", lexicon=LEXICON)
    links = [
        [(link.get("type"), link.get("hreflang"), link.get("href")) for link in member(book, name).iter("{*}link")][1:]
        for name in ("EPUB/text/a1.xhtml", "EPUB/text/a2.xhtml", "EPUB/text/a3.xhtml")
    ]
    kind = "application/pls+xml"
    places = [(tag, f"../pronunciation/{tag}.pls") for tag in ("en", "fr-CA")]
    assert links == [*([(kind, *place)] for place in places), []]
    manifest = {item.get("href"): item.get("media-type") for item in member(book, "EPUB/content.opf").iter("{*}item")}
    assert manifest["pronunciation/fr-CA.pls"] == kind
    assert properties(book, "schema:accessibilityFeature").count("ttsMarkup") == 1


def test_the_pronunciations_hold_what_occurs_as_it_is_written_there() -> None:
    book = ebook.build([article()], Config(), lexicon=LEXICON)
    data = next(item.data for item in book.items if item.href.endswith(".pls"))
    found = parse_lexicon(data, "en.pls")
    quay, siobhan = LEXICON.entries[1], LEXICON.entries[0]
    assert found.language == "en"
    assert found.entries == (
        siobhan,
        *(LexiconEntry(form, quay.say) for form in ("QUAY", "Quay", "quay")),
        LexiconEntry("O’Dea", phonemes='oU"deI', alphabet="x-sampa"),
    )


def test_a_lexicon_of_other_terms_changes_nothing() -> None:
    other = Lexicon((LexiconEntry("Nowhere", "now here"),))
    assert ebook.build([article()], Config(), lexicon=other) == ebook.build([article()], Config())


def test_a_book_with_pronunciations_is_valid(tmp_path: Path, epubcheck: Judge) -> None:
    terms = Lexicon((*LEXICON.entries, LexiconEntry("rose", "rows", "rəʊz"), LexiconEntry("soft", "sawft", "sɒft")))
    book = made([article(), everything()], tmp_path / "book.epub", lexicon=terms)
    assert [message for message in epubcheck(book) if not message.startswith(UNSEEN)] == []
