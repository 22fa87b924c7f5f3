"""From the bytes of a page to its article: the steps in their order."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

import msgspec

from exporter.article import Article, Block, Heading, Metadata, Note, block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read, heading_levels, poems
from exporter.readers.article_texts import list_texts
from exporter.readers.language_detection import detect_language
from exporter.readers.page import (
    data_uris,
    dom,
    footnotes,
    formula_elements,
    html_encoding,
    link_targets,
    main_content,
    own_statements,
    page_markup,
    pruning,
    resolved_metadata,
    stand_ins,
    stated_body,
    teasers,
    threads,
)
from exporter.readers.page.element_index import ElementIndex
from exporter.readers.page.page_account import PageAccount
from exporter.readers.page.page_blocks import PageBlockBuilder
from exporter.readers.page.page_inlines import PageReferences
from exporter.readers.page.page_links import UNKNOWN_SITE, Links, remove_unknown_links
from exporter.readers.page.page_metadata import PageMetadata, gather_metadata
from exporter.readers.page.pictures import Pictures
from exporter.readers.page.post_filters import article_opening, chain
from exporter.readers.page.post_filters.trim_context import TrimContext
from exporter.readers.page.resolved_metadata import ResolvedMetadata
from exporter.readers.text_tests import text_key


class _ExtractedArticle(msgspec.Struct, frozen=True):
    """The blocks and notes of an article."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


def read_page(document: Document, settings: InputSettings) -> Read:
    """Read a page; raises `SourceError` if it holds no text, or exceeds the limits on size and depth."""
    if len(document.data) > settings.largest:
        cause = f"TooLarge: more than {settings.largest} bytes"
        raise SourceError("reading", document.name, cause, "Raise input.largest, or split it.")
    text, embedded_pictures = data_uris.move_pictures_out(html_encoding.decode_html(document.data, document.charset))
    document = msgspec.structs.replace(document, parts=(*document.parts, *embedded_pictures))
    root = dom.parse_html(text, document.name)
    embedded = page_markup.open_frames(root, document)
    index = ElementIndex(root)
    page_markup.rewrite_page(root, index)
    stand_in = stand_ins.describe_stand_in(root)
    account = PageAccount(main_content.body_of(root), index.find_unseen())
    url = document.url or resolved_metadata.find_saved_url(text)
    metadata = gather_metadata(root, url, document.title, document.published)
    facts = resolved_metadata.resolve_metadata(metadata)
    base = resolved_metadata.find_base_url(root, url or facts.canonical)
    language = settings.language or facts.language or detect_language([*dom.iter_passages(main_content.body_of(root))])
    pictures = Pictures(base, document, wanted=settings.images)
    references = PageReferences(
        Links(base or UNKNOWN_SITE), pictures, {}, language, formula_elements.has_tex_script(root)
    )
    try:
        found = _extract_article(metadata, index, facts, references, account, whole=document.whole)
    except RecursionError as error:
        cause = "TooDeep: its parts are nested too deep"
        raise SourceError("reading", document.name, cause, "Save it from a reader view.") from error
    if body := stated_body.read_stated_body(metadata, found.blocks):
        embedded, found = (*embedded, stated_body.NOTICE), _ExtractedArticle(body, ())
        account.explain(main_content.body_of(root), "the text that the page states for machines is read in its place")
    _refuse_stand_in(found.blocks, facts.title, stand_in, document.name)
    cover = article_opening.find_lead_image(found.blocks) or (pictures.add_url(facts.image) if facts.image else None)
    article = Article(
        metadata=_make_metadata(document, facts, language, cover, url),
        blocks=found.blocks,
        notes=found.notes,
        resources=pictures.used_resources(found.blocks, found.notes, cover),
    )
    texts = list_texts(article)
    notices = own_statements.find_shortfall(metadata, (text for _, text in texts))
    return Read(article, (*embedded, *notices), account.close(article.metadata, texts, facts.heading))


def _refuse_stand_in(blocks: tuple[Block, ...], title: str, stand_in: str, name: str) -> None:
    """Raise `SourceError` if a page holds no words but its title, or those of a page in an article's place."""
    key = text_key(title)
    if all(isinstance(block, Heading) and text_key(block_text(block)) == key for block in blocks):
        cause = "NoArticle: the page holds no text"
        raise SourceError("reading", name, cause, "Save the page from a browser, and read that.")
    stand_in = stand_in or (stand_ins.CONSENT if stand_ins.asks_consent(blocks) else "")
    if stand_in and stand_ins.is_short(blocks):
        cause = f"NoArticle: it is {stand_in}"
        remedy = "Save it from a browser that shows the article, or use --cookies."
        raise SourceError("reading", name, cause, remedy)


def _extract_article(
    metadata: PageMetadata,
    index: ElementIndex,
    facts: ResolvedMetadata,
    references: PageReferences,
    account: PageAccount,
    *,
    whole: bool,
) -> _ExtractedArticle:
    """Extract the article from the page; if `whole` is set, all of the page is the article."""
    root, stated = metadata.root, own_statements.find_stated_parts(metadata, index)
    heading = dom.text_of(facts.heading) if facts.heading is not None else ""
    marks, bodies = footnotes.extract_notes(root, references.links, account)
    body = main_content.body_of(root)
    others = teasers.find_others(body, index, references.links.base, facts.heading)
    kept = {
        *marks,
        *threads.find_comments(body, index),
        *own_statements.find_standfirst(account.texts, index, facts.description or ""),
    }
    had_boilerplate = pruning.prune_page(root, account, kept, others, whole=whole)
    content = (
        main_content.MainContent(main_content.body_of(root))
        if whole
        else main_content.find_main_content(root, index, facts.heading, stated, has_boilerplate=had_boilerplate)
    )
    plain = whole or not (had_boilerplate or main_content.has_text_outside(content.element, root))
    targets = link_targets.find_link_targets(content.element, references.links)
    builder = PageBlockBuilder(msgspec.structs.replace(references, marks=marks, targets=targets))
    context = _make_context(facts, heading, content, stated)
    lead = main_content.find_lead_elements(facts.heading, content.element)
    account.drop_outside(content.element, lead)
    around = builder.build(*lead)
    inner = builder.build(content.element)
    blocks = (*article_opening.keep_lead_blocks(around, context), *inner)
    trimmed, dropped = chain.trim_blocks(blocks, context, plain=plain)
    account.trim(around, inner, dropped if trimmed else ())
    final = poems.find_poems(heading_levels.renumber_levels(trimmed or blocks))
    notes = tuple(Note(note.name, note.label, builder.build(note.element)) for note in bodies)
    found = _ExtractedArticle(final, notes)
    return _remove_unknown_links(found) if references.links.base == UNKNOWN_SITE else found


def _remove_unknown_links(found: _ExtractedArticle) -> _ExtractedArticle:
    notes = (msgspec.structs.replace(note, blocks=remove_unknown_links(note.blocks)) for note in found.notes)
    return _ExtractedArticle(remove_unknown_links(found.blocks), tuple(notes))


def _make_context(
    facts: ResolvedMetadata, heading: str, content: main_content.MainContent, stated: Collection[str]
) -> TrimContext:
    within = facts.heading is not None and content.element in (facts.heading, *facts.heading.iterancestors())
    return TrimContext(
        title=facts.title,
        heading=heading,
        is_below_title=bool(heading) and not within,
        stated_titles=facts.stated_titles,
        authors=facts.authors,
        site=facts.site or "",
        section=facts.section or "",
        description=facts.description or "",
        has_date=facts.published is not None,
        selected=content.selected,
        stated="\n".join(sorted(stated)),
        host=facts.host,
    )


def _make_metadata(document: Document, facts: ResolvedMetadata, language: str, cover: str | None, url: str) -> Metadata:
    return Metadata(
        title=facts.title or document.title or PurePath(document.name).stem.strip("-"),
        authors=facts.authors,
        published=facts.published,
        modified=facts.modified,
        language=language,
        site=facts.site,
        section=facts.section,
        source=url or facts.canonical or document.name,
        description=facts.description,
        tags=facts.tags or document.tags,
        rights=facts.rights,
        cover=cover,
    )
