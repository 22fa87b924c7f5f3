"""Resolved metadata: title, authors, dates, site and the like, each from the most trusted place that states it.

The order of trust is JSON-LD, Open Graph, microdata, the visible text of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

import msgspec

from exporter.readers.page import jsonld, page_authors, page_dates, page_title
from exporter.readers.page.dom import Element, collapse_space
from exporter.readers.page.machine_words import keep_readable
from exporter.readers.page.page_metadata import PageMetadata, canonical_url, clean_value, locate_title
from exporter.readers.text_tests import text_key

_SAVED_COMMENT_CHARS = 4096
"""Browsers write the comment with the saved page's URL within so many characters."""

_MAX_TAGS, _MAX_TAG_CHARS = 30, 79
"""More or longer keywords are for search engines, not for readers (chosen by reading pages; no measurement)."""

_READER_VIEW_LINK = re.compile(r'<a class="[^"]*\breader-domain"[^>]* href="(https?://[^\s<>"]+)"')
_SAVED_COMMENT = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>\"]+)"
)
_NUMBERED_HOST = re.compile(r"^www\d+\.")
_SITE_TYPES = frozenset({"website", "newsmediaorganization"})


class ResolvedMetadata(msgspec.Struct, frozen=True):
    """The metadata of an article; empty or None if the page does not state it.

    `heading` is the element that shows the title. `stated_titles` are all forms of the title that the page states.
    `canonical` is the page's own URL for itself, `host` its host name, `image` the URL of the picture for previews.
    """

    title: str = ""
    stated_titles: tuple[str, ...] = ()
    heading: Element | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str = ""
    site: str | None = None
    section: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    rights: str | None = None
    canonical: str = ""
    host: str = ""
    image: str = ""


def resolve_metadata(metadata: PageMetadata) -> ResolvedMetadata:
    """Choose one value for each field from the statements of a page."""
    title, heading = page_title.find_title(metadata)
    metadata = locate_title(metadata, heading)
    site, section = _find_site(metadata), _find_section(metadata)
    return ResolvedMetadata(
        title=page_title.drop_site_name(title, site or "", section or ""),
        stated_titles=tuple(page_title.stated_titles(metadata)),
        heading=heading,
        authors=page_authors.find_authors(metadata, site or ""),
        published=page_dates.find_published(metadata),
        modified=page_dates.find_modified(metadata),
        language=metadata.language,
        site=site,
        section=section,
        description=metadata.meta("og:description", "description", "twitter:description", "dc.description")
        or metadata.jsonld_text("description")
        or None,
        tags=_find_tags(metadata),
        rights=_find_rights(metadata),
        canonical=canonical_url(metadata.root) or metadata.meta("og:url"),
        host=metadata.host,
        image=_find_image(metadata),
    )


def find_saved_url(text: str) -> str:
    """Return the URL that a browser wrote into a page it saved, whole or as a reader view; else empty."""
    found = _SAVED_COMMENT.search(text, 0, _SAVED_COMMENT_CHARS) or _READER_VIEW_LINK.search(text)
    return found[1] if found else ""


def find_base_url(root: Element, url: str) -> str:
    """Return the absolute URL against which a page's links are resolved, or empty; `url` is the page's own."""
    for element in root.iter("base"):
        try:
            whole = urljoin(url, element.get("href", "").strip())
        except ValueError:
            break
        return whole if whole.lower().startswith(("http://", "https://")) else url
    return url


def _find_site(metadata: PageMetadata) -> str | None:
    """Return the site's name: the stated one that is its domain too, else the first stated, else the host."""
    stated = [
        metadata.meta("og:site_name"),
        jsonld.value_text(metadata.jsonld_value("publisher")),
        *(jsonld.value_text(node.get("name")) for node in metadata.objects if jsonld.types_of(node) & _SITE_TYPES),
        metadata.meta("application-name", "apple-mobile-web-app-title", "dc.publisher"),
        "" if metadata.meta("og:site_name") else page_title.site_in_title(metadata),
    ]
    names = [name for text in stated if (name := clean_value(text)) and "://" not in name]
    label = text_key(_NUMBERED_HOST.sub("", metadata.host).rpartition(".")[0])
    own = (name for name in names if label and text_key(name) in {label, f"the{label}"})
    return next(own, names[0] if names else metadata.host) or None


def _find_section(metadata: PageMetadata) -> str | None:
    stated = (*map(metadata.meta, ("article:section", "section", "dc.subject")), metadata.jsonld_text("articleSection"))
    return next((name for name in keep_readable([*filter(None, stated)], metadata.root)), None)


def _find_tags(metadata: PageMetadata) -> tuple[str, ...]:
    stated = (
        metadata.jsonld_value("keywords") or metadata.metas.get("news_keywords") or metadata.metas.get("keywords") or []
    )
    values: Iterable[Any] = stated if isinstance(stated, list) else [stated]
    words = [clean_value(word) for value in values for word in jsonld.value_text(value).split(",")]
    short = dict.fromkeys(word for word in words if word and len(word) <= _MAX_TAG_CHARS)
    return keep_readable([*short], metadata.root)[:_MAX_TAGS]


def _find_rights(metadata: PageMetadata) -> str | None:
    holder = metadata.jsonld_text("copyrightHolder", "copyrightNotice")
    year = metadata.jsonld_text("copyrightYear")
    if holder:
        return holder if holder.startswith("©") or not year else f"© {year} {holder}"
    for link in metadata.root.iter("a", "link"):
        if "license" in link.get("rel", "").lower().split() and link.get("href"):
            return collapse_space("".join(link.itertext())) or str(link.get("href"))
    return (
        metadata.meta("copyright", "dcterms.rights", "dc.rights", "rights") or metadata.jsonld_text("license") or None
    )


def _find_image(metadata: PageMetadata) -> str:
    """Return the URL of the picture for previews: that of Open Graph, if JSON-LD or it states one; or empty."""
    image = metadata.jsonld_value("image")
    for value in image if isinstance(image, list) else [image]:
        item = jsonld.resolve_reference(value, metadata.objects_by_id)
        address = (
            jsonld.value_text(item.get("url") or item.get("contentUrl"))
            if isinstance(item, dict)
            else jsonld.value_text(item)
        )
        if address.startswith(("http", "/")):
            return metadata.meta("og:image", "og:image:url", "og:image:secure_url") or address
    return metadata.meta(
        "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnail"
    )
