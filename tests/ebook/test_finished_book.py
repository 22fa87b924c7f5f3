"""Finished books, of this program and of others, get sound and stay what they are."""

from __future__ import annotations

import io
import posixpath
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pypandoc
import pytest
from ebooklib import epub
from lxml import etree

from exporter.article import Figure
from exporter.document import Document
from exporter.ebook.finished_book import FinishedBook
from exporter.ebook.page_passages import PagePassages
from exporter.errors import SourceError
from exporter.exporters.finished_readaloud import add_sound
from exporter.fragments import anchor_words, map_sentence_texts
from tests.ebook import pictures
from tests.ebook.books import everything, made
from tests.ebook.conftest import Judge
from tests.ebook.test_readaloud import clips, config

MANUSCRIPT = """---
title: The long way round
author: Ana Díaz
lang: en
---

# First *chapter*

A sentence with *emphasis that ends. And begins* here. Another one, with a note.[^1] "Quoted," she said.

> A quotation of two sentences. It is short.

- one item
- another item. It has two sentences.

| a | b |
|---|---|
| 1.5 | two |

[^1]: The note says something. Twice.

# Second chapter

Text with `code` here. End.

```python
print("hello")
```
"""

CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?><!-- by hand -->
<opf:package xmlns:opf="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<opf:metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">urn:x:1</dc:identifier>
<dc:title>By hand</dc:title><dc:language>en</dc:language>
<opf:meta property="dcterms:modified">2020-01-01T00:00:00Z</opf:meta></opf:metadata>
<opf:manifest><opf:item id="readaloud-css" href="my%20page.xhtml" media-type="application/xhtml+xml"/>
<opf:item id="pic" href="readaloud/a.png" media-type="image/png"/>
<opf:item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></opf:manifest>
<opf:spine><opf:itemref idref="nav"/><opf:itemref idref="readaloud-css"/></opf:spine></opf:package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>C</title></head>
<body><nav epub:type="toc"><ol><li><a href="my%20page.xhtml">The page. It is one.</a></li></ol></nav></body></html>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<!-- a comment -->
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en">
<head><title>P</title></head>
<body><h1 id="spoken-b2.1">The page</h1><!-- another -->
<div>Loose text. And more<p id="own">Alone.</p> after it. The end</div>
<p>Before <span epub:type="pagebreak" role="doc-pagebreak" id="p2" aria-label="2"/>the break.<br/>A line.
<em>All of it.</em></p>
<p><img src="readaloud/a.png" alt="A gold square."/></p><p aria-hidden="true">Not this.</p></body></html>"""


def by_hand(path: Path) -> Path:
    """A book with the names that would be added, an odd path, its package at the top and passages without elements."""
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        for name, text in (
            ("META-INF/container.xml", CONTAINER),
            ("book.opf", PACKAGE),
            ("nav.xhtml", NAV),
            ("my page.xhtml", PAGE),
        ):
            book.writestr(name, text, zipfile.ZIP_DEFLATED)
        book.writestr("readaloud/a.png", pictures.drawing())
    return path


def by_pandoc(path: Path, version: str = "epub3") -> Path:
    pypandoc.convert_text(MANUSCRIPT, version, "markdown", outputfile=str(path))
    return path


def by_ebooklib(path: Path) -> Path:
    book = epub.EpubBook()
    book.set_identifier("urn:x:2")
    book.set_title("Livre")
    book.set_language("fr")
    page = epub.EpubHtml(title="Un", file_name="d/un.xhtml", lang="fr")
    page.content = (
        "<h1>Un</h1><p>Première phrase. <b>Gras. Encore</b> fin.</p><ul><li>Un<ul><li>Deux. Trois.</li></ul></li></ul>"
    )
    book.add_item(page)
    book.toc = (page,)
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    book.spine = ["nav", page]
    epub.write_epub(str(path), book)
    return path


def by_exporter(path: Path) -> Path:
    return made([everything(), everything()], path, style="modern")


MAKERS = {"by hand": by_hand, "pandoc": by_pandoc, "ebooklib": by_ebooklib, "exporter": by_exporter}


def opened(path: Path) -> FinishedBook:
    return FinishedBook(Document(str(path), path.read_bytes()), 100_000_000)


def with_sound(book: Path, folder: Path, granularity: str = "sentence") -> Path:
    add_sound(opened(book), config(folder, granularity), folder / "spoken.epub")
    return folder / "spoken.epub"


@pytest.mark.epubcheck
@pytest.mark.parametrize("granularity", ["sentence", "word"])
@pytest.mark.parametrize("maker", MAKERS)
def test_epubcheck_says_nothing_that_it_did_not_say_before(
    tmp_path: Path, epubcheck: Judge, maker: str, granularity: str
) -> None:
    before = MAKERS[maker](tmp_path / "book.epub")
    after = with_sound(before, tmp_path, granularity)
    messages, found = ([m.partition(" @ ")[0] for m in epubcheck(book)] for book in (before, after))
    assert sorted(found) == sorted(messages)


@pytest.mark.parametrize("granularity", ["sentence", "word"])
@pytest.mark.parametrize("maker", MAKERS)
def test_everything_stays_but_what_overlays_need(tmp_path: Path, maker: str, granularity: str) -> None:
    path = MAKERS[maker](tmp_path / "book.epub")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(with_sound(path, tmp_path, granularity)) as after:
        names = before.namelist()
        assert after.namelist()[: len(names)] == names
        for name in names:
            if before.read(name) == after.read(name):
                continue
            old, new = etree.fromstring(before.read(name)), etree.fromstring(after.read(name))
            for link in new.iterfind(".//{*}head/{*}link[@rel='stylesheet']"):
                if link.get("href").endswith("active.css"):
                    link.getparent().remove(link)
            if name.endswith(".opf"):
                _drop_added(new)
            for span in list(new.iter("{*}span")):
                if span.get("id", "").startswith("spoken-"):
                    span.tag = "added"
            etree.strip_tags(new, "added")
            assert [*map(_shape, new.iter())] == [*map(_shape, old.iter())], name
            assert "".join(new.itertext()).split() == "".join(old.itertext()).split(), name


def _drop_added(package: etree._Element) -> None:
    """Remove what overlays add to a package document."""
    for element in list(package.iter("{*}meta", "{*}item")):
        place, value = element.get("href", ""), element.text or ""
        is_fact = element.get("property", "").startswith("media:") or value in {"auditory", "synchronizedAudioText"}
        if is_fact or (place.startswith("readaloud") and not place.endswith(".png")):
            element.getparent().remove(element)


def _shape(element: etree._Element) -> tuple[object, dict[str, str]]:
    """The name and the attributes of an element, without those that overlays add."""
    kept = {key: value for key, value in element.attrib.items() if key != "media-overlay"}
    if kept.get("id", "").startswith("spoken-"):
        del kept["id"]
    return element.tag, kept


@pytest.mark.parametrize("granularity", ["sentence", "word"])
@pytest.mark.parametrize("maker", MAKERS)
def test_each_clip_is_that_of_a_place_in_its_page_and_none_is_missing_between(
    tmp_path: Path, maker: str, granularity: str
) -> None:
    with zipfile.ZipFile(with_sound(MAKERS[maker](tmp_path / "book.epub"), tmp_path, granularity)) as book:
        overlays = [name for name in book.namelist() if name.endswith(".smil")]
        assert overlays
        for name in overlays:
            found = clips(book, name)
            (page,) = {
                posixpath.normpath(posixpath.join(posixpath.dirname(name), text.partition("#")[0]))
                for text, *_ in found
            }
            ids = [element.get("id") for element in etree.fromstring(book.read(unquote(page))).iter()]
            places = [ids.index(text.partition("#")[2]) for text, *_ in found]
            assert places == sorted(set(places))
            assert [begin for _, _, begin, _ in found] == [0.0, *(end for *_, end in found[:-1])]


def _marked(body: str, *, words: bool = False) -> str:
    """A body whose places, sentences or words, are all spoken, as it is then."""
    tree = etree.fromstring(f'<body xmlns="http://www.w3.org/1999/xhtml">{body}</body>')
    passages = PagePassages(tree, "en")
    ends = [f".{number}" for number in (1, 2, 3)]
    if words:
        ends = [f"{end}.w{number}" for end in ends for number in (1, 2, 3, 4)]
    anchors = {f"{block.anchor}{end}" for block in passages.article.blocks for end in ("", *ends)}
    passages.mark(anchors, anchor_words(passages.article) if words else passages.article)
    text = etree.tostring(tree, encoding="unicode").replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
    return text.removeprefix("<body>").removesuffix("</body>").replace("spoken-", "")


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("<p>One.</p>", '<p id="b1.1">One.</p>'),
        ('<p id="x">One.</p>', '<p id="x">One.</p>'),
        ("<p>One. Two.</p>", '<p><span id="b1.1">One.</span> <span id="b1.2">Two.</span></p>'),
        (
            "<p>One <em>is. Two</em> is. Three.</p>",  # the second begins within an emphasis
            '<p><span id="b1.1">One <em>is. Two</em> is.</span> <span id="b1.3">Three.</span></p>',
        ),
        ("<p><b>One. Two.</b></p>", '<p id="b1.1"><b>One. Two.</b></p>'),
        (
            "<p><i>One.</i> <i>Two.</i></p>",
            '<p><span id="b1.1"><i>One.</i></span> <span id="b1.2"><i>Two.</i></span></p>',
        ),
        (
            "<div>One<p>Two.</p>three. Four.</div>",
            '<div><span id="b1.1">One</span><p id="b2.1">Two.</p><span id="b3.1">three.</span> '
            '<span id="b3.2">Four.</span></div>',
        ),
        ("<pre>x = 1. y</pre>", '<pre id="b1">x = 1. y</pre>'),
        ('<p><img alt="A weir."/></p>', '<p><img alt="A weir." id="b1"/></p>'),
        ("<p> — </p><p/><nav>One.</nav>", "<p> — </p><p/><nav>One.</nav>"),
        (
            '<p>One.<a role="doc-noteref" href="#n">1</a> Two.</p>',
            '<p><span id="b1.1">One.<a role="doc-noteref" href="#n">1</a></span> <span id="b1.2">Two.</span></p>',
        ),
        ("<p><ruby>東<rt>とう</rt></ruby> it is</p>", '<p id="b1.1"><ruby>東<rt>とう</rt></ruby> it is</p>'),
    ],
)
def test_sentences_get_ids_and_the_markup_stays(body: str, marked: str) -> None:
    assert _marked(body) == marked


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("<p>One.</p>", '<p id="b1.1.w1">One.</p>'),
        (
            "<p>One is. Two.</p>",
            '<p><span id="b1.1.w1">One</span> <span id="b1.1.w2">is.</span> <span id="b1.2.w1">Two.</span></p>',
        ),
        (
            "<p>This <em>is it</em> now.</p>",  # the last word of the emphasis begins within it
            '<p><span id="b1.1.w1">This</span> <span id="b1.1.w2"><em>is it</em></span> '
            '<span id="b1.1.w4">now.</span></p>',
        ),
        (
            "<p>Un<b>half</b>ed word</p>",
            '<p><span id="b1.1.w1">Un<b>half</b>ed</span> <span id="b1.1.w2">word</span></p>',
        ),
        ("<pre>x = 1. y</pre>", '<pre id="b1">x = 1. y</pre>'),
    ],
)
def test_words_get_ids_and_the_markup_stays(body: str, marked: str) -> None:
    assert _marked(body, words=True) == marked


def test_what_is_read_is_the_text_without_the_numbers_of_pages_and_notes(tmp_path: Path) -> None:
    (page,) = opened(by_hand(tmp_path / "book.epub")).pages()
    article = PagePassages(page.body, "en").article
    assert [text.strip() for text in map_sentence_texts(article).values()] == [
        *("The page", "Loose text.", "And more", "Alone.", "after it.", "The end", "Before the break.", "A line."),
        "All of it.",
    ]
    assert [block.alt for block in article.blocks if isinstance(block, Figure)] == ["A gold square."]


def test_an_old_book_a_locked_one_and_one_that_speaks_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="OldVersion"):
        opened(by_pandoc(tmp_path / "old.epub", "epub2"))
    with pytest.raises(SourceError, match="HasOverlays"):
        opened(with_sound(by_hand(tmp_path / "book.epub"), tmp_path))
    path = by_hand(tmp_path / "locked.epub")
    with zipfile.ZipFile(path, "a") as book:
        book.writestr(
            "META-INF/encryption.xml",
            '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
            'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://x.example/drm"/>'
            "</EncryptedData></encryption>",
        )
    with pytest.raises(SourceError, match="Locked"):
        opened(path)


def test_a_book_without_words_has_nothing_to_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(by_hand(tmp_path / "book.epub")) as book, zipfile.ZipFile(out, "w") as silent:
        for name in book.namelist():
            data = book.read(name)
            silent.writestr(
                name, b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>" if name == "my page.xhtml" else data
            )
    with pytest.raises(SourceError, match="EmptySource"):
        add_sound(FinishedBook(Document("a.epub", out.getvalue()), 1_000_000), config(tmp_path), tmp_path / "a.epub")


@pytest.mark.parametrize(
    ("page", "book", "expected"),
    [("pt-BR", "en", "pt-BR"), ("C", "fr", "fr"), ("und", "zxx", ""), ("", "", "")],
)
def test_a_language_that_is_none_is_not_believed(tmp_path: Path, page: str, book: str, expected: str) -> None:
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(by_hand(path)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["book.opf"] = files["book.opf"].replace(b"language>en<", f"language>{book}<".encode())
    files["my page.xhtml"] = files["my page.xhtml"].replace(b'xml:lang="en"', f'xml:lang="{page}"'.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    found = opened(path)
    assert [found.find_language(one) for one in found.pages()] == [expected]
