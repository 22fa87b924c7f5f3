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
from exporter.ebook.render_context import RenderContext, numbered
from exporter.ebook.typography import Typesetter
from exporter.ebook.ui_strings import words
from exporter.errors import Notice, OutputError
from exporter.lexicon import NO_LEXICON, Lexicon

if TYPE_CHECKING:
    from exporter.ebook.media_overlay import Sound
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
    sound: Sound | None

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
    language = package_metadata.languages(articles)[0]
    style = themes.items(config.book.style)
    taken: dict[bytes, book_images.BookImage] = {}
    pronouncer = _pronouncer(lexicon)
    chapters = list(_chapters(articles, config, taken, overlays, pronouncer))
    cover, *opening = _front(chapters, title, language, config)
    texts = [*opening, *(item for made in chapters for item in made.items())]
    toc = tuple(chapter.entry(made.article, made.documents) for made in chapters)
    contents = nav.document(toc, tuple(_landmarks(chapters, language)), language, style[0].href)
    navigation = PackageItem("nav", "nav.xhtml", XHTML_TYPE, contents, ("nav",))
    pictures = (picture.item() for picture in taken.values())
    pronunciations = pronouncer.items() if pronouncer else ()
    items = (*style, navigation, cover, *texts, *pictures, *pronunciations)
    features = _features(chapters, taken.values(), config.book.style)
    profile = book_images.PROFILES[config.book.profile]
    return Package(
        identifier=package_metadata.identifier(articles, title),
        title=title,
        language=language,
        direction="rtl" if xhtml.direction(language) == "rtl" else "ltr",
        modified=package_metadata.modified(articles),
        facts=(*package_metadata.facts(articles, title, features), *_sounding(chapters)),
        items=items if profile.spaces else _plain(items),
        spine=tuple(item.uid for item in texts if item.media_type == XHTML_TYPE),
        toc=toc,
        largest=profile.largest,
        options=themes.APPLE_FONTS if len(style) > 1 else b"",
        notices=tuple(notice for made in chapters for notice in made.notices),
    )


def _features(chapters: Iterable[_Chapter], pictures: Iterable[book_images.BookImage], style: str) -> set[str]:
    """What was found while the book was written that its accessibility metadata have to tell."""
    features = set().union(*(made.features for made in chapters))
    if any(picture.animated for picture in pictures):
        features.add("animation")
    if style not in themes.names():
        features.add("unjudged")
    return features


def _plain(items: Iterable[PackageItem]) -> tuple[PackageItem, ...]:
    from exporter.ebook import kindle  # noqa: PLC0415  only Kindles want it

    return tuple(map(kindle.plain, items))


def _pronouncer(lexicon: Lexicon) -> Pronouncer | None:
    if not lexicon.entries:
        return None
    from exporter.ebook.pls_lexicon import Pronouncer  # noqa: PLC0415  most books have no lexicon

    return Pronouncer(lexicon)


def _place(number: int) -> str:
    return f"text/a{number}.xhtml"


def _front(chapters: Sequence[_Chapter], title: str, language: str, config: Config) -> Iterator[PackageItem]:
    """Yield the picture of the cover, its page, and in an anthology the title page and the contents."""
    articles = [made.article for made in chapters]
    picture = front_matter.lead(articles[0], chapters[0].pictures)
    yield from front_matter.cover(articles, title, language, config.book, picture)
    if len(articles) > 1:
        yield front_matter.title_page(articles, title, language)
        listed = [front_matter.Listed(made.article, made.documents[0].href) for made in chapters]
        yield front_matter.contents_page(listed, language)


def _landmarks(chapters: Sequence[_Chapter], language: str) -> Iterator[Landmark]:
    said = words(language)
    yield Landmark("cover", said.cover, front_matter.COVER)
    if len(chapters) > 1:
        yield Landmark("titlepage", said.title_page, front_matter.TITLE)
        yield Landmark("toc", said.contents, front_matter.CONTENTS)
    yield Landmark("bodymatter", said.start, _place(1))
    if len(chapters) == 1 and chapters[0].article.notes:
        yield Landmark("endnotes", said.notes, f"{chapters[0].documents[-1].href}#notes")


def _chapters(
    articles: Sequence[Article],
    config: Config,
    taken: dict[bytes, book_images.BookImage],
    overlays: Sequence[Overlay | None],
    pronouncer: Pronouncer | None,
) -> Iterator[_Chapter]:
    """Write the articles one after the other; their pictures gather in `taken`."""
    profile = book_images.PROFILES[config.book.profile]
    places = {book_links.key(a.metadata.source): _place(n) for n, a in enumerate(articles, 1) if a.metadata.source}
    for number, article in enumerate(articles, 1):
        pictures, notices = book_images.prepare(article, profile, taken)
        resolve = book_links.resolver(article, _place(number), places)
        overlay = overlays[number - 1] if overlays else None
        typesetter = Typesetter(article.metadata.language)
        page = RenderContext(
            article, pictures, numbered(article.notes), resolve, typesetter, overlay is not None, pronouncer
        )
        documents = chapter.write(page, _place(number), "../css/style.css")
        _complete(article, documents)
        sound = None
        if overlay:
            from exporter.ebook.media_overlay import Sound  # noqa: PLC0415  a book without sound needs none of it

            sound = Sound(overlay, number, documents)
            page.features.add("audio")
        if profile.spans and not overlay:
            from exporter.ebook import kepub  # noqa: PLC0415  only Kobo wants its spans

            documents = tuple(kepub.spanned(document, article.metadata.language) for document in documents)
        yield _Chapter(number, article, documents, pictures, page.features, (*notices, *page.notices), sound)


def _complete(article: Article, documents: tuple[chapter.XhtmlDocument, ...]) -> None:
    """Make sure that no word of an article is lost; raises `OutputError` where one is."""
    if lost := text_check.lost(article, documents):
        raise OutputError(
            "making a book",
            article.metadata.title,
            f"LostWords: {len(lost)} words did not reach the book: {', '.join(lost[:5])}",
            "This is a defect of the exporter: please report it together with the article.",
        )


def _sounding(chapters: Sequence[_Chapter]) -> Iterator[Fact]:
    """State how long the book sounds, who reads, and how that looks."""
    sounds = [made.sound for made in chapters if made.sound]
    if not sounds:
        return
    from exporter.ebook import media_overlay  # noqa: PLC0415  see `_chapters`

    for sound in sounds:
        yield from sound.facts()
    yield Fact("meta", media_overlay.clock(sum(sound.duration for sound in sounds)), {"property": "media:duration"})
    yield Fact("meta", media_overlay.ACTIVE, {"property": "media:active-class"})
    for narrator in dict.fromkeys(name for sound in sounds for name in sound.overlay.narrators):
        yield Fact("meta", narrator, {"property": "media:narrator"})


def suffix(config: Config) -> str:
    """Return how the name of a book ends: Kobo's devices know by it which books have the spans they want."""
    return ".kepub.epub" if book_images.PROFILES[config.book.profile].spans else ".epub"


def write(book: Package, path: Path) -> tuple[Notice, ...]:
    """Write a book to a file as EPUB 3; returns the notices of the writing, not those of `build`."""
    container.write(book, path)
    size = path.stat().st_size
    if not book.largest or size <= book.largest:
        return ()
    remark = f"{size / 1e6:.0f} MB are more than can be sent to such a device ({book.largest / 1e6:.0f} MB)"
    return (Notice(book.title, remark),)
