"""An article as HTML: its markup of a book, in one piece, with its pictures within it.

The markup is that of `exporter.ebook`, so a page and a book show the same.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from lxml import etree

from exporter.article import Article
from exporter.ebook import book_images, book_links, chapter, text_check
from exporter.ebook.render_context import RenderContext, number_notes
from exporter.ebook.typography import Typesetter
from exporter.ebook.xhtml import EPUB_TYPE, XML_LANG, Element
from exporter.errors import Notice

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_REMOVED_TAG = "removed"
_MAX_NARROW_COLUMNS = 3  # of a table: more may be wider than a phone; chosen, no measurement
_PICTURE_PROFILE = "generic"  # of `book_images.PROFILES`: browsers show what any reader of books shows


class ArticleHtml(msgspec.Struct, frozen=True):
    """The `section` element of an article; its ids begin with `prefix`, which is empty for the only article."""

    section: Element
    prefix: str
    notices: tuple[Notice, ...]

    def serialize(self, used: Collection[str]) -> str:
        """Return it as HTML, without the ids and spans that nothing refers to: `used` are the ids of the player.

        Headings keep their ids. The element is changed.
        """
        _remove_ids(self.section, {*used, *_list_references(self.section)})
        _remove_spans(self.section)
        return str(etree.tostring(self.section, method="html", encoding="unicode"))


def _list_references(section: Element) -> Iterator[str]:
    """Yield the ids that the article itself refers to."""
    for element in section.iter("*"):
        if (href := element.get("href") or "").startswith("#"):
            yield href[1:]
        if name := element.get("aria-labelledby"):
            yield name


def _remove_ids(section: Element, used: Collection[str]) -> None:
    for element in section.iter("*"):
        if element.get("id", "") not in used and element.tag not in _HEADINGS:
            element.attrib.pop("id", None)


def _remove_spans(section: Element) -> None:
    """Remove spans without attributes; a block that has no id takes that of a span that is all it has."""
    for span in section.iter("span"):
        block = span.getparent()
        is_whole = len(block) == 1 and not block.text and not span.tail and not block.get("id")
        if is_whole and span.keys() == ["id"] and block.tag != "span":
            block.set("id", span.attrib.pop("id"))
        if not span.attrib:
            span.tag = _REMOVED_TAG
    etree.strip_tags(section, _REMOVED_TAG)


def write_articles(articles: Sequence[Article]) -> Iterator[ArticleHtml]:
    """Write articles for one page; raises `OutputError` if a word would be lost."""
    images: dict[bytes, book_images.BookImage] = {}
    names = [f"a{number}.xhtml" for number in range(1, len(articles) + 1)]
    linked = book_links.link_articles(articles, names)
    for number, (article, name) in enumerate(zip(articles, names, strict=True)):
        pictures, notices = book_images.make_images(article, book_images.PROFILES[_PICTURE_PROFILE], images)
        context = RenderContext(
            article,
            pictures,
            number_notes(article.notes),
            book_links.make_resolver(articles, linked, number),
            Typesetter(article.metadata.language),
            spans=True,
        )
        documents = chapter.write_chapter(context, name, "")
        text_check.check_words(article, documents)
        prefix = f"{name.removesuffix('.xhtml')}-" if len(articles) > 1 else ""
        section = _join_sections(documents)
        _rewrite_references(section, prefix, {document.href for document in documents}, _embed(pictures.values()))
        _strip_namespaces(section)
        yield ArticleHtml(section, prefix, (*notices, *context.notices))


def _embed(pictures: Iterable[book_images.BookImage]) -> dict[str, str]:
    """Return the data URL of each picture by its path in a book."""
    items = [picture.item() for picture in pictures]
    return {item.href: f"data:{item.media_type};base64,{base64.b64encode(item.data).decode()}" for item in items}


def _join_sections(documents: Sequence[chapter.XhtmlDocument]) -> Element:
    """Return the section of an article whose text is divided over several documents."""
    first, *others = (document.html.find("{*}body/{*}section") for document in documents)
    for section in others:
        first.extend(section)
    return first


def _rewrite_references(section: Element, prefix: str, own: set[str], pictures: Mapping[str, str]) -> None:
    """Let ids and what refers to them begin with the prefix, links to articles lead there, pictures be data URLs."""
    for element in section.iter("*"):
        for name in ("id", "aria-labelledby", "aria-describedby"):
            if element.get(name):
                element.set(name, prefix + element.get(name))
        document, mark, fragment = (element.get("href") or "").partition("#")
        if mark and document in own | {""}:
            element.set("href", f"#{prefix}{fragment}")
        elif document.endswith(".xhtml") and "/" not in document:
            element.set("href", f"#{document.removesuffix('.xhtml')}-title")
        if element.get("src"):
            element.set("src", pictures[element.get("src").removeprefix("../")])


def _strip_namespaces(section: Element) -> None:
    """Turn XHTML, with MathML in it, into elements of HTML, whose parsers know the two by their names.

    What may be wider than the page gets a tab stop: it is scrolled by keys then (WCAG 2.1.1).
    """
    for element in section.iter("*"):
        element.tag = etree.QName(element).localname
        if element.tag == "pre" or (element.tag == "table" and _is_wide(element)):
            element.set("tabindex", "0")
        for name in (EPUB_TYPE, XML_LANG):
            element.attrib.pop(name, None)
    section.tail = None
    section.getparent().remove(section)  # else it would keep the namespaces of the document
    etree.cleanup_namespaces(section)


def _is_wide(table: Element) -> bool:
    return any(len(row) > _MAX_NARROW_COLUMNS for row in table.iter("{*}tr"))
