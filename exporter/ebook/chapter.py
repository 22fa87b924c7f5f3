"""One article becomes one XHTML document, or several where it is too long for one."""

from __future__ import annotations

import msgspec

from exporter.article import Article
from exporter.ebook import block_xhtml, book_links, ui_strings
from exporter.ebook.package import ContentsEntry
from exporter.ebook.render_context import RenderContext
from exporter.ebook.typography import set_line
from exporter.ebook.xhtml import TYPE, XHTML, Element, add, page, reading, titled, written

LARGEST = 260_000
"""Bytes of one document: Adobe's readers fail above 300 kB, and calibre cuts here (`flow_size`)."""


class XhtmlDocument(msgspec.Struct, frozen=True):
    """An XHTML document: its place, its bytes and its tree."""

    href: str
    data: bytes
    html: Element


def write(making: RenderContext, href: str, style: str) -> tuple[XhtmlDocument, ...]:
    """Write an article: its head, its blocks, its notes; further documents are called ``NAME-2.xhtml`` and so on."""
    metadata = making.article.metadata
    html, section = _begin(making.article, style)
    _head(section, making)
    head_length = len(section)
    block_xhtml.write(section, making.article.blocks, making)
    whole = [*section][head_length:]
    parts = _parts(section, whole)
    trees = [html]
    sections = [section]
    for part in parts[1:]:
        html, section = _begin(making.article, style)
        del section.attrib["aria-labelledby"]
        section.set("aria-label", titled(metadata.title))
        section.extend(part)
        trees.append(html)
        sections.append(section)
    _notes(sections, making)
    stem = href.removesuffix(".xhtml")
    places = [href, *(f"{stem}-{number}.xhtml" for number in range(2, len(trees) + 1))]
    _relink(trees, places)
    if making.pronouncer:
        for tree in trees:
            if making.pronouncer.mark(tree):
                making.features.add("ttsMarkup")
    return tuple(XhtmlDocument(place, written(tree), tree) for place, tree in zip(places, trees, strict=True))


def _begin(article: Article, style: str) -> tuple[Element, Element]:
    html, body = page(titled(article.metadata.title), article.metadata.language, style)
    body.text = body.tail = "\n"
    section = add(body, "section", role="doc-chapter", aria_labelledby="title")
    section.set(TYPE, "chapter")
    section.text = section.tail = "\n"
    return html, section


def _head(section: Element, making: RenderContext) -> None:
    """Add the head of the article: where it appeared, what it is called, by whom, when and where to find it."""
    metadata = making.article.metadata
    language = metadata.language
    header = add(section, "header")
    header.tail = "\n"
    if places := [place for place in (metadata.site, metadata.section) if place]:
        add(header, "p", making.set_line(" · ".join(places)), class_="site")
    making.identify(add(header, "h1", making.set_line(titled(metadata.title))), "title")
    if metadata.authors:
        names = ui_strings.listing(metadata.authors, language)
        making.identify(add(header, "p", ui_strings.words(language).by.format(names=names), class_="byline"), "byline")
    if metadata.published:
        date = add(header, "p", class_="date")
        stated = metadata.published if ui_strings.is_date(metadata.published) else ""
        add(date, "time" if stated else "span", ui_strings.date(metadata.published, language), datetime=stated)
        making.identify(date, "date")
    source = book_links.external(metadata.source or "")
    if source:
        paragraph = add(header, "p", f"{ui_strings.words(language).source}: ", class_="source")
        add(paragraph, "a", book_links.server(source), href=source)


def _parts(section: Element, whole: list[Element]) -> list[list[Element]]:
    """Cut the blocks of a section into parts that are small enough, the first of which may hold all."""
    sizes = [len(written(element)) for element in whole] if len(written(section)) > LARGEST else []
    parts: list[list[Element]] = [[]]
    size = 0
    for element, length in zip(whole, sizes, strict=bool(sizes)):
        if size + length > LARGEST and parts[-1]:
            parts.append([])
            size = 0
        parts[-1].append(element)
        size += length
    return parts


def _notes(sections: list[Element], making: RenderContext) -> None:
    """Add each note to the part that marks it first, those that nothing marks to the last."""
    left = dict(making.notes)
    for section in sections:
        if section is sections[-1]:
            here = [*left.values()]
        else:
            marks = {anchor.get("href") for anchor in section.iter("{*}a") if anchor.get(TYPE) == "noteref"}
            here = [number for number in left.values() if f"#note{number}" in marks]
        left = {name: number for name, number in left.items() if number not in here}
        if not here:
            continue
        notes = add(section, "section", class_="notes", role="doc-endnotes", aria_label=_notes_title(making))
        notes.set(TYPE, "endnotes")
        making.identify(notes, "notes" if section is sections[-1] else "")
        notes.text = notes.tail = "\n"
        making.level = 2
        add(notes, "h2", _notes_title(making)).tail = "\n"
        for number in here:
            block_xhtml.write_note(notes, number, making)


def _notes_title(making: RenderContext) -> str:
    return ui_strings.words(making.article.metadata.language).notes


def _relink(trees: list[Element], places: list[str]) -> None:
    """Let links within the article find the part their target is in; those to what shows nothing are none."""
    names = [place.rsplit("/", 1)[-1] for place in places]
    where = {element.get("id"): name for tree, name in zip(trees, names, strict=True) for element in tree.iter("{*}*")}
    for tree, name in zip(trees, names, strict=True):
        for anchor in tree.iter("{*}a"):
            target = anchor.get("href", "")
            if not target.startswith("#"):
                continue
            if target[1:] not in where:
                anchor.tag = f"{{{XHTML}}}span"
                del anchor.attrib["href"]
            elif where[target[1:]] != name:
                anchor.set("href", where[target[1:]] + target)


def entry(article: Article, documents: tuple[XhtmlDocument, ...]) -> ContentsEntry:
    """Make the line of the table of contents for an article, with its headings of two levels below it."""
    sections: list[tuple[ContentsEntry, list[ContentsEntry]]] = []
    for document in documents:
        for heading in document.html.find("{*}body//{*}section"):
            tag = str(heading.tag).rpartition("}")[2]
            if tag not in {"h2", "h3"} or not heading.get("id"):
                continue
            line = ContentsEntry(" ".join(reading(heading).split()), f"{document.href}#{heading.get('id')}")
            if tag == "h2" or not sections:
                sections.append((line, []))
            else:
                sections[-1][1].append(line)
    lines = (ContentsEntry(line.title, line.href, tuple(below)) for line, below in sections)
    title = set_line(article.metadata.title, article.metadata.language)
    return ContentsEntry(title, documents[0].href, tuple(lines))
