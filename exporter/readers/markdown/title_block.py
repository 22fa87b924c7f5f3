"""The title block of a Markdown text: its title as a heading, and a byline and a date below."""

from __future__ import annotations

import re

import msgspec

from exporter.article import Block, Figure, Heading, Metadata, Paragraph, Separator, block_text, inline_text
from exporter.linear_patterns import MAYBE_SPACES, SPACES
from exporter.readers import boilerplate, bylines, heading_levels, publication_dates

_INLINE_MARKS = re.compile(r"[*_`\[\]]")  # a title in front matter may have them; the text of a heading does not
_BYLINE_SEPARATOR = re.compile(rf"{MAYBE_SPACES}[|•·]\s*|{SPACES}[–—]\s+|\n\s*")
_BY_WORDS = frozenset("av af door di da przez autor автор kirjoittanut text tekst texto testo".split())
"""Words for "by" that are also common in other lines: they count only in a line with a date."""

_MAX_NAME_WORDS = 6  # words behind such a word; chosen: two people with three names each


def take_title_block(blocks: tuple[Block, ...], metadata: Metadata) -> tuple[Metadata, tuple[Block, ...]]:
    """Move the title and the byline from the beginning of the text to the metadata, and renumber the headings."""
    place = _find_title(blocks, metadata.title)
    if place is not None:
        title = "" if _INLINE_MARKS.search(metadata.title) else metadata.title
        title = title or " ".join(block_text(blocks[place]).split())
        metadata = msgspec.structs.replace(metadata, title=title)
        blocks = blocks[:place] + blocks[place + 1 :]
    metadata, blocks = _take_bylines(blocks, place or 0, metadata)
    return metadata, heading_levels.renumber_levels(_drop_last_separators(blocks))


def _find_title(blocks: tuple[Block, ...], title: str) -> int | None:
    """Return the place of the title: the first heading of level 1, if the text or the metadata make it the title."""
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
    """Move the bylines and dates below the title to the metadata; pictures may stand between them."""
    kept = list(blocks[:start])
    for number, block in enumerate(blocks[start:], start):
        if isinstance(block, Separator):  # nothing is above it to be separated
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
    """Return the metadata with a line's authors and dates; None if the line holds anything else."""
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
    """Return the date that a part of a line consists of, or None."""
    moment = publication_dates.find_date(part)
    return moment if moment and moment.start == 0 and moment.end >= len(part.rstrip(" .")) else None


def _names_after_by(part: str) -> tuple[str, ...]:
    """Return the names behind one of the words that mean "by" beside a date, or empty."""
    lead, _, rest = part.partition(" ")
    is_byline = lead.casefold() in _BY_WORDS and len(rest.split()) <= _MAX_NAME_WORDS
    return bylines.extract_names(rest) if is_byline else ()


def _drop_last_separators(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Drop thematic breaks after the last text."""
    end = len(blocks)
    while end and isinstance(blocks[end - 1], Separator):
        end -= 1
    return blocks[:end]
