"""Metadata of an article from its front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from exporter.article import Metadata
from exporter.language_tags import parse_language_tag
from exporter.readers import bylines, publication_dates
from exporter.readers.markdown.wiki_links import replace_wiki_links
from exporter.readers.markdown.yaml_front_matter import Values

_MAX_FIELD_LEVELS = 20
"""Levels of fields within fields that an account of front matter names; deeper ones are an attack."""

# The keys that site generators and clippers use for each field, the usual one first.
_FIELD_KEYS = {
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


def build_metadata(values: Values) -> Metadata:
    """Return the metadata that front matter states; other fields are empty or None."""
    flat = {str(key).lower().replace(" ", "_"): value for key, value in values.items()}
    found = {fact: next((flat[key] for key in keys if flat.get(key)), None) for fact, keys in _FIELD_KEYS.items()}
    return Metadata(
        title=_first_text(found["title"]),
        authors=tuple(_iter_authors(found["authors"])),
        published=_parse_date(found["published"]),
        modified=_parse_date(found["modified"]),
        language=parse_language_tag(_first_text(found["language"])),
        site=_first_text(found["site"]) or None,
        section=_first_text(found["section"]) or None,
        source=_first_text(found["source"]) or None,
        description=_first_text(found["description"]) or None,
        tags=tuple(_iter_tags(found["tags"])),
        rights=_first_text(found["rights"]) or None,
        cover=_first_text(found["cover"]) or None,
    )


def find_unused_fields(values: Values) -> tuple[str, ...]:
    """Return the fields of front matter that no metadata are made of, as they would be written: "draft: true"."""
    names = {str(key).lower().replace(" ", "_"): str(key) for key, value in values.items() if value}
    used = {next((key for key in keys if key in names), "") for keys in _FIELD_KEYS.values()}
    return tuple(f"{names[key]}: {_write_value(values[names[key]])}" for key in names if key not in used)


def _write_value(value: Any, levels: int = _MAX_FIELD_LEVELS) -> str:
    """Return all words of a value: those of a list, or of the fields within a field, up to so many levels."""
    if not levels:
        return "…"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_write_value(inner, levels - 1)}" for key, inner in value.items())
    return ", ".join(_write_value(one, levels - 1) for one in value) if isinstance(value, list) else str(value)


def _first_text(value: Any) -> str:
    """Return the text of a value, or of the first of several; empty if there is none."""
    if isinstance(value, list):
        return _first_text(value[0]) if value else ""
    if isinstance(value, dict):
        return _first_text(value.get("name") or value.get("text") or value.get("url") or value.get("src"))
    return replace_wiki_links(" ".join(str(value).split())) if value is not None else ""


def _parse_date(value: Any) -> str | None:
    text = _first_text(value.isoformat() if hasattr(value, "isoformat") else value)
    return publication_dates.parse_date(text) if text else None


def _iter_authors(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        text = _first_text(one)
        parts = [part.strip() for part in re.split(r"[;,&]|\sand\s", text)]
        if len(parts) > 1 and all(map(bylines.is_name, parts)):
            yield from parts
        elif ";" in text:
            yield from filter(None, (part.strip() for part in text.split(";")))
        elif text:
            yield text


def _iter_tags(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else _first_text(value).split(","):
        if tag := _first_text(one):
            yield tag
