"""What a Markdown text opens with: its title as a heading, and a byline and a date below that."""

from __future__ import annotations

import re

import msgspec

from exporter.article import Block, Figure, Heading, Metadata, Paragraph, Separator, block_text, inline_text
from exporter.readers import boilerplate, bylines, heading_levels, publication_dates

_INLINE_MARKS = re.compile(r"[*_`\[\]]")  # front matter shows them, a heading does not
_BYLINE_SEPARATOR = re.compile(r"\s*[|•·\n]\s*|\s+[–—]\s+")
_BY_WORDS = frozenset("av af door di da przez autor автор kirjoittanut text tekst texto testo".split())


def take_title_block(blocks: tuple[Block, ...], metadata: Metadata) -> tuple[Metadata, tuple[Block, ...]]:
    """Move title and byline from the head of the text to the metadata, and bring the headings to their levels."""
    place = _find_title(blocks, metadata.title)
    if place is not None:
        title = "" if _INLINE_MARKS.search(metadata.title) else metadata.title
        title = title or " ".join(block_text(blocks[place]).split())
        metadata = msgspec.structs.replace(metadata, title=title)
        blocks = blocks[:place] + blocks[place + 1 :]
    metadata, blocks = _take_bylines(blocks, place or 0, metadata)
    return metadata, heading_levels.renumber_levels(_drop_last_separators(blocks))


def _find_title(blocks: tuple[Block, ...], title: str) -> int | None:
    """Where the heading is that is the title: the first of level 1, with no words before it."""
    tops = [number for number, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    if not tops:
        return None
    first = tops[0]
    if title:
        return first if _letters_and_digits(block_text(blocks[first])) == _letters_and_digits(title) else None
    leads = all(isinstance(block, Figure | Separator) for block in blocks[:first])
    return first if leads or len(tops) == 1 else None


def _letters_and_digits(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _take_bylines(blocks: tuple[Block, ...], start: int, metadata: Metadata) -> tuple[Metadata, tuple[Block, ...]]:
    """Take the lines below the title that tell who wrote the article, or when; a picture may stand between them."""
    kept = list(blocks[:start])
    for number, block in enumerate(blocks[start:], start):
        if isinstance(block, Separator):  # before the first words it sets nothing apart
            continue
        if isinstance(block, Figure):
            kept.append(block)
        elif isinstance(block, Paragraph) and (found := _read_byline(inline_text(block.content).strip(), metadata)):
            metadata = found
        else:
            kept.extend(blocks[number:])
            break
    return metadata, tuple(kept)


def _read_byline(text: str, metadata: Metadata) -> Metadata | None:
    """The metadata with what a line tells that is a byline, a date or both, part by part, and nothing else."""
    if not text or len(text) > bylines.MAX_BYLINE_CHARS:
        return None
    parts = _BYLINE_SEPARATOR.split(text)
    moments = [_parse_whole_date(part) for part in parts]
    authors: tuple[str, ...] = ()
    published = modified = None
    for part, moment in zip(parts, moments, strict=True):
        if moment and moment.event == "modified":
            modified = moment.value
        elif moment:
            published = moment.value
        elif names := bylines.parse_byline(part) or (_names_after_by(part) if any(moments) else ()):
            authors += names
        elif boilerplate.classify(part) != "counter":  # "5 min read"
            return None
    if not authors and not any(moments):
        return None
    return msgspec.structs.replace(
        metadata,
        authors=metadata.authors or authors,
        published=metadata.published or published,
        modified=metadata.modified or modified,
    )


def _parse_whole_date(part: str) -> publication_dates.Moment | None:
    """The date that a part of a line is as a whole."""
    moment = publication_dates.find_date(part)
    return moment if moment and moment.start == 0 and moment.end >= len(part.rstrip(" .")) else None


def _names_after_by(part: str) -> tuple[str, ...]:
    """The people behind a word for "by" that says so only beside a date: "door" opens other lines, too."""
    lead, _, rest = part.partition(" ")
    return bylines.extract_names(rest) if lead.casefold() in _BY_WORDS and len(rest.split()) <= 6 else ()


def _drop_last_separators(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Rules after the last words set nothing apart."""
    end = len(blocks)
    while end and isinstance(blocks[end - 1], Separator):
        end -= 1
    return blocks[:end]
