"""Articles become a book: XHTML documents, pictures, navigation and metadata, and the EPUB container around them.

`build` is the recipe; each step has a module of its own. The articles come with their sentences cut: the anchors of
their blocks become ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from exporter.article import Article
from exporter.config import Config
from exporter.ebook import (
    book_images,
    book_links,
    chapter,
    container,
    front_matter,
    kepub,
    kindle,
    media_overlay,
    nav,
    package_metadata,
    text_check,
    themes,
    xhtml,
)
from exporter.ebook.package import XHTML_TYPE, Fact, Landmark, Overlay, Package, PackageItem
from exporter.ebook.pls_lexicon import Pronouncer
from exporter.ebook.render_context import RenderContext, number_notes
from exporter.ebook.typography import Typesetter
from exporter.errors import Notice
from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.ui_strings import load_strings

__all__ = ["Overlay", "Package", "build", "suffix", "write"]


class _Chapter(msgspec.Struct, frozen=True):
    """One article of the book: item `a{number}` and, for its further documents, `a{number}-2`, ..."""

    number: int
    article: Article
    documents: tuple[chapter.XhtmlDocument, ...]
    pictures: dict[str, book_images.BookImage]
    features: set[str]
    notices: tuple[Notice, ...]
    overlay: media_overlay.MediaOverlay | None

    def items(self) -> Iterator[PackageItem]:
        """Yield its documents and, if it has a media overlay, the items of that."""
        for part, document in enumerate(self.documents):
            has_mathml = "mathml" in self.features and any(True for _ in document.html.iter("{*}math"))
            properties = ("mathml",) if has_mathml else ()
            item_id = f"a{self.number}" if not part else f"a{self.number}-{part + 1}"
            overlay_id = self.overlay.name_part(part) if self.overlay else ""
            yield PackageItem(item_id, document.href, XHTML_TYPE, document.data, properties, overlay_id)
        if self.overlay:
            yield from self.overlay.items()


def build(
    articles: Sequence[Article],
    config: Config,
    title: str = "",
    overlays: Sequence[Overlay | None] = (),
    lexicon: Lexicon = NO_LEXICON,
) -> Package:
    """Make a book of one article, or an anthology of several; `overlays` is empty or has one for each article.

    The terms of the `lexicon` are pronounced in the pages and in files of their own.
    Raises `UsageError` for a style that does not exist, `OutputError` if a word would be lost.
    """
    title = title or articles[0].metadata.title
    language = package_metadata.rank_languages(articles)[0]
    style = themes.load_theme(config.book.style)
    images: dict[bytes, book_images.BookImage] = {}
    pronouncer = Pronouncer(lexicon) if lexicon.entries else None
    chapters = _relink_chapters(list(_write_chapters(articles, config, images, overlays, pronouncer)))
    cover, *front = _make_front_matter(chapters, title, language, config)
    texts = [*front, *(item for each in chapters for item in each.items())]
    toc = tuple(chapter.make_contents_entry(each.article, each.documents) for each in chapters)
    nav_data = nav.write_nav(toc, tuple(_list_landmarks(chapters, language)), language, style[0].href)
    nav_item = PackageItem("nav", "nav.xhtml", XHTML_TYPE, nav_data, ("nav",))
    pronunciations = pronouncer.items() if pronouncer else ()
    items = (*style, nav_item, cover, *texts, *(image.item() for image in images.values()), *pronunciations)
    features = _gather_features(chapters, images.values(), config.book.style)
    profile = book_images.PROFILES[config.book.profile]
    return Package(
        identifier=package_metadata.make_identifier(articles, title),
        title=title,
        language=language,
        direction="rtl" if xhtml.text_direction(language) == "rtl" else "ltr",
        modified=package_metadata.find_modified(articles),
        facts=(*package_metadata.make_facts(articles, title, features), *_describe_overlays(chapters)),
        items=items if profile.has_all_spaces else tuple(map(kindle.simplify_spaces, items)),
        spine=tuple(item.item_id for item in texts if item.media_type == XHTML_TYPE),
        toc=toc,
        max_bytes=profile.max_book_bytes,
        display_options=themes.APPLE_DISPLAY_OPTIONS if len(style) > 1 else b"",
        notices=tuple(notice for each in chapters for notice in each.notices),
    )


def _gather_features(chapters: Iterable[_Chapter], images: Iterable[book_images.BookImage], style: str) -> set[str]:
    """Return what was found while writing that the accessibility metadata depend on."""
    features = set().union(*(each.features for each in chapters))
    if any(image.animated for image in images):
        features.add("animation")
    if style not in themes.list_themes():
        features.add("unjudged")
    return features


def _chapter_href(number: int) -> str:
    return f"text/a{number}.xhtml"


def _make_front_matter(
    chapters: Sequence[_Chapter], title: str, language: str, config: Config
) -> Iterator[PackageItem]:
    """Yield the cover image, the cover page, and in an anthology the title page and the contents page."""
    articles = [each.article for each in chapters]
    lead_image = front_matter.find_lead_image(articles[0], chapters[0].pictures)
    yield from front_matter.make_cover(articles, title, language, config.book, lead_image)
    if len(articles) > 1:
        yield front_matter.make_title_page(articles, title, language)
        listed = [front_matter.ListedArticle(each.article, each.documents[0].href) for each in chapters]
        yield front_matter.make_contents_page(listed, language)


def _list_landmarks(chapters: Sequence[_Chapter], language: str) -> Iterator[Landmark]:
    strings = load_strings(language)
    yield Landmark("cover", strings.cover, front_matter.COVER_HREF)
    if len(chapters) > 1:
        yield Landmark("titlepage", strings.title_page, front_matter.TITLE_PAGE_HREF)
        yield Landmark("toc", strings.contents, front_matter.CONTENTS_HREF)
    yield Landmark("bodymatter", strings.start, _chapter_href(1))
    if len(chapters) == 1 and chapters[0].article.notes:
        yield Landmark("endnotes", strings.notes, f"{chapters[0].documents[-1].href}#notes")


def _write_chapters(
    articles: Sequence[Article],
    config: Config,
    images: dict[bytes, book_images.BookImage],
    overlays: Sequence[Overlay | None],
    pronouncer: Pronouncer | None,
) -> Iterator[_Chapter]:
    """Write the articles one after the other; adds their pictures to `images`, by the bytes of their sources."""
    profile = book_images.PROFILES[config.book.profile]
    linked = book_links.link_articles(articles, map(_chapter_href, range(1, len(articles) + 1)))
    for number, article in enumerate(articles, 1):
        pictures, notices = book_images.make_images(article, profile, images)
        overlay = overlays[number - 1] if overlays else None
        context = RenderContext(
            article,
            pictures,
            number_notes(article.notes),
            book_links.make_resolver(articles, linked, number - 1),
            Typesetter(article.metadata.language),
            overlay is not None,
            pronouncer,
        )
        documents = chapter.write_chapter(context, _chapter_href(number), "../css/style.css")
        text_check.check_words(article, documents)
        if overlay:
            context.features.add("audio")
        elif profile.has_kobo_spans:
            documents = tuple(kepub.add_kobo_spans(document, article.metadata.language) for document in documents)
        written = media_overlay.MediaOverlay(overlay, number, documents) if overlay else None
        all_notices = (*notices, *context.notices)
        yield _Chapter(number, article, documents, pictures, context.features, all_notices, written)


def _relink_chapters(chapters: list[_Chapter]) -> list[_Chapter]:
    """Return the chapters of a book with the links between them checked."""
    if len(chapters) == 1:
        return chapters
    documents = iter(chapter.relink_articles([document for each in chapters for document in each.documents]))
    return [msgspec.structs.replace(each, documents=tuple(islice(documents, len(each.documents)))) for each in chapters]


def _describe_overlays(chapters: Sequence[_Chapter]) -> Iterator[Fact]:
    """Yield the metadata of the media overlays: durations, the class of the active element, and the narrators."""
    overlays = [each.overlay for each in chapters if each.overlay]
    if not overlays:
        return
    for overlay in overlays:
        yield from overlay.facts()
    total = media_overlay.format_clock(sum(overlay.duration for overlay in overlays))
    yield Fact("meta", total, {"property": "media:duration"})
    yield Fact("meta", media_overlay.ACTIVE_CLASS, {"property": "media:active-class"})
    for narrator in dict.fromkeys(name for overlay in overlays for name in overlay.narrators):
        yield Fact("meta", narrator, {"property": "media:narrator"})


def suffix(config: Config) -> str:
    """Return the suffix of a book; by Kobo's own suffix its devices recognise the books that have its spans."""
    return ".kepub.epub" if book_images.PROFILES[config.book.profile].has_kobo_spans else ".epub"


def write(book: Package, path: Path) -> tuple[Notice, ...]:
    """Write a book to a file as EPUB 3; returns the notices of the writing, not those of `build`."""
    container.write_container(book, path)
    size = path.stat().st_size
    if not book.max_bytes or size <= book.max_bytes:
        return ()
    text = f"{size / 1e6:.0f} MB are more than can be sent to such a device ({book.max_bytes / 1e6:.0f} MB)"
    return (Notice(book.title, text),)
