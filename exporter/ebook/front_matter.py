"""The front matter: the cover page, and in an anthology the title page and the contents page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from exporter.article import Article, Figure, block_text
from exporter.config import BookSettings
from exporter.ebook import book_images, cover
from exporter.ebook.package import XHTML_TYPE, PackageItem
from exporter.ebook.typography import set_line
from exporter.ebook.xhtml import (
    EPUB_TYPE,
    Element,
    add_element,
    begin_page,
    clean_line,
    clean_title,
    serialize,
    text_direction,
)
from exporter.ui_strings import format_date, is_date, join_names, load_strings

COVER_HREF, TITLE_PAGE_HREF, CONTENTS_HREF = "text/cover.xhtml", "text/title.xhtml", "text/contents.xhtml"
_STYLE_HREF = "../css/style.css"

_NO_BREAK_SPACE = "\u00a0"

_WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, a meta-analysis of 190 studies)."""

_SIGNS_PER_WORD = 1.7
"""Signs of Chinese and Japanese that are read in the time of one English word (Trauzettel-Klosinski and Dietz 2012)."""

_MAX_TITLE_PAGE_NAMES = 12
"""Authors up to which an anthology has them on its title page; the contents page names all. No measurement."""


class ListedArticle(msgspec.Struct, frozen=True):
    """An article on the contents page of an anthology."""

    article: Article
    href: str


def make_cover(
    articles: Sequence[Article], title: str, language: str, settings: BookSettings, lead_image: bytes | None
) -> tuple[PackageItem, PackageItem]:
    """Make the cover image, the user's own or one drawn, and the cover page.

    Raises `UsageError` if the user's own is not a picture.
    """
    if settings.cover:
        media_type, data = cover.read_own_cover(Path(settings.cover))
    else:
        media_type, data = cover.draw_cover(_make_cover_text(articles, title, language), lead_image)
    href = f"images/cover.{book_images.SUFFIXES[media_type]}"
    name = load_strings(language).cover
    html, section = _begin_section(language, name, "cover")
    add_element(section, "img", src=f"../{href}", alt=f"{name}: {clean_title(title)}", role="doc-cover")
    return (
        PackageItem("cover-image", href, media_type, data, ("cover-image",)),
        PackageItem("cover", COVER_HREF, XHTML_TYPE, serialize(html)),
    )


def make_artwork(
    articles: Sequence[Article], title: str, language: str, settings: BookSettings, lead_image: bytes | None
) -> tuple[str, bytes]:
    """Return the media type and the bytes of the artwork of an episode: the user's own cover, or a square one drawn.

    Raises `UsageError` if the user's own is not a picture.
    """
    if settings.cover:
        return cover.read_own_cover(Path(settings.cover))
    return "image/jpeg", cover.draw_artwork(_make_cover_text(articles, title, language), lead_image)


def _make_cover_text(articles: Sequence[Article], title: str, language: str) -> cover.CoverText:
    return cover.CoverText(
        set_line(clean_title(title), language),
        set_line(clean_line(_find_common_site(articles)), language),
        clean_line(join_names(_list_authors(articles), language)),
        clean_line(_format_dates(articles, language)),
        text_direction(language) == "rtl",
    )


def find_lead_image(article: Article, pictures: Mapping[str, book_images.BookImage]) -> bytes | None:
    """Return the bytes of an article's cover picture, or of its first figure; None if it has neither."""
    figures = (block.image for block in article.blocks if isinstance(block, Figure) and block.image)
    name = article.metadata.cover or next(figures, None)
    picture = pictures.get(name or "")
    if picture:
        return picture.data
    resource = next((resource for resource in article.resources if resource.name == name), None)
    try:
        return book_images.fit_raster(book_images.read_resource(resource), book_images.PROFILES["generic"])[1]
    except (OSError, ValueError):
        return None


def _find_common_site(articles: Sequence[Article]) -> str:
    """Return the publication that all articles have in common, or an empty text."""
    sites = {article.metadata.site or "" for article in articles}
    return sites.pop() if len(sites) == 1 else ""


def _list_authors(articles: Sequence[Article]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for article in articles for name in article.metadata.authors))


def _format_dates(articles: Sequence[Article], language: str) -> str:
    """Format the dates of publication: one, or the first and the last; empty without any."""
    dates = sorted({article.metadata.published[:10] for article in articles if article.metadata.published})
    return " – ".join(dict.fromkeys(format_date(day, language) for day in (*dates[:1], *dates[-1:])))


def make_title_page(articles: Sequence[Article], title: str, language: str) -> PackageItem:
    """Make the title page of an anthology."""
    html, section = _begin_section(language, clean_title(title), "titlepage")
    section.set("class", "titlepage")
    add_element(section, "h1", set_line(clean_title(title), language))
    names = _list_authors(articles)
    byline = (
        load_strings(language).by.format(names=join_names(names, language))
        if 0 < len(names) <= _MAX_TITLE_PAGE_NAMES
        else ""
    )
    for class_, text in (
        ("byline", byline),
        ("site", _find_common_site(articles)),
        ("date", _format_dates(articles, language)),
    ):
        if text:
            add_element(section, "p", text, class_=class_)
    return PackageItem("title-page", TITLE_PAGE_HREF, XHTML_TYPE, serialize(html))


def make_contents_page(listed: Sequence[ListedArticle], language: str) -> PackageItem:
    """Make the contents page of an anthology: each article with its authors, its date and its reading time."""
    strings = load_strings(language)
    html, section = _begin_section(language, strings.contents, "toc")
    section.set("class", "contents")
    section.set("role", "doc-toc")
    add_element(section, "h1", strings.contents)
    entries = add_element(section, "ol")
    for entry in listed:
        metadata = entry.article.metadata
        item = add_element(entries, "li")
        add_element(
            item, "a", set_line(clean_title(metadata.title), metadata.language), href=entry.href.removeprefix("text/")
        )
        published = format_date(metadata.published, language) if metadata.published else ""
        if is_date(metadata.published or ""):
            published = published.replace(" ", _NO_BREAK_SPACE)
        reading_time = strings.minutes.format(n=estimate_minutes(entry.article)).replace(" ", _NO_BREAK_SPACE)
        add_element(
            item, "p", " · ".join(filter(None, (join_names(metadata.authors, language), published, reading_time)))
        )
        item.tail = "\n"
    return PackageItem("contents", CONTENTS_HREF, XHTML_TYPE, serialize(html))


def estimate_minutes(article: Article) -> int:
    """Estimate the reading time of an article in minutes, at least one."""
    text = " ".join(map(block_text, article.blocks))
    signs = len(re.findall("[\u3040-\u9fff]", text)) if not text.isascii() else 0
    return max(1, round((len(text.split()) + signs / _SIGNS_PER_WORD) / _WORDS_PER_MINUTE))


def _begin_section(language: str, title: str, epub_type: str) -> tuple[Element, Element]:
    html, body = begin_page(title, language, _STYLE_HREF)
    section = add_element(body, "section", class_=epub_type)
    section.set(EPUB_TYPE, epub_type)
    return html, section
