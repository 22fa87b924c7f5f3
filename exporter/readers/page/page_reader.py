"""The way from a page's bytes to its article."""

from __future__ import annotations

from pathlib import PurePath

import msgspec

from exporter.article import Article, Block, Metadata, Note
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError
from exporter.readers import Read, heading_levels, poems
from exporter.readers.page import (
    dom,
    footnotes,
    formula_elements,
    html_encoding,
    link_targets,
    main_content,
    pruning,
    resolved_metadata,
)
from exporter.readers.page.dom import Element
from exporter.readers.page.page_blocks import PageBlockBuilder
from exporter.readers.page.page_inlines import PageReferences
from exporter.readers.page.page_links import Links
from exporter.readers.page.page_metadata import gather_metadata
from exporter.readers.page.pictures import Pictures
from exporter.readers.page.post_filters import article_opening, chain
from exporter.readers.page.post_filters.trim_context import TrimContext
from exporter.readers.page.resolved_metadata import ResolvedMetadata


class _ExtractedArticle(msgspec.Struct, frozen=True):
    """What a page gives: its blocks, its notes, and what was left out."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    notices: tuple[Notice, ...]


def read_page(document: Document, settings: InputSettings) -> Read:
    """Read a page; raises `SourceError` where it holds no text, or is made to do harm."""
    if len(document.data) > settings.largest:
        raise _source_error(
            document, f"TooLarge: more than {settings.largest} bytes", "Raise input.largest, or split it."
        )
    text = html_encoding.decode_html(document.data, document.charset)
    root = dom.parse_html(text, document.name)
    address = document.url or resolved_metadata.find_saved_url(text)
    evidence = gather_metadata(root, address, document.title, document.published)
    known = resolved_metadata.resolve_metadata(evidence)
    base = resolved_metadata.find_base_url(root, address or known.canonical)
    language = settings.language or known.language or _detect_language(root)
    pictures = Pictures(base, document.folder, wanted=settings.images)
    page = PageReferences(Links(base), pictures, {}, language, formula_elements.has_tex_script(root))
    try:
        taken = _extract_article(root, known, page, whole=document.whole)
    except RecursionError as error:
        raise _source_error(
            document, "TooDeep: its parts are nested too deep", "Save it from a reader view."
        ) from error
    if not taken.blocks:
        raise _source_error(
            document, "NoArticle: the page holds no text", "Save the page from a browser, and read that."
        )
    cover = article_opening.find_lead_image(taken.blocks) or (pictures.add(known.image) if known.image else None)
    article = Article(
        metadata=_make_metadata(document, known, language, cover, address),
        blocks=taken.blocks,
        notes=taken.notes,
        resources=pictures.used(taken.blocks, taken.notes, cover),
    )
    return Read(article, taken.notices)


def _detect_language(root: Element) -> str:
    """The language of a page that states none."""
    from exporter.readers.language_detection import detect_language  # noqa: PLC0415  most pages state theirs

    return detect_language([dom.text_of(main_content.body_of(root))])


def _extract_article(root: Element, known: ResolvedMetadata, page: PageReferences, *, whole: bool) -> _ExtractedArticle:
    """Take the article out of the page, or all of what is `whole` an article."""
    heading = dom.text_of(known.heading) if known.heading is not None else ""
    marks, bodies = footnotes.extract_notes(root, page.links)
    pruned = pruning.prune_page(root, marks, whole=whole)
    place = (
        main_content.MainContent(main_content.body_of(root))
        if whole
        else main_content.find_main_content(root, furnished=pruned.furniture)
    )
    plain = whole or not (pruned.furniture or main_content.has_text_outside(place.element, root))
    builder = PageBlockBuilder(
        msgspec.structs.replace(page, marks=marks, places=link_targets.find_link_targets(place.element, page.links))
    )
    shown = TrimContext(
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
    first = article_opening.keep_lead_blocks(
        builder.build(*main_content.find_lead_elements(known.heading, place.element)), shown
    )
    found = (*first, *builder.build(place.element))
    kept, notices = chain.trim_blocks(found, shown, plain=plain)
    endnotes = tuple(Note(note.name, note.label, builder.build(note.element)) for note in bodies)
    return _ExtractedArticle(
        poems.find_poems(heading_levels.renumber_levels(kept or found)),
        endnotes,
        (*pruned.notices, *notices) if kept else pruned.notices,
    )


def _make_metadata(
    document: Document, known: ResolvedMetadata, language: str, cover: str | None, address: str
) -> Metadata:
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


def _source_error(document: Document, cause: str, remedy: str) -> SourceError:
    return SourceError("reading", document.name, cause, remedy)
