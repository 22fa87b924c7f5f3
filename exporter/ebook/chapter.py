"""One article becomes one XHTML document, or several if it is too long for one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from exporter import ui_strings
from exporter.article import Article
from exporter.ebook import block_xhtml, book_links
from exporter.ebook.package import ContentsEntry
from exporter.ebook.render_context import RenderContext
from exporter.ebook.typography import set_line
from exporter.ebook.xhtml import (
    EPUB_TYPE,
    XHTML,
    Element,
    add_element,
    begin_page,
    clean_title,
    extract_text,
    fold_letters,
    serialize,
)

MAX_DOCUMENT_BYTES = 260_000
"""Bytes of one document: Adobe's reading systems fail above 300 kB; calibre divides at this size (`flow_size`)."""

_PART = re.compile(r"(?:-\d+)?\.xhtml$")
"""The end of a document's name after that of its article."""

_MAX_PARAGRAPHS_TO_STANDFIRST = 2
"""Paragraphs of which one may be the standfirst: a label may stand above it."""


class XhtmlDocument(msgspec.Struct, frozen=True):
    """An XHTML document: its path in the package, its bytes and its tree."""

    href: str
    data: bytes
    html: Element


def write_chapter(context: RenderContext, href: str, style: str) -> tuple[XhtmlDocument, ...]:
    """Write an article: its header, its blocks, its notes; further documents are ``NAME-2.xhtml`` and so on."""
    metadata = context.article.metadata
    html, section = _begin_document(context.article, style)
    _write_header(section, context)
    header_length = len(section)
    block_xhtml.write_blocks(section, context.article.blocks, context)
    _mark_standfirst([*section][header_length:], metadata.description or "")
    parts = _divide_blocks(section, [*section][header_length:])
    trees = [html]
    sections = [section]
    for part in parts[1:]:
        html, section = _begin_document(context.article, style)
        del section.attrib["aria-labelledby"]
        section.set("aria-label", clean_title(metadata.title))
        section.extend(part)
        trees.append(html)
        sections.append(section)
    _write_notes(sections, context)
    stem = href.removesuffix(".xhtml")
    hrefs = [href, *(f"{stem}-{number}.xhtml" for number in range(2, len(trees) + 1))]
    _relink_parts(trees, hrefs)
    if context.pronouncer:
        for tree in trees:
            if context.pronouncer.mark(tree):
                context.features.add("ttsMarkup")
    return tuple(XhtmlDocument(place, serialize(tree), tree) for place, tree in zip(hrefs, trees, strict=True))


def _begin_document(article: Article, style: str) -> tuple[Element, Element]:
    html, body = begin_page(clean_title(article.metadata.title), article.metadata.language, style)
    body.text = body.tail = "\n"
    section = add_element(body, "section", role="doc-chapter", aria_labelledby="title")
    section.set(EPUB_TYPE, "chapter")
    section.text = section.tail = "\n"
    return html, section


def _write_header(section: Element, context: RenderContext) -> None:
    """Add the header of the article: site and section, title, byline, date and source."""
    metadata = context.article.metadata
    language = metadata.language
    header = add_element(section, "header")
    header.tail = "\n"
    if site := " · ".join(filter(None, (metadata.site, metadata.section))):
        add_element(header, "p", context.set_line(site), class_="site")
    context.identify(add_element(header, "h1", context.set_line(clean_title(metadata.title))), "title")
    if metadata.authors:
        names = ui_strings.join_names(metadata.authors, language)
        context.identify(
            add_element(header, "p", ui_strings.load_strings(language).by.format(names=names), class_="byline"),
            "byline",
        )
    if metadata.published:
        date = add_element(header, "p", class_="date")
        stated = metadata.published if ui_strings.is_date(metadata.published) else ""
        add_element(
            date, "time" if stated else "span", ui_strings.format_date(metadata.published, language), datetime=stated
        )
        context.identify(date, "date")
    source = book_links.make_external_url(metadata.source or "")
    if source:
        paragraph = add_element(header, "p", f"{ui_strings.load_strings(language).source}: ", class_="source")
        add_element(paragraph, "a", book_links.name_host(source), href=source)


def _mark_standfirst(blocks: list[Element], description: str) -> None:
    """Give the paragraph that is the description of the article the class of a standfirst, if others follow it."""
    letters = fold_letters(description)
    paragraphs = [block for block in blocks if block.tag == f"{{{XHTML}}}p"]
    for paragraph in paragraphs[:-1][:_MAX_PARAGRAPHS_TO_STANDFIRST]:
        if letters and fold_letters("".join(paragraph.itertext())) == letters:
            paragraph.set("class", "standfirst")
            return


def _divide_blocks(section: Element, blocks: list[Element]) -> list[list[Element]]:
    """Divide the blocks of a section into parts that are small enough; the first may contain all."""
    sizes = [len(serialize(block)) for block in blocks] if len(serialize(section)) > MAX_DOCUMENT_BYTES else []
    parts: list[list[Element]] = [[]]
    size = 0
    for block, length in zip(blocks, sizes, strict=bool(sizes)):
        if size + length > MAX_DOCUMENT_BYTES and parts[-1]:
            parts.append([])
            size = 0
        parts[-1].append(block)
        size += length
    return parts


def _write_notes(sections: list[Element], context: RenderContext) -> None:
    """Add each note to the first part that has its mark, and notes without a mark to the last."""
    left = dict(context.notes)
    for section in sections:
        if section is sections[-1]:
            here = [*left.values()]
        else:
            marks = {anchor.get("href") for anchor in section.iter("{*}a") if anchor.get(EPUB_TYPE) == "noteref"}
            here = [number for number in left.values() if f"#note{number}" in marks]
        left = {name: number for name, number in left.items() if number not in here}
        if not here:
            continue
        notes = add_element(section, "section", class_="notes", role="doc-endnotes", aria_label=_name_notes(context))
        notes.set(EPUB_TYPE, "endnotes")
        context.identify(notes, "notes" if section is sections[-1] else "")
        notes.text = notes.tail = "\n"
        context.level = 2
        add_element(notes, "h2", _name_notes(context)).tail = "\n"
        for number in here:
            block_xhtml.write_note(notes, number, context)


def _name_notes(context: RenderContext) -> str:
    return ui_strings.load_strings(context.article.metadata.language).notes


def _relink_parts(trees: list[Element], hrefs: list[str]) -> None:
    """Point links within the article to the part that has their target; links without a target become spans."""
    names = [href.rsplit("/", 1)[-1] for href in hrefs]
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


def relink_articles(documents: Sequence[XhtmlDocument]) -> list[XhtmlDocument]:
    """Point links between articles to the document that has their target, one without a target to the article itself.

    `documents` are those of all articles of a book.
    """
    places = {
        (_PART.sub("", document.href.rsplit("/", 1)[-1]), element.get("id")): document.href.rsplit("/", 1)[-1]
        for document in documents
        for element in document.html.iter("{*}*")
        if element.get("id")
    }
    return [_relink_document(document, places) for document in documents]


def _relink_document(document: XhtmlDocument, places: Mapping[tuple[str, str], str]) -> XhtmlDocument:
    has_changed = False
    for anchor in document.html.iter("{*}a"):
        name, mark, fragment = anchor.get("href", "").partition("#")
        if not (mark and name and name.endswith(".xhtml") and ":" not in name):
            continue
        place = places.get((_PART.sub("", name), fragment))
        href = f"{place}#{fragment}" if place else name
        if href != anchor.get("href"):
            anchor.set("href", href)
            has_changed = True
    return XhtmlDocument(document.href, serialize(document.html), document.html) if has_changed else document


def make_contents_entry(article: Article, documents: tuple[XhtmlDocument, ...]) -> ContentsEntry:
    """Make the entry of the table of contents for an article, with its headings of two levels below it."""
    sections: list[tuple[ContentsEntry, list[ContentsEntry]]] = []
    for document in documents:
        for heading in document.html.find("{*}body//{*}section"):
            tag = str(heading.tag).rpartition("}")[2]
            if tag not in {"h2", "h3"} or not heading.get("id"):
                continue
            entry = ContentsEntry(" ".join(extract_text(heading).split()), f"{document.href}#{heading.get('id')}")
            if tag == "h2" or not sections:
                sections.append((entry, []))
            else:
                sections[-1][1].append(entry)
    entries = (ContentsEntry(entry.title, entry.href, tuple(below)) for entry, below in sections)
    title = set_line(article.metadata.title, article.metadata.language)
    return ContentsEntry(title, documents[0].href, tuple(entries))
