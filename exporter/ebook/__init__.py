"""Articles become a book: XHTML documents, pictures, navigation and metadata, and the EPUB container around them.

`build` is the recipe; each step has a module of its own. The articles have been cut before: their blocks carry the
anchors that become ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exporter.article import Article
from exporter.config import Config
from exporter.ebook import (
    book_images,
    book_links,
    chapter,
    container,
    front_matter,
    nav,
    package_metadata,
    text_check,
    themes,
    xhtml,
)
from exporter.ebook.package import XHTML_TYPE, Fact, Landmark, Overlay, Package, PackageItem
from exporter.ebook.render_context import RenderContext, number_notes
from exporter.ebook.typography import Typesetter
from exporter.ebook.ui_strings import load_strings
from exporter.errors import Notice, OutputError
from exporter.lexicon import NO_LEXICON, Lexicon

if TYPE_CHECKING:
    from exporter.ebook.media_overlay import MediaOverlay
    from exporter.ebook.pls_lexicon import Pronouncer

__all__ = ["Overlay", "Package", "build", "suffix", "write"]


class _Chapter(msgspec.Struct, frozen=True):
    """One article as the book holds it: item `a{number}` and, for its further documents, `a{number}-2`, ..."""

    number: int
    article: Article
    documents: tuple[chapter.XhtmlDocument, ...]
    pictures: dict[str, book_images.BookImage]
    features: set[str]
    notices: tuple[Notice, ...]
    sound: MediaOverlay | None

    def items(self) -> Iterator[PackageItem]:
        """Yield its documents and, where it sounds, its sound."""
        for part, document in enumerate(self.documents):
            formulas = "mathml" in self.features and any(True for _ in document.html.iter("{*}math"))
            properties = ("mathml",) if formulas else ()
            uid = f"a{self.number}" if not part else f"a{self.number}-{part + 1}"
            overlay = self.sound.uid_of(part) if self.sound else ""
            yield PackageItem(uid, document.href, XHTML_TYPE, document.data, properties, overlay)
        if self.sound:
            yield from self.sound.items()


def build(
    articles: Sequence[Article],
    config: Config,
    title: str = "",
    overlays: Sequence[Overlay | None] = (),
    lexicon: Lexicon = NO_LEXICON,
) -> Package:
    """Make a book of one article, or an anthology of several; `overlays` has the sound of each, where it has one.

    The terms of the `lexicon` are pronounced in the pages and in files of their own.
    Raises `UsageError` for a style that is not there, `OutputError` where a word would be lost.
    """
    title = title or articles[0].metadata.title
    language = package_metadata.rank_languages(articles)[0]
    style = themes.load_theme(config.book.style)
    taken: dict[bytes, book_images.BookImage] = {}
    pronouncer = _make_pronouncer(lexicon)
    chapters = list(_write_chapters(articles, config, taken, overlays, pronouncer))
    cover, *opening = _make_front_matter(chapters, title, language, config)
    texts = [*opening, *(item for made in chapters for item in made.items())]
    toc = tuple(chapter.make_contents_entry(made.article, made.documents) for made in chapters)
    contents = nav.write_nav(toc, tuple(_list_landmarks(chapters, language)), language, style[0].href)
    navigation = PackageItem("nav", "nav.xhtml", XHTML_TYPE, contents, ("nav",))
    pictures = (picture.item() for picture in taken.values())
    pronunciations = pronouncer.items() if pronouncer else ()
    items = (*style, navigation, cover, *texts, *pictures, *pronunciations)
    features = _gather_features(chapters, taken.values(), config.book.style)
    profile = book_images.PROFILES[config.book.profile]
    return Package(
        identifier=package_metadata.make_identifier(articles, title),
        title=title,
        language=language,
        direction="rtl" if xhtml.text_direction(language) == "rtl" else "ltr",
        modified=package_metadata.find_modified(articles),
        facts=(*package_metadata.make_facts(articles, title, features), *_describe_overlays(chapters)),
        items=items if profile.spaces else _simplify_items(items),
        spine=tuple(item.uid for item in texts if item.media_type == XHTML_TYPE),
        toc=toc,
        largest=profile.largest,
        options=themes.APPLE_DISPLAY_OPTIONS if len(style) > 1 else b"",
        notices=tuple(notice for made in chapters for notice in made.notices),
    )


def _gather_features(chapters: Iterable[_Chapter], pictures: Iterable[book_images.BookImage], style: str) -> set[str]:
    """What was found while the book was written that its accessibility metadata have to tell."""
    features = set().union(*(made.features for made in chapters))
    if any(picture.animated for picture in pictures):
        features.add("animation")
    if style not in themes.list_themes():
        features.add("unjudged")
    return features


def _simplify_items(items: Iterable[PackageItem]) -> tuple[PackageItem, ...]:
    from exporter.ebook import kindle  # noqa: PLC0415  only Kindles want it

    return tuple(map(kindle.simplify_spaces, items))


def _make_pronouncer(lexicon: Lexicon) -> Pronouncer | None:
    if not lexicon.entries:
        return None
    from exporter.ebook.pls_lexicon import Pronouncer  # noqa: PLC0415  most books have no lexicon

    return Pronouncer(lexicon)


def _chapter_href(number: int) -> str:
    return f"text/a{number}.xhtml"


def _make_front_matter(
    chapters: Sequence[_Chapter], title: str, language: str, config: Config
) -> Iterator[PackageItem]:
    """Yield the picture of the cover, its page, and in an anthology the title page and the contents."""
    articles = [made.article for made in chapters]
    picture = front_matter.find_lead_image(articles[0], chapters[0].pictures)
    yield from front_matter.make_cover(articles, title, language, config.book, picture)
    if len(articles) > 1:
        yield front_matter.make_title_page(articles, title, language)
        listed = [front_matter.ListedArticle(made.article, made.documents[0].href) for made in chapters]
        yield front_matter.make_contents_page(listed, language)


def _list_landmarks(chapters: Sequence[_Chapter], language: str) -> Iterator[Landmark]:
    said = load_strings(language)
    yield Landmark("cover", said.cover, front_matter.COVER_HREF)
    if len(chapters) > 1:
        yield Landmark("titlepage", said.title_page, front_matter.TITLE_PAGE_HREF)
        yield Landmark("toc", said.contents, front_matter.CONTENTS_HREF)
    yield Landmark("bodymatter", said.start, _chapter_href(1))
    if len(chapters) == 1 and chapters[0].article.notes:
        yield Landmark("endnotes", said.notes, f"{chapters[0].documents[-1].href}#notes")


def _write_chapters(
    articles: Sequence[Article],
    config: Config,
    taken: dict[bytes, book_images.BookImage],
    overlays: Sequence[Overlay | None],
    pronouncer: Pronouncer | None,
) -> Iterator[_Chapter]:
    """Write the articles one after the other; their pictures gather in `taken`."""
    profile = book_images.PROFILES[config.book.profile]
    places = {
        book_links.normalize_address(a.metadata.source): _chapter_href(n)
        for n, a in enumerate(articles, 1)
        if a.metadata.source
    }
    for number, article in enumerate(articles, 1):
        pictures, notices = book_images.make_images(article, profile, taken)
        resolve = book_links.make_resolver(article, _chapter_href(number), places)
        overlay = overlays[number - 1] if overlays else None
        typesetter = Typesetter(article.metadata.language)
        page = RenderContext(
            article, pictures, number_notes(article.notes), resolve, typesetter, overlay is not None, pronouncer
        )
        documents = chapter.write_chapter(page, _chapter_href(number), "../css/style.css")
        _check_words(article, documents)
        sound = None
        if overlay:
            from exporter.ebook.media_overlay import MediaOverlay  # noqa: PLC0415  a book without sound needs none of it

            sound = MediaOverlay(overlay, number, documents)
            page.features.add("audio")
        if profile.spans and not overlay:
            from exporter.ebook import kepub  # noqa: PLC0415  only Kobo wants its spans

            documents = tuple(kepub.add_kobo_spans(document, article.metadata.language) for document in documents)
        yield _Chapter(number, article, documents, pictures, page.features, (*notices, *page.notices), sound)


def _check_words(article: Article, documents: tuple[chapter.XhtmlDocument, ...]) -> None:
    """Make sure that no word of an article is lost; raises `OutputError` where one is."""
    if lost := text_check.find_lost_words(article, documents):
        raise OutputError(
            "making a book",
            article.metadata.title,
            f"LostWords: {len(lost)} words did not reach the book: {', '.join(lost[:5])}",
            "This is a defect of the exporter: please report it together with the article.",
        )


def _describe_overlays(chapters: Sequence[_Chapter]) -> Iterator[Fact]:
    """State how long the book sounds, who reads, and how that looks."""
    sounds = [made.sound for made in chapters if made.sound]
    if not sounds:
        return
    from exporter.ebook import media_overlay  # noqa: PLC0415  see `_write_chapters`

    for sound in sounds:
        yield from sound.facts()
    yield Fact(
        "meta", media_overlay.format_clock(sum(sound.duration for sound in sounds)), {"property": "media:duration"}
    )
    yield Fact("meta", media_overlay.ACTIVE_CLASS, {"property": "media:active-class"})
    for narrator in dict.fromkeys(name for sound in sounds for name in sound.overlay.narrators):
        yield Fact("meta", narrator, {"property": "media:narrator"})


def suffix(config: Config) -> str:
    """Return how the name of a book ends: Kobo's devices know by it which books have the spans they want."""
    return ".kepub.epub" if book_images.PROFILES[config.book.profile].spans else ".epub"


def write(book: Package, path: Path) -> tuple[Notice, ...]:
    """Write a book to a file as EPUB 3; returns the notices of the writing, not those of `build`."""
    container.write_container(book, path)
    size = path.stat().st_size
    if not book.largest or size <= book.largest:
        return ()
    remark = f"{size / 1e6:.0f} MB are more than can be sent to such a device ({book.largest / 1e6:.0f} MB)"
    return (Notice(book.title, remark),)
