"""Pages of HTML, whole or in part: saved pages, fetched ones, AMP, print views, SingleFile, fragments."""

from __future__ import annotations

import re

from exporter.article import Article, Metadata, Note
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read

_PAGE = re.compile(
    rb"\A(?:\s|<!--.*?-->|<\?xml[^>]*\?>|\xef\xbb\xbf)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FRAGMENT = re.compile(
    rb"\A(?:\s|<!--.*?-->)*<(article|main|section|div|header|p|h[1-6]|ul|ol|dl|table|figure|blockquote|pre|title|meta|span|center)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 8192
_TYPES = ("text/html", "application/xhtml+xml")
_MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})


def recognises(document: Document) -> bool:
    """A document is a page if it begins as one; a fragment must begin and end with tags."""
    head = _readable(document.data[:_HEAD])
    if _PAGE.match(head):
        return True
    if document.suffix in _MARKDOWN:
        return False
    fragment = _FRAGMENT.match(head)
    if document.media_type.partition(";")[0].strip().lower() in _TYPES or document.suffix in {
        ".html",
        ".htm",
        ".xhtml",
    }:
        return fragment is not None or re.search(rb"<[a-z][a-z0-9]*\b[^<>]*>", head, re.IGNORECASE) is not None
    if fragment is None:
        return False
    tail = document.data[-200:].rstrip()
    return tail.endswith(b">") and b"</" in tail


def read(document: Document, settings: InputSettings) -> Read:
    """Read a page; raises `SourceError` where it holds no article, or is made to do harm."""
    # lxml costs 30 ms, which only those pay who read pages.
    from exporter.readers.page import blocks as tree  # noqa: PLC0415
    from exporter.readers.page import content, dom, encoding, facts, inlines, notes, pruning, trimming  # noqa: PLC0415
    from exporter.readers.page.links import Links  # noqa: PLC0415
    from exporter.readers.page.pictures import Pictures  # noqa: PLC0415

    root = dom.parse(encoding.decode(document.data, document.charset), document.name)
    evidence = facts.gather(root, document.url or "")
    known = facts.facts(evidence)
    base = document.url or known.canonical
    links = Links(base)
    pictures = Pictures(base, document.folder, wanted=settings.images)
    language = settings.language or known.language or "en"
    heading = dom.text_of(known.heading) if known.heading is not None else ""
    marks, bodies = notes.take(root, links)
    pruning.prune(root, marks)
    place = content.article(root)
    builder = tree.Builder(inlines.Page(links, pictures, marks, language))
    shown = trimming.Known(known.title, known.authors, known.site or "", known.section or "", known.description or "", heading, place.chosen)
    opening = trimming.opening(builder.build(*content.lead(known.heading, place.element)), shown)
    body, dropped = trimming.trim((*opening, *builder.build(place.element)), shown)
    body = tree.levels(body)
    if not body:
        raise SourceError(
            "reading",
            document.name,
            "NoArticle: the page holds no text",
            "Save the page from a browser, and read that.",
        )
    cover = trimming.lead(body) or (pictures.add(known.image) if known.image else None)
    endnotes = tuple(Note(note.name, note.label, builder.build(note.element)) for note in bodies)
    article = Article(
        metadata=Metadata(
            title=known.title or document.title,
            authors=known.authors,
            published=known.published or document.published,
            modified=known.modified,
            language=language,
            site=known.site,
            section=known.section,
            source=document.url or known.canonical or document.name,
            description=known.description,
            tags=known.tags or document.tags,
            rights=known.rights,
            cover=cover,
        ),
        blocks=body,
        notes=endnotes,
        resources=pictures.resources,
    )
    return Read(article, dropped)


def _readable(head: bytes) -> bytes:
    """The beginning of a document as ASCII would have it, whatever its encoding."""
    for mark, name in (
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if head.startswith(mark):
            return head.decode(name, "ignore").lstrip("\ufeff").encode()
    return head
