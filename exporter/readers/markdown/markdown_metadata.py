"""The facts about an article that its front matter states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from exporter.article import Metadata
from exporter.language_tags import parse_language_tag
from exporter.readers import bylines, publication_dates
from exporter.readers.markdown.wiki_links import words
from exporter.readers.markdown.yaml_front_matter import Values

# Where the makers of websites and books put each fact, the usual name first.
_KEYS = {
    "title": ("title", "headline"),
    "authors": ("author", "authors", "byline", "by", "creator", "writer"),
    "published": ("date", "published", "published_time", "publishdate", "pubdate", "published_at", "date_published"),
    "modified": ("lastmod", "modified", "updated", "last_modified_at", "date_modified", "updated_at"),
    "language": ("lang", "language", "locale"),
    "site": ("site", "publisher", "publication", "site_name", "website", "journal", "newspaper"),
    "section": ("section", "category", "categories"),
    "source": ("source", "url_source", "canonical", "canonical_url", "canonicalurl", "url", "link", "permalink"),
    "description": ("description", "summary", "abstract", "excerpt", "subtitle", "dek", "lead"),
    "tags": ("tags", "keywords", "subject", "topics"),
    "rights": ("rights", "copyright", "license", "licence"),
    "cover": ("cover", "cover_image", "coverimage", "cover-image", "image", "featured_image", "hero", "banner"),
}  # fmt: skip


def from_values(values: Values) -> Metadata:
    """Gather the facts that front matter states."""
    flat = {str(key).lower().replace(" ", "_"): value for key, value in values.items()}
    found = {fact: next((flat[key] for key in keys if flat.get(key)), None) for fact, keys in _KEYS.items()}
    language = _one(found["language"])
    return Metadata(
        title=_one(found["title"]),
        authors=tuple(_people(found["authors"])),
        published=_date(found["published"]),
        modified=_date(found["modified"]),
        language=parse_language_tag(language),
        site=_one(found["site"]) or None,
        section=_one(found["section"]) or None,
        source=_one(found["source"]) or None,
        description=_one(found["description"]) or None,
        tags=tuple(_tags(found["tags"])),
        rights=_one(found["rights"]) or None,
        cover=_one(found["cover"]) or None,
    )


def _one(value: Any) -> str:
    """The text of a value; of several values, the first."""
    if isinstance(value, list):
        return _one(value[0]) if value else ""
    if isinstance(value, dict):
        return _one(value.get("name") or value.get("text") or value.get("url") or value.get("src"))
    return words(" ".join(str(value).split())) if value is not None else ""


def _date(value: Any) -> str | None:
    text = _one(value.isoformat() if hasattr(value, "isoformat") else value)
    return publication_dates.parse_date(text) if text else None


def _people(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        text = _one(one)
        parts = [part.strip() for part in re.split(r"\s*[;,&]\s*|\s+and\s+", text)]
        if len(parts) > 1 and all(map(bylines.is_name, parts)):
            yield from parts
        elif ";" in text:
            yield from filter(None, (part.strip() for part in text.split(";")))
        elif text:
            yield text


def _tags(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else _one(value).split(","):
        if tag := _one(one):
            yield tag
