"""Who, when and where: the facts about an article, each from the most trusted place that states it.

Linked data goes before Open Graph, that before microdata, that before what stands visibly in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

import msgspec

from exporter.readers.page import jsonld, page_authors, page_dates, page_title, prose
from exporter.readers.page.dom import Element, collapse_space
from exporter.readers.page.page_metadata import PageMetadata, canonical_url, clean_value

_SAVED_COMMENT_CHARS = 4096
_READER_VIEW_LINK = re.compile(r'<a class="[^"]*\breader-domain"[^>]* href="(https?://[^\s<>"]+)"')
_SAVED_COMMENT = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>\"]+)"
)
_SITE_TYPES = frozenset({"website", "newsmediaorganization"})


class ResolvedMetadata(msgspec.Struct, frozen=True):
    """What a page says of its article; empty or None where it says nothing. `titles` has all forms of its title."""

    title: str = ""
    titles: tuple[str, ...] = ()
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
    image: str = ""


def resolve_metadata(evidence: PageMetadata) -> ResolvedMetadata:
    """Settle each fact."""
    title, heading = page_title.find_title(evidence)
    evidence = msgspec.structs.replace(evidence, heading=heading)
    site, section = _find_site(evidence), _find_section(evidence)
    return ResolvedMetadata(
        title=page_title.drop_site_name(title, site or "", section or ""),
        titles=tuple(page_title.stated_titles(evidence)),
        heading=heading,
        authors=page_authors.find_authors(evidence, site or ""),
        published=page_dates.find_published(evidence),
        modified=page_dates.find_modified(evidence),
        language=evidence.language,
        site=site,
        section=section,
        description=evidence.meta("og:description", "description", "twitter:description", "dc.description")
        or evidence.stated("description")
        or None,
        tags=_find_tags(evidence),
        rights=_find_rights(evidence),
        canonical=canonical_url(evidence.root) or evidence.meta("og:url"),
        image=_find_image(evidence),
    )


def find_saved_url(text: str) -> str:
    """The address that a browser noted at the head of a page it saved, whole or in its reader view, or empty."""
    found = _SAVED_COMMENT.search(text, 0, _SAVED_COMMENT_CHARS) or _READER_VIEW_LINK.search(text)
    return found[1] if found else ""


def find_base_url(root: Element, address: str) -> str:
    """The address against which a page's links are resolved, an absolute one, or empty."""
    for element in root.iter("base"):
        try:
            whole = urljoin(address, element.get("href", "").strip())
        except ValueError:
            break
        return whole if whole.lower().startswith(("http://", "https://")) else address
    return address


def _find_site(evidence: PageMetadata) -> str | None:
    """The site's name: as it calls itself, by preference the name that is its address too; else its address."""
    stated = [
        evidence.meta("og:site_name"),
        jsonld.value_text(evidence.find("publisher")),
        *(jsonld.value_text(node.get("name")) for node in evidence.others if jsonld.types_of(node) & _SITE_TYPES),
        evidence.meta("application-name", "apple-mobile-web-app-title", "dc.publisher"),
    ]
    known = [name for text in stated if (name := clean_value(text)) and "://" not in name]
    label = prose.text_key(evidence.host.rpartition(".")[0])
    own = (name for name in known if label and prose.text_key(name) == label)
    return next(own, known[0] if known else page_title.site_in_title(evidence) or evidence.host) or None


def _find_section(evidence: PageMetadata) -> str | None:
    return evidence.meta("article:section", "section", "dc.subject") or evidence.stated("articleSection") or None


def _find_tags(evidence: PageMetadata) -> tuple[str, ...]:
    stated = evidence.find("keywords") or evidence.metas.get("news_keywords") or evidence.metas.get("keywords") or []
    values: Iterable[Any] = stated if isinstance(stated, list) else [stated]
    words = [clean_value(word) for value in values for word in jsonld.value_text(value).split(",")]
    return tuple(dict.fromkeys(word for word in words if word and len(word) < 80))[:30]


def _find_rights(evidence: PageMetadata) -> str | None:
    holder = evidence.stated("copyrightHolder", "copyrightNotice")
    year = evidence.stated("copyrightYear")
    if holder:
        return holder if holder.startswith("©") or not year else f"© {year} {holder}"
    for link in evidence.root.iter("a", "link"):
        if "license" in link.get("rel", "").lower().split() and link.get("href"):
            return collapse_space("".join(link.itertext())) or str(link.get("href"))
    return evidence.meta("copyright", "dcterms.rights", "dc.rights", "rights") or evidence.stated("license") or None


def _find_image(evidence: PageMetadata) -> str:
    image = evidence.find("image")
    for value in image if isinstance(image, list) else [image]:
        item = jsonld.resolve_reference(value, evidence.index)
        address = (
            jsonld.value_text(item.get("url") or item.get("contentUrl"))
            if isinstance(item, dict)
            else jsonld.value_text(item)
        )
        if address.startswith(("http", "/")):
            return evidence.meta("og:image", "og:image:url", "og:image:secure_url") or address
    return evidence.meta(
        "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnail"
    )
