"""The way from a page's bytes to its article."""

from __future__ import annotations

from pathlib import PurePath

import msgspec

from exporter.article import Article, Block, Metadata, Note
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError
from exporter.readers import Read
from exporter.readers.page import (
    content,
    dom,
    encoding,
    facts,
    formulas,
    notes,
    opening,
    places,
    pruning,
    shaping,
    trimming,
)
from exporter.readers.page.blocks import Builder
from exporter.readers.page.dom import Element
from exporter.readers.page.evidence import gather
from exporter.readers.page.facts import Facts
from exporter.readers.page.inlines import Page
from exporter.readers.page.known import Known
from exporter.readers.page.links import Links
from exporter.readers.page.pictures import Pictures


class _Taken(msgspec.Struct, frozen=True):
    """What a page gives: its blocks, its notes, and what was left out."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    notices: tuple[Notice, ...]


def read(document: Document, settings: InputSettings) -> Read:
    """Read a page; raises `SourceError` where it holds no text, or is made to do harm."""
    if len(document.data) > settings.largest:
        raise _failure(document, f"TooLarge: more than {settings.largest} bytes", "Raise input.largest, or split it.")
    text = encoding.decode(document.data, document.charset)
    root = dom.parse(text, document.name)
    address = document.url or facts.origin(text)
    evidence = gather(root, address, document.title, document.published)
    known = facts.facts(evidence)
    base = facts.base(root, address or known.canonical)
    language = settings.language or known.language or _detected(root)
    pictures = Pictures(base, document.folder, wanted=settings.images)
    page = Page(Links(base), pictures, {}, language, formulas.are_written_in_tex(root))
    try:
        taken = _take(root, known, page, whole=document.whole)
    except RecursionError as error:
        raise _failure(document, "TooDeep: its parts are nested too deep", "Save it from a reader view.") from error
    if not taken.blocks:
        raise _failure(document, "NoArticle: the page holds no text", "Save the page from a browser, and read that.")
    cover = opening.lead(taken.blocks) or (pictures.add(known.image) if known.image else None)
    article = Article(
        metadata=_metadata(document, known, language, cover, address),
        blocks=taken.blocks,
        notes=taken.notes,
        resources=pictures.used(taken.blocks, taken.notes, cover),
    )
    return Read(article, taken.notices)


def _detected(root: Element) -> str:
    """The language of a page that states none."""
    from exporter.readers.language import detect  # noqa: PLC0415  most pages state theirs

    return detect([dom.text_of(content.body_of(root))])


def _take(root: Element, known: Facts, page: Page, *, whole: bool) -> _Taken:
    """Take the article out of the page, or all of what is `whole` an article."""
    heading = dom.text_of(known.heading) if known.heading is not None else ""
    marks, bodies = notes.take(root, page.links)
    pruned = pruning.prune(root, marks, whole=whole)
    place = content.Place(content.body_of(root)) if whole else content.article(root, furnished=pruned.furniture)
    plain = whole or not (pruned.furniture or content.is_part(place.element, root))
    builder = Builder(msgspec.structs.replace(page, marks=marks, places=places.find(place.element, page.links)))
    shown = Known(
        title=known.title,
        forms=known.titles,
        authors=known.authors,
        site=known.site or "",
        section=known.section or "",
        description=known.description or "",
        heading=heading,
        published=known.published is not None,
        chosen=place.chosen,
    )
    first = opening.opening(builder.build(*content.lead(known.heading, place.element)), shown)
    found = (*first, *builder.build(place.element))
    kept, notices = trimming.trim(found, shown, plain=plain)
    endnotes = tuple(Note(note.name, note.label, builder.build(note.element)) for note in bodies)
    return _Taken(shaping.levels(kept or found), endnotes, (*pruned.notices, *notices) if kept else pruned.notices)


def _metadata(document: Document, known: Facts, language: str, cover: str | None, address: str) -> Metadata:
    return Metadata(
        title=known.title or document.title or PurePath(document.name).stem.strip("-"),
        authors=known.authors,
        published=known.published,
        modified=known.modified,
        language=language,
        site=known.site,
        section=known.section,
        source=address or known.canonical or document.name,
        description=known.description,
        tags=known.tags or document.tags,
        rights=known.rights,
        cover=cover,
    )


def _failure(document: Document, cause: str, remedy: str) -> SourceError:
    return SourceError("reading", document.name, cause, remedy)
