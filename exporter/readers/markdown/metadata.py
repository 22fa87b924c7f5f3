"""The facts about an article: from its front matter, its first heading, and the byline below that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from exporter.article import Block, Figure, Heading, Metadata, Paragraph, block_text, inline_text
from exporter.readers import bylines, dates, headings
from exporter.readers.markdown.front_matter import Values
from exporter.readers.markdown.wiki_links import words

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
_PARTS = re.compile(r"\s*[|•·\n]\s*|\s+[–—]\s+")
_BY = frozenset("av af door di da przez autor автор kirjoittanut text tekst texto testo".split())
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


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
        language=language.replace("_", "-") if _LANGUAGE.fullmatch(language) else "",
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
    return dates.parse(text) if text else None


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


def take_opening(blocks: tuple[Block, ...], metadata: Metadata) -> tuple[Metadata, tuple[Block, ...]]:
    """Move title and byline from the head of the text to the metadata, and bring the headings to their levels."""
    place = _title_place(blocks, metadata.title)
    if place is not None:
        title = metadata.title or " ".join(block_text(blocks[place]).split())
        metadata = msgspec.structs.replace(metadata, title=title)
        blocks = blocks[:place] + blocks[place + 1 :]
    start = place if place is not None else 0
    if start < len(blocks) and (found := _byline(blocks[start], metadata)):
        metadata, blocks = found, blocks[:start] + blocks[start + 1 :]
    return metadata, headings.levels(blocks)


def _title_place(blocks: tuple[Block, ...], title: str) -> int | None:
    """Where the heading is that is the title: the first of level 1, with no words before it."""
    tops = [number for number, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    if not tops:
        return None
    first = tops[0]
    if title:
        return first if _letters(block_text(blocks[first])) == _letters(title) else None
    leads = all(isinstance(block, Figure) for block in blocks[:first])
    return first if leads or len(tops) == 1 else None


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _byline(block: Block, metadata: Metadata) -> Metadata | None:
    """The metadata with what a paragraph tells that is a byline, a date or both, part by part, and nothing else."""
    text = inline_text(block.content).strip() if isinstance(block, Paragraph) else ""
    if not text or len(text) > bylines.LONGEST:
        return None
    parts = _PARTS.split(text)
    moments = [_moment(part) for part in parts]
    authors: tuple[str, ...] = ()
    published = modified = None
    for part, moment in zip(parts, moments, strict=True):
        if moment and moment.event == "modified":
            modified = moment.value
        elif moment:
            published = moment.value
        elif names := bylines.byline(part) or (_led(part) if any(moments) else ()):
            authors += names
        else:
            return None
    return msgspec.structs.replace(
        metadata,
        authors=metadata.authors or authors,
        published=metadata.published or published,
        modified=metadata.modified or modified,
    )


def _moment(part: str) -> dates.Moment | None:
    """The date that a part of a line is as a whole."""
    moment = dates.find(part)
    return moment if moment and moment.start == 0 and moment.end >= len(part.rstrip(" .")) else None


def _led(part: str) -> tuple[str, ...]:
    """The people behind a word for "by" that says so only beside a date: "door" opens other lines, too."""
    lead, _, rest = part.partition(" ")
    return bylines.people(rest) if lead.casefold() in _BY and len(rest.split()) <= 6 else ()
